import { describe, expect, it } from "vitest";
import { handlersIn, linkedHandlers, stagesBefore } from "./describing.ts";

describe("files that a platform serves", () => {
  const request = `export async function POST(request: Request) {}`;
  it.each<[string, string, string]>([
    [
      "src/app/(shop)/api/webhooks/[shop]/stripe/route.ts",
      request,
      "next-app /api/webhooks/[shop]/stripe stripe",
    ],
    [
      "app/api/webhooks/stripe/route.ts",
      `const POST = withLog(async (request) => {}); export { POST };`,
      "next-app /api/webhooks/stripe stripe",
    ],
    [
      "pages/api/webhooks/paystack.ts",
      `export default async function handler(req, res) {}`,
      "next-pages /api/webhooks/paystack paystack",
    ],
    ["pages/api/webhook/index.js", `module.exports = async (req, res) => {}`, "next-pages /api/webhook ?"],
    [
      "src/routes/api/webhooks/mollie/+server.ts",
      `export const POST = async ({ request }) => {}`,
      "sveltekit /api/webhooks/mollie mollie",
    ],
    [
      "app/routes/api.webhooks.stripe.ts",
      `export const action = async ({ request }) => {}`,
      "remix /api/webhooks/stripe stripe",
    ],
    [
      "app/routes/webhooks.tsx",
      `export async function action({ request }: ActionFunctionArgs) {}`,
      "remix /webhooks ?",
    ],
    [
      "src/pages/api/webhook.ts",
      `export const POST: APIRoute = async ({ request }) => {}`,
      "astro /api/webhook ?",
    ],
    [
      "functions/api/webhooks/stripe.ts",
      `export const onRequestPost: PagesFunction = async (context) => {}`,
      "workers /api/webhooks/stripe stripe",
    ],
    [
      "netlify/functions/stripe-webhook.js",
      `exports.handler = async (event) => {}`,
      "netlify /stripe-webhook stripe",
    ],
    [
      "netlify/functions/stripe-webhook.mts",
      `export default async (req: Request) => {}`,
      "netlify /stripe-webhook stripe",
    ],
    [
      "api/stripe-webhook.ts",
      `export default async function (req: VercelRequest, res: VercelResponse) {}`,
      "vercel /api/stripe-webhook stripe",
    ],
    [
      "api/webhooks/stripe.ts",
      `export async function POST(request: Request) {}`,
      "vercel /api/webhooks/stripe stripe",
    ],
    [
      "server/api/webhooks/stripe.post.ts",
      `export default defineEventHandler(async (event) => {})`,
      "unknown /api/webhooks/stripe stripe",
    ],
    [
      "src/api/hooks/stripe/route.ts",
      `import { MedusaRequest } from "@medusajs/framework"; export async function POST(req: MedusaRequest, res) {}`,
      "express /api/hooks/stripe stripe",
    ],
  ])("%s", (fileName, code, handler) => {
    expect(handlersIn(code, fileName)).toEqual([handler]);
  });

  it.each<[string, string]>([
    ["app/api/webhooks/stripe/route.ts", `export async function GET(request) {}`],
    ["app/api/webhooks/stripe/handlers.ts", `export async function paid(event) {}`],
    ["app/webhooks/page.tsx", `export default function Page(request) {}`],
    ["src/routes/webhooks/+page.server.ts", `export const load = async ({ request }) => {}`],
    ["app/routes/webhooks.tsx", `export const loader = async ({ request }) => {}`],
    ["src/api/webhooks.js", `export default (app) => { app.use(express.json()) }`],
    ["server/routes/webhooks.js", `export default function (app, options) {}`],
    ["functions/api/webhook.ts", `export const onRequestGet = async (context) => {}`],
  ])("none: %s", (fileName, code) => {
    expect(handlersIn(code, fileName)).toEqual([]);
  });

  it("finds what a route exports again", () => {
    const files = {
      "modules/billing/hook.ts": `export const POST = async (request: Request) => {};`,
      "app/api/webhooks/stripe/route.ts": `export { POST } from "../../../../modules/billing/hook";`,
    };
    expect(linkedHandlers(files)).toEqual(["next-app /api/webhooks/stripe stripe"]);
  });
});

