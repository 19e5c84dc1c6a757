import { describe, expect, it } from "vitest";
import { replyOf } from "../../../src/observe/webhooks/replies.ts";
import { flowFor } from "../../flow/paths.ts";

/** The statuses that a handler answers with, in source order; `?` for one that the code does not tell. */
function repliesIn(code: string): (number | string)[] {
  const flow = flowFor(code);
  const nodes = [
    ...flow.tree.all("CallExpression"),
    ...flow.tree.all("NewExpression"),
    ...flow.tree.all("AssignmentExpression"),
    ...flow.tree.all("ThrowStatement"),
    ...flow.tree.all("ReturnStatement"),
  ].sort((a, b) => a.range[0] - b.range[0]);
  return nodes.flatMap((node) => {
    const reply = replyOf(node, flow);
    return reply ? [reply.status ?? "?"] : [];
  });
}

describe("answers", () => {
  it.each<[string, string, (number | string)[]]>([
    ["Express", `app.post("/", (req, res) => { res.status(400).json({ error }) })`, [400]],
    ["Express, plain", `app.post("/", (req, res) => { res.json({ ok: true }) })`, [200]],
    ["Express, sendStatus", `app.post("/", (req, res) => { res.sendStatus(422) })`, [422]],
    ["Express, in two steps", `app.post("/", (req, res) => { res.status(500); res.end() })`, [500]],
    ["Node", `createServer((req, res) => { res.writeHead(400); res.end("no") })`, [400]],
    ["Node, assigned", `createServer((req, res) => { res.statusCode = 404; res.end("no") })`, [404]],
    ["by name", `app.post("/", (req, res) => { res.status(HttpStatus.BAD_REQUEST).send() })`, [400]],
    ["a status of the run", `app.post("/", (req, res) => { res.status(code).send() })`, ["?"]],
    ["Fastify", `app.post("/", async (request, reply) => { reply.code(400).send({ error }) })`, [400]],
    ["the web's Response", `export const POST = () => { return new Response("no", { status: 400 }) }`, [400]],
    ["the web's Response, plain", `export const POST = () => new Response("ok")`, [200]],
    ["Response.json", `export const POST = () => Response.json({ ok: true })`, [200]],
    [
      "Next.js",
      `import { NextResponse } from "next/server"; const POST = () => NextResponse.json({ error }, { status: 500 })`,
      [500],
    ],
    ["Hono", `app.post("/", (c) => c.json({ error }, 400))`, [400]],
    ["Hono, plain", `app.post("/", (c) => c.text("ok"))`, [200]],
    [
      "Hono, thrown",
      `import { HTTPException } from "hono/http-exception"; const f = () => { throw new HTTPException(401) }`,
      [401],
    ],
    ["Koa", `router.post("/", (ctx) => { ctx.status = 400; ctx.body = "no" })`, [400, "?"]],
    [
      "NestJS",
      `import { BadRequestException } from "@nestjs/common"; function f() { throw new BadRequestException("no") }`,
      [400],
    ],
    [
      "NestJS, by number",
      `import { HttpException } from "@nestjs/common"; function f() { throw new HttpException("no", 422) }`,
      [422],
    ],
    ["Lambda", `export const handler = async (event) => { return { statusCode: 400, body: "" } }`, [400]],
    [
      "SvelteKit",
      `import { json, error } from "@sveltejs/kit"; function POST() { if (x) throw error(400, "no"); return json({}) }`,
      [400, 400, 200],
    ],
    [
      "a helper",
      `const fail = (res, text) => { res.status(400).json({ text }) }; const h = (req, res) => { fail(res, "no") }`,
      [400, 400],
    ],
    [
      "a helper given the status",
      `const respond = (status, body) => { return { statusCode: status, body } }; const h = () => respond(500, "no")`,
      ["?", 500],
    ],
  ])("%s", (_, code, statuses) => {
    expect(repliesIn(code)).toEqual(statuses);
  });
});

describe("no answers", () => {
  it.each([
    `const res = await fetch(url); const body = await res.json()`,
    `fetch(url).then((res) => res.json())`,
    `fetch(url).then((response) => response.text())`,
    `const response = await mailer.send({ to }); response.send()`,
    `throw new Error("Unhandled event")`,
    `import { BadRequestException } from "./errors"; function f() { throw new BadRequestException("no") }`,
    `order.status = "paid"`,
    `const row = { status: "paid", body: 1 }`,
    `function f() { return { status: "paid", amount: 5 } }`,
    `(req, res) => { res.set("x", "y"); res.status(400) }`,
  ])("%s", (code) => {
    expect(repliesIn(code)).toEqual([]);
  });
});
