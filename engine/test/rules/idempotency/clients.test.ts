import { describe } from "vitest";
import { reportsOn, silentOn } from "../lint.ts";

const RULE = "require-idempotency-key";
const REFUND = `"https://api.paymongo.com/v1/refunds"`;
const AUTH = "headers: { authorization }";
const KEYED = `headers: { authorization, "Idempotency-Key": refund.id }`;

describe("silent: a key by each client", () => {
  silentOn(RULE, [
    [
      "axios with URL and settings",
      `import axios from "axios"; axios(${REFUND}, { method: "POST", ${KEYED} })`,
    ],
    [
      "axios.request",
      `import axios from "axios"; axios.request({ url: ${REFUND}, method: "POST", ${KEYED} })`,
    ],
    [
      "an instance's own header",
      `import axios from "axios"; export const refunds = (refund) => axios.create({ baseURL: "https://api.paymongo.com", ${KEYED} }).post("/v1/refunds", {})`,
    ],
    [
      "a later set default",
      `import axios from "axios"; const api = axios.create({ baseURL: "https://api.paymongo.com" }); export async function send(refund) { api.defaults.headers.common["Idempotency-Key"] = refund.id; await api.post("/v1/refunds", {}); }`,
    ],
    [
      "an interceptor that sets the header",
      `import axios from "axios"; const api = axios.create({ baseURL: "https://api.paymongo.com" }); api.interceptors.request.use((config) => { config.headers["Idempotency-Key"] = keyOf(config.data); return config; }); export const send = () => api.post("/v1/refunds", {})`,
    ],
    [
      "an interceptor of another file",
      `import axios from "axios"; import { addKey } from "./keys"; const api = axios.create({ baseURL: "https://api.paymongo.com" }); api.interceptors.request.use(addKey); export const send = () => api.post("/v1/refunds", {})`,
    ],
    ["got", `import got from "got"; got.post(${REFUND}, { json: {}, ${KEYED} })`],
    ["got called", `import got from "got"; got(${REFUND}, { method: "POST", json: {}, ${KEYED} })`],
    [
      "got with a hook",
      `import got from "got"; const api = got.extend({ prefixUrl: "https://api.paymongo.com", hooks: { beforeRequest: [(options) => { options.headers["idempotency-key"] = options.context.id; }] } }); api.post("v1/refunds", { json: {} })`,
    ],
    ["ky", `import ky from "ky"; ky.post(${REFUND}, { json: {}, ${KEYED} })`],
    ["undici", `import { request } from "undici"; request(${REFUND}, { method: "POST", ${KEYED}, body })`],
    [
      "undici's client",
      `import { Client } from "undici"; const client = new Client("https://api.paymongo.com"); client.request({ path: "/v1/refunds", method: "POST", ${KEYED} })`,
    ],
    [
      "Nest's HttpService",
      `import { HttpService } from "@nestjs/axios"; class Pay { constructor(private http: HttpService) {} run(refund) { return this.http.post(${REFUND}, {}, { ${KEYED} }) } }`,
    ],
    [
      "the axios inside Nest's HttpService",
      `import { HttpService } from "@nestjs/axios"; class Pay { constructor(private http: HttpService) {} run(refund) { return this.http.axiosRef.post(${REFUND}, {}, { ${KEYED} }) } }`,
    ],
    [
      "superagent",
      `import superagent from "superagent"; superagent.post(${REFUND}).set("authorization", a).set("Idempotency-Key", refund.id).send({})`,
    ],
    [
      "superagent with headers in one object",
      `import superagent from "superagent"; superagent.post(${REFUND}).set({ authorization, "Idempotency-Key": refund.id }).send({})`,
    ],
    [
      "superagent with a plugin",
      `import superagent from "superagent"; superagent.post(${REFUND}).use(keyed(refund)).send({})`,
    ],
    [
      "superagent with a field of the body",
      `import superagent from "superagent"; superagent.post("https://api.paystack.co/transfer").set("authorization", a).send({ amount: 1, reference: payout.id })`,
    ],
    ["needle", `import needle from "needle"; needle("post", ${REFUND}, {}, { ${KEYED} })`],
    ["needle.post", `import needle from "needle"; needle.post(${REFUND}, {}, { ${KEYED} })`],
    [
      "request",
      `const request = require("request"); request.post({ url: ${REFUND}, json: {}, ${KEYED} }, done)`,
    ],
    [
      "request called",
      `const request = require("request-promise"); request({ uri: ${REFUND}, method: "POST", json: true, body: {}, ${KEYED} })`,
    ],
    [
      "Node's https",
      `import https from "node:https"; https.request({ hostname: "api.paymongo.com", path: "/v1/refunds", method: "POST", ${KEYED} }, done)`,
    ],
    [
      "Node's https with a field of the body",
      `const https = require("https"); const req = https.request({ hostname: "api.paystack.co", path: "/transfer", method: "POST", ${AUTH} }); req.write(JSON.stringify({ amount: 1, reference: payout.id })); req.end()`,
    ],
    ["jQuery", `$.ajax({ type: "POST", url: ${REFUND}, ${KEYED}, data: "{}" })`],
    [
      "a client of another file",
      `import { api } from "./paymongo-client"; api.post("/v1/refunds", { data: { attributes: { amount: 1 } } })`,
    ],
    [
      "a client that somebody hands in",
      `export class PaymongoService { constructor(private client) {} refund() { return this.client.post("/v1/refunds", { data: {} }); } }`,
    ],
    [
      "headers in a field of the class",
      `class Paymongo { headers = { authorization, "Idempotency-Key": this.id }; refund() { return fetch(${REFUND}, { method: "POST", headers: this.headers }); } }`,
    ],
    [
      "Stripe's older spelling",
      `import Stripe from "stripe"; new Stripe(k).refunds.create({ charge }, { idempotency_key: refund.id })`,
    ],
    [
      "our own server, at an address written into the page",
      "import axios from 'axios'; const api = axios.create({ baseURL: import.meta.env.VITE_API_URL, headers: { Authorization: token } }); api.post('/refunds', { amount: 5 })",
    ],
    [
      "our own server on this machine",
      "fetch(`${process.env.API || 'http://localhost:5000'}/refunds`, { method: 'POST', headers: { Authorization: t }, body: JSON.stringify({ amount: 5 }) })",
    ],
  ]);
});