describe("functions of clouds", () => {
  const firebase = `import { onRequest } from "firebase-functions/v2/https"; `;
  it.each<[string, string, string, string?]>([
    ["Lambda", `export const stripeWebhook = async (event) => { use(event.body) }`, "lambda ? stripe"],
    [
      "Lambda by its file",
      `export const handler = async (event: APIGatewayProxyEvent) => { use(event.body) }`,
      "lambda ? stripe",
      "src/stripe-webhook/index.ts",
    ],
    [
      "Lambda wrapped by middy",
      `export const handler = middy(async (event) => { use(event.body) }).use(errors())`,
      "lambda ? stripe",
      "src/stripe-webhook/index.ts",
    ],
    [
      "CommonJS",
      `module.exports.handler = async (event, context) => { use(event.body) }`,
      "lambda ? paystack",
      "paystackWebhook.js",
    ],
    [
      "Firebase",
      `${firebase}export const stripeWebhook = onRequest(async (req, res) => {})`,
      "firebase ? stripe",
    ],
    [
      "Firebase with options",
      `${firebase}exports.stripeWebhook = onRequest({ secrets: [key] }, async (request, response) => {})`,
      "firebase ? stripe",
    ],
    [
      "Firebase, first generation",
      `const functions = require("firebase-functions"); exports.stripeWebhook = functions.region("europe-west1").https.onRequest((req, res) => {})`,
      "firebase ? stripe",
    ],
    [
      "Google",
      `import * as ff from "@google-cloud/functions-framework"; ff.http("stripeWebhook", async (req, res) => { check(req.get("stripe-signature")) })`,
      "firebase ? stripe",
    ],
    [
      "Supabase",
      `import { serve } from "https://deno.land/std@0.168.0/http/server.ts"; serve(async (req) => {})`,
      "deno /razorpay-webhook razorpay",
      "supabase/functions/razorpay-webhook/index.ts",
    ],
    [
      "Deno",
      `Deno.serve({ port: 80 }, async (request) => {})`,
      "deno /stripe-webhook stripe",
      "supabase/functions/stripe-webhook/index.ts",
    ],
    [
      "Workers",
      `export default { async fetch(request, env) { check(request.headers.get("stripe-signature")) } }`,
      "workers ? stripe",
    ],
    [
      "a function that a Worker hands its request to",
      `export default { async fetch(request, env) { if (path === "/hook") return handleStripeWebhook(request, env); } }; async function handleStripeWebhook(request, env) {}`,
      "workers ? stripe",
    ],
    [
      "Node's own server",
      `import http from "node:http"; http.createServer((req, res) => { check(req.headers["stripe-signature"]) }).listen(80)`,
      "unknown ? stripe",
    ],
  ])("%s", (_, code, handler, fileName) => {
    expect(handlersIn(code, fileName)).toEqual([handler]);
  });

  it.each<[string, string, string?]>([
    [
      "a queue's consumer",
      `export const handler = async (event) => { for (const record of event.Records) use(record) }`,
      "src/webhook-queue/index.ts",
    ],
    [
      "a function that is called",
      `import { onCall } from "firebase-functions/v2/https"; export const stripeWebhook = onCall((request) => {})`,
    ],
    [
      "a trigger of a table",
      `import { onDocumentCreated } from "firebase-functions/v2/firestore"; export const webhookAdded = onDocumentCreated("hooks/{id}", (event) => { use(event.data) })`,
    ],
    [
      "a Worker for many paths",
      `export default { async fetch(request) { const { pathname } = new URL(request.url); if (pathname === "/a") return a(); if (pathname === "/b") return request.headers.get("stripe-signature") } }`,
    ],
  ])("none: %s", (_, code, fileName) => {
    expect(handlersIn(code, fileName)).toEqual([]);
  });
});

describe("NestJS", () => {
  const nest = (methods: string, path = `"webhooks"`) =>
    `import { Controller, Post, Get, UseGuards } from "@nestjs/common"; @Controller(${path}) export class C { ${methods} }`;
  it.each<[string, string, string]>([
    ["a path", nest(`@Post("stripe") handle(@Req() req) {}`), "nestjs /webhooks/stripe stripe"],
    [
      "an object",
      nest(`@Post(["stripe", "pay"]) handle(@Req() req) {}`, `{ path: "webhooks", version: "1" }`),
      "nestjs /webhooks/stripe stripe",
    ],
    [
      "the method's name",
      nest(`@Post() handleStripeWebhook(@Body() body) {}`, `"payments"`),
      "nestjs /payments stripe",
    ],
    [
      "a header",
      nest(`@Post("in") handle(@Headers("stripe-signature") sig: string) {}`, `"payments"`),
      "nestjs /payments/in stripe",
    ],
  ])("%s", (_, code, handler) => {
    expect(handlersIn(code)).toEqual([handler]);
  });

  it.each([
    nest(`@Get() list() {}`),
    nest(`@UseGuards(JwtAuthGuard) @Post() create(@Body() dto: CreateWebhookDto) {}`),
    nest(`@Post() create(@Body() dto: CreateWebhookDto) { return this.hooks.createWebhook(dto) }`),
    `@Injectable() export class WebhookService { handle(@Body() body) {} }`,
  ])("none: %s", (code) => {
    expect(handlersIn(code)).toEqual([]);
  });

  const app = {
    "hook.controller.ts": nest(`@UseGuards(SignatureGuard) @Post() hook(@Req() req) {}`),
    "hook.module.ts": `import { C } from "./hook.controller"; @Module({ controllers: [C] }) export class HookModule { configure(consumer) { consumer.apply(Logger).forRoutes("*") } }`,
    "app.module.ts": `import { APP_GUARD } from "@nestjs/core"; import { HookModule } from "./hook.module"; @Module({ imports: [HookModule], providers: [{ provide: APP_GUARD, useClass: AuthGuard }] }) export class AppModule {}`,
    "main.ts": `import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module"; async function main() { const app = await NestFactory.create(AppModule); app.use(helmet()); app.useGlobalGuards(new Limits()); }`,
  };
  it("gathers guards and middlewares up to the app", () => {
    expect(stagesBefore(app)).toEqual([
      ["Logger", "helmet()", "AuthGuard", "new Limits()", "SignatureGuard"],
    ]);
    expect(stagesBefore({ ...app, "main.ts": "" })).toEqual([["…", "Logger", "AuthGuard", "SignatureGuard"]]);
  });
});

