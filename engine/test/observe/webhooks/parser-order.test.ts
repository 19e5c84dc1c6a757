import { describe, expect, it } from "vitest";
import { lintText } from "../../../src/lint.ts";
import { bodyGivenTo } from "../../../src/observe/webhooks/body.ts";
import { handlersOf } from "../../../src/observe/webhooks/handlers.ts";
import { type Files, hostOf, linkedFlow } from "../../flow/linked.ts";

const EXPRESS = `import express from "express"; import bodyParser from "body-parser"; const app = express(); `;
const hook = (before = "", path = "/webhook") =>
  `app.post("${path}", ${before}(req, res) => { use(req.body) });`;

function bodiesIn(files: Files): string[] {
  return handlersOf(linkedFlow(files)).map(bodyGivenTo);
}

describe("the body that a handler is given", () => {
  it.each<[string, string, string]>([
    ["parsed for all", `${EXPRESS}app.use(express.json()); ${hook()}`, "parsed"],
    [
      "parsed by another name",
      `${EXPRESS}const parse = bodyParser.json({ limit: "1mb" }); app.use(parse); ${hook()}`,
      "parsed",
    ],
    [
      "parsed, the bytes kept beside",
      `${EXPRESS}app.use(express.json({ verify: keep })); ${hook()}`,
      "parsed",
    ],
    ["parsed on the route", `${EXPRESS}${hook("express.json(), ")}`, "parsed"],
    [
      "parsed for its path",
      `${EXPRESS}app.use("/webhook", express.json()); ${hook("", "/webhook/stripe")}`,
      "parsed",
    ],
    [
      "parsed behind what does not read",
      `import helmet from "helmet"; ${EXPRESS}app.use(helmet()); app.use((req, res, next) => { log(req.url); next() }); app.use(express.json()); ${hook()}`,
      "parsed",
    ],
    ["bytes on the route", `${EXPRESS}${hook("express.raw({ type: '*/*' }), ")}`, "bytes"],
    [
      "bytes first",
      `${EXPRESS}app.use("/webhook", bodyParser.raw({ type: "application/json" })); app.use(express.json()); ${hook()}`,
      "bytes",
    ],
    ["text", `${EXPRESS}${hook("express.text({ type: '*/*' }), ")}`, "bytes"],
    [
      "forms are another matter",
      `${EXPRESS}app.use(express.urlencoded({ extended: true })); ${hook("express.raw({ type: '*/*' }), ")}`,
      "bytes",
    ],
    [
      "set up by methods that the constructor calls",
      `import express from "express"; class App { app = express(); constructor() { this.parse(); this.mount() } mount() { this.app.post("/webhook", (req, res) => {}) } parse() { this.app.use(express.json()) } }`,
      "parsed",
    ],
    ["no parser", `${EXPRESS}${hook()}`, "unknown"],
    ["a parser after it", `${EXPRESS}${hook()} app.use(express.json());`, "unknown"],
    ["a parser for other paths", `${EXPRESS}app.use("/api", express.json()); ${hook()}`, "unknown"],
    ["a parser in a branch", `${EXPRESS}if (parse) app.use(express.json()); ${hook()}`, "unknown"],
    [
      "a parser for some types",
      `${EXPRESS}app.use(express.json({ type: (req) => req.url !== "/webhook" })); ${hook()}`,
      "unknown",
    ],
    [
      "a parser with options of elsewhere",
      `import { options } from "./options"; ${EXPRESS}app.use(express.json(options)); ${hook()}`,
      "unknown",
    ],
    [
      "a parser chosen per request",
      `${EXPRESS}app.use((req, res, next) => req.path === "/webhook" ? next() : express.json()(req, res, next)); ${hook()}`,
      "unknown",
    ],
    [
      "something unseen before the parser",
      `import { prepare } from "./prepare"; ${EXPRESS}app.use(prepare); app.use(express.json()); ${hook()}`,
      "unknown",
    ],
    [
      "something that keeps bytes before the parser",
      `${EXPRESS}app.use((req, res, next) => { req.on("data", keep); next() }); app.use(express.json()); ${hook()}`,
      "unknown",
    ],
    [
      "a path of the run",
      `${EXPRESS}app.use(config.path, express.raw({ type: "*/*" })); app.use(express.json()); ${hook()}`,
      "unknown",
    ],
    [
      "a parser in a function that nobody is seen to call",
      `${EXPRESS}function parse() { app.use(express.json()) } ${hook()}`,
      "unknown",
    ],
    [
      "Fastify",
      `import Fastify from "fastify"; const app = Fastify(); app.post("/webhook", async (request, reply) => {})`,
      "parsed",
    ],
    [
      "Fastify with a parser of its own",
      `import Fastify from "fastify"; const app = Fastify(); app.addContentTypeParser("application/json", { parseAs: "buffer" }, keep); app.post("/webhook", async (request, reply) => {})`,
      "unknown",
    ],
    [
      "Fastify with raw bodies",
      `import Fastify from "fastify"; import raw from "fastify-raw-body"; const app = Fastify(); app.register(raw); app.post("/webhook", async (request, reply) => {})`,
      "unknown",
    ],
    [
      "a plugin of Fastify",
      `export default async (fastify) => { fastify.post("/webhook", async (request, reply) => {}) }`,
      "unknown",
    ],
    [
      "Firebase",
      `import { onRequest } from "firebase-functions/v2/https"; export const webhook = onRequest((req, res) => {})`,
      "parsed",
    ],
    ["Lambda", `export const webhook = async (event) => { use(event.body) }`, "unknown"],
  ])("%s", (_, code, body) => {
    expect(bodiesIn({ "app.ts": code })).toEqual([body]);
  });

  it.each<[string, string, string]>([
    [
      "parsed by the app",
      `import hooks from "./hooks"; ${EXPRESS}app.use(express.json()); app.use("/webhook", hooks);`,
      "parsed",
    ],
    [
      "bytes where it is mounted",
      `import hooks from "./hooks"; ${EXPRESS}app.use("/webhook", express.raw({ type: "*/*" }), hooks); app.use(express.json());`,
      "bytes",
    ],
    [
      "mounted before the parser",
      `import hooks from "./hooks"; ${EXPRESS}app.use("/webhook", hooks); app.use(express.json());`,
      "unknown",
    ],
  ])("of a router of another file: %s", (_, app, body) => {
    const hooks = `import { Router } from "express"; const router = Router(); router.post("/stripe", (req, res) => {}); export default router;`;
    expect(bodiesIn({ "hooks.ts": hooks, "app.ts": app })).toEqual([body]);
  });

  const nest = (create: string, more = "") => ({
    "hook.controller.ts": `import { Controller, Post } from "@nestjs/common"; @Controller("webhooks") export class C { @Post() hook(@Req() req) {} }`,
    "app.module.ts": `import { C } from "./hook.controller"; @Module({ controllers: [C] }) export class AppModule {}`,
    "main.ts": `import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module"; async function main() { const app = await NestFactory.create(${create}); ${more} }`,
  });
  it.each<[string, Files, string]>([
    ["as it is made", nest("AppModule"), "parsed"],
    ["with the bytes beside", nest("AppModule, { rawBody: true }"), "parsed"],
    ["without a parser", nest("AppModule, { bodyParser: false }"), "unknown"],
    [
      "with a raw parser",
      nest("AppModule", `app.use("/webhooks", express.raw({ type: "*/*" }));`),
      "unknown",
    ],
    ["on another server", nest("AppModule, new FastifyAdapter()"), "unknown"],
    ["in an app that is not known", { ...nest(""), "main.ts": "" }, "unknown"],
  ])("NestJS %s", (_, files, body) => {
    expect(bodiesIn(files)).toEqual([body]);
  });
});