describe("reported: no key by each client", () => {
  reportsOn(RULE, [
    [
      "axios with URL and settings",
      `import axios from "axios"; axios(${REFUND}, { method: "POST", ${AUTH} })`,
      "axios",
    ],
    [
      "axios.request",
      `import axios from "axios"; axios.request({ url: ${REFUND}, method: "POST", ${AUTH} })`,
      "axios.request",
    ],
    [
      "an instance with an interceptor that logs",
      `import axios from "axios"; const api = axios.create({ baseURL: "https://api.paymongo.com" }); api.interceptors.request.use((config) => { console.log(config.url); return config; }); export const send = () => api.post("/v1/refunds", {})`,
      "api.post",
    ],
    ["got", `import got from "got"; got.post(${REFUND}, { json: {}, ${AUTH} })`, "got.post"],
    ["got called", `import got from "got"; got(${REFUND}, { method: "POST", json: {}, ${AUTH} })`, "got"],
    [
      "got extended",
      `import got from "got"; const api = got.extend({ prefixUrl: "https://api.paymongo.com", ${AUTH} }); api.post("v1/refunds", { json: {} })`,
      "api.post",
    ],
    ["ky", `import ky from "ky"; ky.post(${REFUND}, { json: {}, ${AUTH} })`, "ky.post"],
    [
      "undici",
      `import { request } from "undici"; request(${REFUND}, { method: "POST", ${AUTH} })`,
      "request",
    ],
    [
      "undici's client",
      `import { Client } from "undici"; const client = new Client("https://api.paymongo.com"); client.request({ path: "/v1/refunds", method: "POST", ${AUTH} }); // paymongo`,
      "client.request",
    ],
    [
      "the axios inside Nest's HttpService",
      `import { HttpService } from "@nestjs/axios"; class Pay { constructor(private http: HttpService) {} run() { return this.http.axiosRef.post(${REFUND}, {}) } }`,
      "this.http.axiosRef.post",
    ],
    [
      "superagent",
      `import superagent from "superagent"; superagent.post(${REFUND}).set("authorization", a).send({})`,
      "superagent.post",
    ],
    ["needle", `import needle from "needle"; needle("post", ${REFUND}, {}, { ${AUTH} })`, "needle"],
    [
      "request",
      `const request = require("request"); request.post({ url: ${REFUND}, json: {}, ${AUTH} }, done)`,
      "request.post",
    ],
    [
      "Node's https",
      `import https from "node:https"; https.request({ hostname: "api.paymongo.com", path: "/v1/refunds", method: "POST", ${AUTH} }, done)`,
      "https.request",
    ],
    [
      "Node's https without a field of the body",
      `const https = require("https"); const params = JSON.stringify({ amount: 1, recipient }); const req = https.request({ hostname: "api.paystack.co", path: "/transfer", method: "POST", ${AUTH} }); req.write(params); req.end()`,
      "https.request",
    ],
    [
      "an instance with a base from the environment",
      "import axios from 'axios'; const api = axios.create({ baseURL: process.env.BANK_URL, headers: { Authorization: k } }); api.post('/payouts', { amount: 5, account })",
      "api.post",
    ],
    [
      "headers in a field of the class",
      `class Paymongo { headers = { authorization }; refund() { return fetch(${REFUND}, { method: "POST", headers: this.headers }); } }`,
      "fetch",
    ],
    [
      "an older SDK of a provider",
      `import Flutterwave from "flutterwave-node"; const flw = new Flutterwave(a, b); flw.Transfer.initiate({ amount: 1, account_number })`,
      "flw.Transfer.initiate",
    ],
  ]);
});
