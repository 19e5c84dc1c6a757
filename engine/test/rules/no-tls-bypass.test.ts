import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-tls-bypass";
const HTTPS = `import https from "node:https"; import axios from "axios"; export const pay = (payment) => axios.post("https://api.example.com/payments", payment, { httpsAgent }); `;

describe("silent: certificates are checked, or it is no payment", () => {
  silentOn(RULE, [
    ["the check left on", `${HTTPS}const httpsAgent = new https.Agent({ rejectUnauthorized: true })`],
    ["nothing said", `${HTTPS}const httpsAgent = new https.Agent({ keepAlive: true })`],
    ["an authority of one's own", `${HTTPS}const httpsAgent = new https.Agent({ ca })`],
    [
      "a switch by configuration",
      `${HTTPS}const httpsAgent = new https.Agent({ rejectUnauthorized: strict })`,
    ],
    [
      "in development alone",
      `${HTTPS}const httpsAgent = dev ? new https.Agent({ rejectUnauthorized: false }) : undefined`,
    ],
    [
      "a database's connection",
      `import pg from "pg"; export const payments = new pg.Pool({ ssl: { rejectUnauthorized: false } })`,
    ],
    [
      "a mail server's connection",
      `import mail from "nodemailer"; export const payments = mail.createTransport({ tls: { rejectUnauthorized: false } })`,
    ],
    [
      "code of something else",
      `import https from "node:https"; export const agent = new https.Agent({ rejectUnauthorized: false })`,
    ],
    ["the environment's switch left on", `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "1"`],
    [
      "the environment's switch in development alone",
      `if (process.env.NODE_ENV === "development") process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"`,
    ],
    [
      "an identity that is compared",
      `${HTTPS}const httpsAgent = new https.Agent({ checkServerIdentity: (host, cert) => host === cert.subject.CN ? undefined : new Error("other host") })`,
    ],
  ]);

  silentOn(RULE, [["a test", `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"`]], "test/pay.test.ts");
});

describe("reported: certificates are not checked", () => {
  reportsOn(RULE, [
    [
      "an agent",
      `${HTTPS}const httpsAgent = new https.Agent({ rejectUnauthorized: false })`,
      "rejectUnauthorized: false",
    ],
    [
      "an option of the request library",
      `import request from "request"; export const pay = (payment) => request.post({ url: "https://api.example.com/payments", strictSSL: false })`,
      "strictSSL: false",
    ],
    [
      "an identity that is not compared",
      `${HTTPS}const httpsAgent = new https.Agent({ checkServerIdentity: () => undefined })`,
      "checkServerIdentity: () => undefined",
    ],
    [
      "the whole process",
      `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"`,
      `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"`,
    ],
    [
      "the whole process, by a computed name",
      `process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = 0`,
      `process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = 0`,
    ],
  ]);

  it("in a file of settings", () => {
    expect(lintWith(RULE, "PORT=1\nNODE_TLS_REJECT_UNAUTHORIZED=0\n", ".env").reported).toHaveLength(1);
    expect(lintWith(RULE, "NODE_TLS_REJECT_UNAUTHORIZED=1\n", ".env").reported).toEqual([]);
  });
});