/** What verify-before-parse reports in the first of some files. */
function reportedIn(files: Files): string[] {
  const [fileName] = Object.keys(files) as [string];
  const text = files[fileName]!;
  const settings = { "verify-before-parse": { severity: "error" } } as const;
  const { findings, problems } = lintText({ fileName, text }, settings, hostOf(files));
  expect(problems).toEqual([]);
  return findings.map(({ range }) => text.slice(range.start, range.end));
}

describe("a JSON parser before the raw parser of another file", () => {
  const app = (mounts: string) =>
    `import express from "express"; import hooks from "./hooks"; const app = express(); ${mounts}`;
  const raw = `express.raw({ type: "application/json" })`;
  const hooks = `import express from "express"; const router = express.Router(); router.post("/stripe", ${raw}, (req, res) => {}); export default router;`;
  const api = `import { Router } from "express"; import inner from "./inner"; const router = Router(); router.use("/webhooks", inner); export default router;`;

  it.each<[string, Files]>([
    [
      "a router's route",
      { "app.ts": app(`app.use(express.json()); app.use("/webhooks", hooks);`), "hooks.ts": hooks },
    ],
    [
      "a router on a router",
      {
        "app.ts": app(`app.use(express.json()); app.use("/api", hooks);`),
        "hooks.ts": api,
        "inner.ts": hooks,
      },
    ],
    [
      "parsers for the path above",
      {
        "app.ts": app(`app.use("/webhooks", express.json()); app.use("/webhooks", hooks);`),
        "hooks.ts": hooks,
      },
    ],
    [
      "in a function",
      {
        "app.ts": app(`export function start() { app.use(express.json()); app.use("/webhooks", hooks); }`),
        "hooks.ts": hooks,
      },
    ],
  ])("reported: %s", (_, files) => {
    expect(reportedIn(files)).toEqual(["express.json()"]);
  });

  it.each<[string, Files]>([
    [
      "the router first",
      { "app.ts": app(`app.use("/webhooks", hooks); app.use(express.json());`), "hooks.ts": hooks },
    ],
    [
      "parsers for other paths",
      { "app.ts": app(`app.use("/api", express.json()); app.use("/webhooks", hooks);`), "hooks.ts": hooks },
    ],
    [
      "bytes first",
      {
        "app.ts": app(`app.use("/webhooks", ${raw}); app.use(express.json()); app.use("/webhooks", hooks);`),
        "hooks.ts": hooks,
      },
    ],
    [
      "bytes that may be kept first",
      {
        "app.ts": app(`app.use("/webhooks", rawBody); app.use(express.json()); app.use("/webhooks", hooks);`),
        "hooks.ts": hooks,
      },
    ],
    [
      "bytes that the parser keeps",
      {
        "app.ts": app(
          `app.use(express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } })); app.use("/webhooks", hooks);`,
        ),
        "hooks.ts": hooks,
      },
    ],
    [
      "a branch",
      {
        "app.ts": app(`if (parse) app.use(express.json()); app.use("/webhooks", hooks);`),
        "hooks.ts": hooks,
      },
    ],
    [
      "another app",
      {
        "app.ts": app(`const admin = express(); admin.use(express.json()); app.use("/webhooks", hooks);`),
        "hooks.ts": hooks,
      },
    ],
    [
      "a router without a raw parser",
      {
        "app.ts": app(`app.use(express.json()); app.use("/webhooks", hooks);`),
        "hooks.ts": hooks.replace(`${raw}, `, ""),
      },
    ],
    [
      "a router that is not there",
      { "app.ts": app(`app.use(express.json()); app.use("/webhooks", hooks);`) },
    ],
    [
      "two functions, which first is not known",
      {
        "app.ts": app(
          `export function a() { app.use(express.json()) } export function b() { app.use("/webhooks", hooks) }`,
        ),
        "hooks.ts": hooks,
      },
    ],
  ])("silent: %s", (_, files) => {
    expect(reportedIn(files)).toEqual([]);
  });
});

