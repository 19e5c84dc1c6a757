import { describe } from "vitest";
import { type Case, reportsOn, silentOn } from "../lint.ts";

const RULE = "require-idempotency-key";
const POST = `const post = (path, body, key) => fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, ...(key && { "Idempotency-Key": key }) }, body: JSON.stringify(body) }); `;
const BARE = `const post = (path, body) => fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization }, body: JSON.stringify(body) }); `;

function by(wrapper: string, cases: readonly Case[]): Case[] {
  return cases.map(([what, code, ...reported]) => [what, wrapper + code, ...reported] as const);
}

describe("silent: wrappers of the file", () => {
  silentOn(RULE, [
    ...by(POST, [
      ["the key is handed in", `post("/v1/refunds", {}, refund.id)`],
      ["arguments that are spread", `post(...args)`],
      ["something that moves nothing", `post("/v1/customers", {})`],
    ]),
    ...by(BARE, [["something that moves nothing", `post("/v1/customers", {})`]]),
    [
      "the wrapper makes the key of what it is given",
      `const post = (path, body) => fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, "Idempotency-Key": body.id }, body }); post("/v1/refunds", { id: refund.id })`,
    ],
    [
      "members of one parameter",
      `function send({ path, body, key }) { return fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, "Idempotency-Key": key }, body }); } send({ path: "/v1/refunds", body: {}, key: refund.id })`,
    ],
    [
      "a parameter with members that are hidden",
      `function send({ path, body, key }) { return fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, "Idempotency-Key": key }, body }); } send({ path: "/v1/refunds", ...rest })`,
    ],
    [
      "options handed through",
      `const post = (path, body, options = {}) => fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, ...options.headers }, body }); post("/v1/refunds", {}, { headers: { "Idempotency-Key": refund.id } })`,
    ],
    [
      "a method of the class",
      `class Paymongo { request(path, body, key) { return fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, "Idempotency-Key": key }, body: JSON.stringify(body) }); } refund(order) { return this.request("/v1/refunds", {}, order.id); } }`,
    ],
    [
      "a field of the body that the caller gives",
      `import axios from "axios"; const transfer = (body) => axios.post("https://api.paystack.co/transfer", body); transfer({ amount: 1, recipient, reference: payout.id })`,
    ],
    [
      "a wrapper of another file",
      `import { paymongo } from "./paymongo"; paymongo("/v1/refunds", { amount: 1 })`,
    ],
    [
      "a wrapper that keeps one request for all",
      `export const ping = (name) => fetch("https://api.paymongo.com/v1/merchants", { method: "POST", headers: { authorization }, body: name }); ping("a")`,
    ],
  ]);
});

describe("reported: wrappers of the file", () => {
  reportsOn(RULE, [
    ...by(POST, [
      ["the key is left out", `post("/v1/refunds", { data: {} })`, "post"],
      ["undefined is handed in", `post("/v1/refunds", { data: {} }, undefined)`, "post"],
    ]),
    ...by(BARE, [
      ["nobody can hand one in", `post("/v1/refunds", {})`, "post"],
      ["twice", `post("/v1/refunds", {}); post("/v1/payments", {})`, "post", "post"],
    ]),
    [
      "members of one parameter",
      `function send({ path, body, key }) { return fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, "Idempotency-Key": key }, body }); } send({ path: "/v1/refunds", body: {} })`,
      "send",
    ],
    [
      "a method of the class",
      `class Paymongo { base = "https://api.paymongo.com"; request(path, body) { return fetch(this.base + path, { method: "POST", headers: { authorization }, body: JSON.stringify(body) }); } refund() { return this.request("/v1/refunds", {}); } }`,
      "this.request",
    ],
    [
      "a field of the body that the caller leaves out",
      `import axios from "axios"; const transfer = (body) => axios.post("https://api.paystack.co/transfer", body); transfer({ amount: 1, recipient })`,
      "transfer",
    ],
    [
      "a wrapper with one request for all is told where it asks",
      `const refund = (id) => fetch("https://api.paymongo.com/v1/refunds", { method: "POST", headers: { authorization }, body: JSON.stringify({ id }) }); refund("a"); refund("b")`,
      "fetch",
    ],
    [
      "a wrapper with a key from the clock is told where it makes it",
      `const post = (path, body) => fetch("https://api.paymongo.com" + path, { method: "POST", headers: { authorization, "Idempotency-Key": String(Date.now()) }, body }); post("/v1/refunds", {}); post("/v1/payments", {})`,
      "String(Date.now())",
    ],
  ]);
});
