import { describe, expect, it } from "vitest";
import { lintText } from "../../../src/lint.ts";
import { type Files, hostOf } from "../../flow/linked.ts";

const RULE = "require-idempotency-key";

/** What it shows, the code of lib.ts, the code of app.ts, and the texts that are reported in app.ts. */
type Row = readonly [what: string, lib: string, app: string, ...reported: string[]];

function table(rows: readonly Row[]): void {
  it.each(rows)("%s", (_, lib, app, ...reported) => {
    const files: Files = { "src/app.ts": app, "src/lib.ts": lib };
    const { findings } = lintText(
      { fileName: "src/app.ts", text: app },
      { [RULE]: { severity: "error" } },
      hostOf(files),
    );
    expect(findings.map(({ range }) => app.slice(range.start, range.end))).toEqual(reported);
  });
}

const INSTANCE = `import axios from "axios"; export const api = axios.create({ baseURL: "https://api.paymongo.com", headers: { authorization } });`;
const POST = `export const post = (path, body, key) => fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, ...(key && { "Idempotency-Key": key }) }, body: JSON.stringify(body) });`;
const CLASS = `export class Paymongo { constructor(private readonly secret: string) {} request(path: string, body: object, key?: string) { const headers: Record<string, string> = { authorization: this.secret }; if (key) headers["Idempotency-Key"] = key; return fetch("https://api.paymongo.com" + path, { method: "POST", headers, body: JSON.stringify(body) }); } } export const paymongo = new Paymongo(process.env.KEY!);`;

describe("silent: a key in another file", () => {
  table([
    [
      "an interceptor that sets it",
      `${INSTANCE} api.interceptors.request.use((config) => { config.headers["Idempotency-Key"] = config.data.id; return config; });`,
      `import { api } from "./lib"; api.post("/v1/refunds", {})`,
    ],
    [
      "one of the request, through the other file's client",
      INSTANCE,
      `import { api } from "./lib"; api.post("/v1/refunds", {}, { headers: { "Idempotency-Key": refund.id } })`,
    ],
    [
      "headers that a helper makes",
      `export const headersFor = (id) => ({ authorization, "Idempotency-Key": id });`,
      `import { headersFor } from "./lib"; fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: headersFor(refund.id) })`,
    ],
    [
      "headers that a helper of an unknown file makes",
      "",
      `import { headersFor } from "./elsewhere"; fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: headersFor() })`,
    ],
    ["handed to a wrapper", POST, `import { post } from "./lib"; post("/v1/refunds", {}, refund.id)`],
    [
      "made by a wrapper",
      `export const post = (path, body) => fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, "Idempotency-Key": body.id }, body: JSON.stringify(body) });`,
      `import { post } from "./lib"; post("/v1/refunds", { id })`,
    ],
    [
      "handed to a wrapper's method",
      CLASS,
      `import { paymongo } from "./lib"; paymongo.request("/v1/refunds", {}, refund.id)`,
    ],
    [
      "Stripe's options",
      `export const keyed = (id: string) => ({ idempotencyKey: id });`,
      `import Stripe from "stripe"; import { keyed } from "./lib"; new Stripe(k).refunds.create({ charge }, keyed(charge.id))`,
    ],
    [
      "a function of another file that only looks like a wrapper",
      `export const redirect = (path, state) => history.push(path, state);`,
      `import { redirect } from "./lib"; redirect("/payouts", { amount: 5 }); // paymongo`,
    ],
  ]);
});

describe("reported: no key in any file", () => {
  table([
    [
      "the other file's client",
      INSTANCE,
      `import { api } from "./lib"; api.post("/v1/refunds", {})`,
      "api.post",
    ],
    [
      "a client with an interceptor for something else",
      `${INSTANCE} api.interceptors.request.use((config) => { config.headers["X-Trace"] = trace(); return config; });`,
      `import { api } from "./lib"; api.post("/v1/refunds", {})`,
      "api.post",
    ],
    [
      "headers that a helper makes",
      `export const headers = () => ({ authorization });`,
      `import { headers } from "./lib"; fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: headers() })`,
      "fetch",
    ],
    [
      "a host of another file",
      `export const BASE = "https://api.paymongo.com/v1";`,
      "import { BASE } from './lib'; fetch(`${BASE}/refunds`, { method: 'POST', headers: { authorization } })",
      "fetch",
    ],
    ["left out for a wrapper", POST, `import { post } from "./lib"; post("/v1/refunds", {})`, "post"],
    [
      "left out for a wrapper's method",
      CLASS,
      `import { Paymongo } from "./lib"; class Refunds { constructor(private readonly paymongo: Paymongo) {} make() { return this.paymongo.request("/v1/refunds", {}, undefined); } }`,
      "this.paymongo.request",
    ],
    [
      "Stripe's options with the connected account alone",
      `export const onBehalf = { stripeAccount: process.env.ACCOUNT };`,
      `import Stripe from "stripe"; import { onBehalf } from "./lib"; const stripe = new Stripe(k); stripe.payouts.create({ amount: 1 }, onBehalf)`,
      "stripe.payouts.create",
    ],
    [
      "a key of the clock, told where it is made",
      `export const post = (path, body) => fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, "Idempotency-Key": String(Date.now()) }, body: JSON.stringify(body) });`,
      `import { post } from "./lib"; post("/v1/refunds", { id })`,
    ],
  ]);
});
