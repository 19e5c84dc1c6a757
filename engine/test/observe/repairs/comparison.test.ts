import { describe, expect, it, test } from "vitest";
import { offered, repaired } from "./repairing.ts";

const RULE = "timing-safe-compare";
const repair = (text: string, fileName?: string) => repaired(RULE, text, fileName);

const TEXT_HELPER = `/** Compares texts in constant time; what is no text, such as a missing header, is no match. */
function safeEqual(received, expected) {
  if (typeof received !== "string" || typeof expected !== "string") return false;
  const a = Buffer.from(received);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
`;
const MAC = `createHmac("sha256", process.env.SECRET).update(req.body).digest("hex")`;

describe("the function is made known", () => {
  it("by the import there is", () => {
    expect(
      repair(
        `import { createHmac } from "node:crypto";
export const ok = (req) => ${MAC} === req.get("x-signature");
`,
        "a.js",
      ),
    ).toBe(`import { createHmac, timingSafeEqual } from "node:crypto";
export const ok = (req) => safeEqual(${MAC}, req.get("x-signature"));

${TEXT_HELPER}`);
  });

  it.each([
    ["a default import", `import crypto from "crypto";`, "crypto.timingSafeEqual(a, b)"],
    ["a namespace", `import * as nodeCrypto from "node:crypto";`, "nodeCrypto.timingSafeEqual(a, b)"],
    ["a require", `const crypto = require("crypto");`, "crypto.timingSafeEqual(a, b)"],
    [
      "another name",
      `import crypto, { timingSafeEqual as same } from "crypto";`,
      "crypto.timingSafeEqual(a, b)",
    ],
  ])("by %s", (_, line, call) => {
    const mac = MAC.replace("createHmac", `${/(\w+)(?: =|,| from)/.exec(line)![1]}.createHmac`);
    const text = repair(`${line}\nmodule.exports = (req) => ${mac} === req.get("x-signature");\n`, "a.js");
    expect(text).toContain(call);
    expect(text).toContain(line);
  });

  it("by a destructured require", () => {
    const text = repair(
      `const { createHmac } = require("crypto");\nmodule.exports = (req) => ${MAC} === req.get("x-signature");\n`,
      "a.js",
    );
    expect(text).toMatch(/^const \{ createHmac, timingSafeEqual \} = require\("crypto"\);\n/);
  });

  it("by a new import", () => {
    const text = repair(`export const ok = (req) => req.get("x-callback-token") === process.env.TOKEN;\n`);
    expect(text).toMatch(/^import \{ timingSafeEqual \} from "node:crypto";\nexport const ok/);
  });

  it("by a new require, behind directives", () => {
    const text = repair(
      `"use strict";\nmodule.exports = (req) => req.get("x-callback-token") === process.env.TOKEN;\n`,
      "a.js",
    );
    expect(text).toMatch(/^"use strict";\nconst \{ timingSafeEqual \} = require\("node:crypto"\);\nmodule/);
  });
});

describe("the helper", () => {
  it("is typed in TypeScript", () => {
    const text = repair(
      `export const ok = (req: Request) => req.headers.get("x-callback-token") === process.env.TOKEN;\n`,
    );
    expect(text).toContain("function safeEqual(received: unknown, expected: unknown): boolean {");
  });

  it("is added once", () => {
    const text = repair(`import { createHmac } from "node:crypto";
export const a = (req) => ${MAC} === req.get("x-signature");
export const b = (req) => ${MAC} !== req.get("x-signature");
`);
    expect(text.match(/function safeEqual/g)).toHaveLength(1);
    expect(text).toContain(`export const b = (req) => !safeEqual(`);
  });

  it("takes a name that is free", () => {
    const text = repair(`const safeEqual = 1;
export const ok = (req) => req.get("x-callback-token") === process.env.TOKEN && safeEqual;
`);
    expect(text).toContain("function safeEqual2(");
    expect(text).toContain(`safeEqual2(req.get("x-callback-token"), process.env.TOKEN) && safeEqual`);
  });

  it("needs no Node where there is none", () => {
    const text = repair(`export const ok = async (request) => {
  const mac = hex(await crypto.subtle.sign("HMAC", key, await request.arrayBuffer()));
  return mac === request.headers.get("x-signature");
};
`);
    expect(text).toContain("difference |= (a[at] ?? 0) ^ (b[at] ?? 0)");
    expect(text).not.toMatch(/\bBuffer\b/);
  });

  it("compares bytes as bytes", () => {
    const text = repair(`import crypto from "node:crypto";
export const f = (req) => {
  const mac = crypto.createHmac("sha256", process.env.SECRET).update(req.body).digest();
  if (Buffer.compare(mac, Buffer.from(req.get("x-signature"), "hex")) !== 0) throw new Error("forged");
};
`);
    expect(text).toContain(`if (!safeEqual(mac, Buffer.from(req.get("x-signature"), "hex"))) throw`);
    expect(text).toContain("function safeEqual(received: Uint8Array, expected: Uint8Array): boolean {");
  });
});

test("no repair where the answer says more than equal or not", () => {
  expect(
    offered(
      RULE,
      `import crypto from "node:crypto";
export const order = (req) => {
  const mac = crypto.createHmac("sha256", process.env.SECRET).update(req.body).digest();
  return Buffer.compare(mac, Buffer.from(req.get("x-signature"), "hex"));
};
`,
    ),
  ).toBe(0);
});