describe("apps and routers", () => {
  const express = `import express from "express"; const app = express(); const router = express.Router(); `;
  const hono = `import { Hono } from "hono"; const app = new Hono(); `;
  const fastify = `import Fastify from "fastify"; const app = Fastify(); `;
  it.each<[string, string, string, string[]]>([
    [
      "middlewares of the route",
      `${express}app.post("/webhook", raw, check, (req, res) => {})`,
      "express /webhook ?",
      ["raw", "check"],
    ],
    [
      "a list of them",
      `${express}app.post("/webhook", [raw, check], (req, res) => {})`,
      "express /webhook ?",
      ["raw", "check"],
    ],
    [
      "a wrapper",
      `${express}app.post("/webhook", wrap((req, res) => {}))`,
      "express /webhook ?",
      ["wrap((req, res) => {})"],
    ],
    [
      "middlewares of the app, and of the path",
      `${express}app.use(a); app.use("/webhook", b); app.use("/other", c); app.post("/webhook/stripe", (req, res) => {}); app.use(d)`,
      "express /webhook/stripe stripe",
      ["a", "b"],
    ],
    [
      "a router with a prefix",
      `${express}router.use(a); router.post("/stripe", b, (req, res) => {}); app.use(first); app.use("/webhooks", c, router)`,
      "express /webhooks/stripe stripe",
      ["first", "c", "a", "b"],
    ],
    [
      "a route's chain",
      `${express}app.route("/webhook").get(list).post(a, (req, res) => {})`,
      "express /webhook ?",
      ["a"],
    ],
    ["use()", `${express}app.use("/webhook", (req, res) => {})`, "express /webhook ?", []],
    [
      "several paths",
      `${express}app.post(["/webhook", "/hook"], (req, res) => {})`,
      "express /webhook ?",
      [],
    ],
    [
      "a parameter in the path",
      `${express}app.use("/shops/:shop", a); app.post("/shops/1/webhook", (req, res) => {})`,
      "express /shops/1/webhook ?",
      ["a"],
    ],
    [
      "Hono",
      `${hono}app.use("/webhooks/*", a); app.use("*", b); app.post("/webhooks/stripe", c, async (c) => {})`,
      "hono /webhooks/stripe stripe",
      ["a", "b", "c"],
    ],
    [
      "Hono's chain",
      `import { Hono } from "hono"; export default new Hono().use(a).post("/webhook", (c) => c.text("ok"))`,
      "hono /webhook ?",
      ["a"],
    ],
    [
      "Hono's base path",
      `${hono}const api = app.basePath("/api"); api.post("/webhook", (c) => {})`,
      "hono /api/webhook ?",
      [],
    ],
    [
      "Hono's app in an app",
      `${hono}const hooks = new Hono(); hooks.post("/stripe", (c) => {}); app.use(a); app.route("/webhooks", hooks)`,
      "hono /webhooks/stripe stripe",
      ["a"],
    ],
    ["Hono's on()", `${hono}app.on("POST", "/webhook", (c) => {})`, "hono /webhook ?", []],
    [
      "Koa",
      `import Koa from "koa"; import Router from "@koa/router"; const app = new Koa(); const router = new Router({ prefix: "/webhooks" }); router.post("/stripe", a, async (ctx) => {}); app.use(parser()); app.use(router.routes())`,
      "koa /webhooks/stripe stripe",
      ["parser()", "a"],
    ],
    [
      "Fastify",
      `${fastify}app.addHook("preHandler", a); app.post("/webhook", { preHandler: [b], onRequest: c }, async (request, reply) => {})`,
      "fastify /webhook ?",
      ["a", "c", "b"],
    ],
    [
      "Fastify's route()",
      `${fastify}app.route({ method: ["POST"], url: "/webhook", preValidation: a, handler: async (request, reply) => {} })`,
      "fastify /webhook ?",
      ["a"],
    ],
    [
      "Fastify's plugin",
      `${fastify}app.addHook("onRequest", a); app.register(async (scope) => { scope.post("/webhook", async (request, reply) => {}) }, { prefix: "/api" })`,
      "fastify /api/webhook ?",
      ["a"],
    ],
    [
      "a class",
      `import express from "express"; class App { app = express(); constructor() { this.app.use(a); this.app.post("/webhook", this.hook) } hook = (req, res) => {} }`,
      "express /webhook ?",
      ["a"],
    ],
    [
      "an app that serves",
      `${express}http.createServer(app); app.post("/webhook", (req, res) => {})`,
      "express /webhook ?",
      [],
    ],
  ])("%s", (_, code, handler, before) => {
    expect([...linkedHandlers({ "app.ts": code }), ...stagesBefore({ "app.ts": code })]).toEqual([
      handler,
      before,
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      "a router that others mount",
      `import { Router } from "express"; export const router = Router(); router.use(a); router.post("/webhook", (req, res) => {})`,
      ["…", "a"],
    ],
    ["an app that was handed out", `${express}setUp(app); app.post("/webhook", (req, res) => {})`, ["…"]],
    [
      "an app that was given",
      `export default (app) => { app.post("/webhook", a, (req, res) => {}) }`,
      ["…", "a"],
    ],
    [
      "a handler that others mount",
      `exports.webhook = wrap((req, res) => {})`,
      ["…", "wrap((req, res) => {})"],
    ],
  ])("more may run before: %s", (_, code, before) => {
    expect(stagesBefore({ "app.ts": code })).toEqual([before]);
  });

  const router = `import { Router } from "express"; const router = Router(); router.post("/stripe", (req, res) => {}); export default router;`;
  it.each<[string, string, string, string[]]>([
    [
      "a router",
      `import hooks from "./hooks"; ${express}app.use(a); app.use("/webhooks", b, hooks);`,
      "express /webhooks/stripe stripe",
      ["a", "b"],
    ],
    [
      "by require",
      `const hooks = require("./hooks"); ${express}app.use("/webhooks", hooks);`,
      "express /webhooks/stripe stripe",
      [],
    ],
    [
      "on a router",
      `import hooks from "./hooks"; ${express}router.use("/webhooks", a, hooks); app.use("/api", b, router);`,
      "express /api/webhooks/stripe stripe",
      ["b", "a"],
    ],
  ])("mounted by another file: %s", (_, app, handler, before) => {
    const files = { "hooks.ts": router, "app.ts": app };
    expect([...linkedHandlers(files), ...stagesBefore(files)]).toEqual([handler, before]);
  });

  it("a function of another file that is given the app", () => {
    const files = {
      "hooks.ts": `export default function (app) { app.post("/webhook", (req, res) => {}) }`,
      "app.ts": `import hooks from "./hooks"; ${express}app.use(a); hooks(app);`,
    };
    expect(stagesBefore(files)).toEqual([["a"]]);
  });

  it("a plugin of another file", () => {
    const files = {
      "hooks.ts": `export default async function (fastify, options) { fastify.post("/stripe", async (request, reply) => {}) }`,
      "app.ts": `import hooks from "./hooks"; ${fastify}app.addHook("onRequest", a); app.register(hooks, { prefix: "/webhooks" });`,
    };
    expect([...linkedHandlers(files), ...stagesBefore(files)]).toEqual([
      "fastify /webhooks/stripe stripe",
      ["a"],
    ]);
  });

  it("mounted once more by a test", () => {
    const files = {
      "hooks.ts": router,
      "app.ts": `import hooks from "./hooks"; ${express}app.use("/webhooks", a, hooks);`,
      "hooks.test.ts": `import hooks from "./hooks"; ${express}app.use("/", hooks);`,
    };
    expect(stagesBefore(files)).toEqual([["a"]]);
  });

  it("mounted twice, not all is known", () => {
    const files = {
      "hooks.ts": router,
      "app.ts": `import hooks from "./hooks"; ${express}app.use("/webhooks", a, hooks); app.use("/v2/webhooks", b, hooks);`,
    };
    expect(stagesBefore(files)).toEqual([["…", "a"]]);
  });
});