describe("a body that was parsed before, for a verifier", () => {
  const stripe = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY); `;
  const handle = `(req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], s); }`;
  const app = `import express from "express"; const app = express(); `;
  const controller = `${stripe}export const hook = ${handle}`;

  it.each<[string, Files, string]>([
    [
      "Express",
      { "app.ts": `${stripe}${app}app.use(express.json()); app.post("/webhook", ${handle});` },
      "req.body",
    ],
    [
      "a controller",
      {
        "hook.ts": controller,
        "app.ts": `import { hook } from "./hook"; ${app}app.use(express.json()); app.post("/webhook", hook);`,
      },
      "req.body",
    ],
    [
      "the bytes kept beside, and not used",
      {
        "app.ts": `${stripe}${app}app.use(express.json({ verify: keep })); app.post("/webhook", ${handle});`,
      },
      "req.body",
    ],
    [
      "a MAC",
      {
        "app.ts": `import { createHmac } from "crypto"; ${app}app.use(express.json()); app.post("/webhook", (req, res) => { if (createHmac("sha256", k).update(req.body).digest("hex") !== req.headers["x-signature"]) return; });`,
      },
      "req.body",
    ],
    [
      "Firebase",
      {
        "hook.ts": `${stripe}import { onRequest } from "firebase-functions/v2/https"; export const hook = onRequest(${handle});`,
      },
      "req.body",
    ],
    [
      "NestJS",
      {
        "c.ts": `${stripe}import { Controller, Post, Body, Headers } from "@nestjs/common"; @Controller("webhooks") export class C { @Post() hook(@Body() body: any, @Headers("stripe-signature") sig: string) { stripe.webhooks.constructEvent(body, sig, s) } }`,
        "app.module.ts": `import { C } from "./c"; @Module({ controllers: [C] }) export class AppModule {}`,
        "main.ts": `import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module"; NestFactory.create(AppModule);`,
      },
      "body",
    ],
  ])("reported: %s", (_, files, text) => {
    expect(reportedIn(files)).toEqual([text]);
  });

  it.each<[string, Files]>([
    [
      "bytes on the route",
      {
        "app.ts": `${stripe}${app}app.post("/webhook", express.raw({ type: "*/*" }), ${handle}); app.use(express.json());`,
      },
    ],
    ["a controller that nobody is seen to mount", { "hook.ts": controller }],
    [
      "what the bytes were kept as",
      {
        "app.ts": `${stripe}${app}app.use(express.json({ verify: keep })); app.post("/webhook", ${handle.replace("req.body", "req.rawBody")});`,
      },
    ],
    [
      "Firebase's bytes",
      {
        "hook.ts": `${stripe}import { onRequest } from "firebase-functions/v2/https"; export const hook = onRequest(${handle.replace("req.body", "req.rawBody")});`,
      },
    ],
    [
      "what a scheme wants sorted",
      {
        "app.ts": `import { createHmac } from "crypto"; import { sorted } from "./sorted"; ${app}app.use(express.json()); app.post("/webhook", (req, res) => { if (createHmac("sha256", k).update(JSON.stringify(sorted(req.body))).digest("hex") !== req.headers["x-signature"]) return; });`,
        "sorted.ts": `export const sorted = (body) => body`,
      },
    ],
    [
      "a field of a body",
      {
        "app.ts": `import { createHmac } from "crypto"; ${app}app.use(express.json()); app.post("/webhook", (req, res) => { if (createHmac("sha256", k).update(req.body.order_id).digest("hex") !== req.body.signature) return; });`,
      },
    ],
  ])("silent: %s", (_, files) => {
    expect(reportedIn(files)).toEqual([]);
  });

  it("is told as made into text again where it is", () => {
    const text = `${stripe}${app}app.use(express.json()); app.post("/webhook", ${handle.replace("req.body", "JSON.stringify(req.body)")});`;
    const { observations } = lintText({ fileName: "app.ts", text }, {}, hostOf({}));
    const shapes = observations.flatMap((each) => (each.kind === "signed-payload" ? [each.shape] : []));
    expect(shapes).toEqual(["reserialised"]);
  });

  it("is told once, of the parser, where the raw parser comes too late", () => {
    const late = `${stripe}${app}app.use(express.json()); app.post("/webhook", express.raw({ type: "*/*" }), ${handle});`;
    expect(reportedIn({ "app.ts": late })).toEqual(["express.json()"]);
  });
});
