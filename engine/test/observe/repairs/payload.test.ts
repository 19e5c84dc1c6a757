import { describe, expect, it } from "vitest";
import { offered, repaired } from "./repairing.ts";

const RULE = "verify-before-parse";
const CRYPTO = `import { createHmac } from "node:crypto";\n`;
const mac = (input: string) => `createHmac("sha256", process.env.SECRET).update(${input}).digest("hex")`;

describe("the web's Request", () => {
  const hook = (lines: readonly string[]) =>
    `${CRYPTO}export async function POST(request) {\n  ${lines.join("\n  ")}\n}\n`;
  const check = `if (${mac("text")} !== request.headers.get("x-signature")) return new Response("", { status: 401 });`;

  it.each([
    [
      "parses where the body is needed, after the check",
      ["const body = await request.json();", "const text = JSON.stringify(body);", check, "fulfil(body.id);"],
      [
        "const payload = await request.text();",
        "const text = payload;",
        check,
        "const body = JSON.parse(payload);",
        "fulfil(body.id);",
      ],
    ],
    [
      "does not parse what nothing needs",
      ["const body = await request.json();", "const text = JSON.stringify(body);", check],
      ["const payload = await request.text();", "const text = payload;", check],
    ],
    [
      "parses before the check what is needed there",
      [
        "const body = await request.json();",
        "console.log(body.id);",
        "const text = JSON.stringify(body);",
        check,
      ],
      [
        "const payload = await request.text();",
        "const body = JSON.parse(payload);",
        "console.log(body.id);",
        "const text = payload;",
        check,
      ],
    ],
    [
      "has no name for what is used on the spot",
      ["const text = JSON.stringify(await request.json());", check],
      ["const text = await request.text();", check],
    ],
    [
      "takes a name that is free",
      [
        "const payload = 1;",
        "const body = await request.json();",
        "const text = JSON.stringify(body);",
        check,
      ],
      ["const payload = 1;", "const rawBody = await request.text();", "const text = rawBody;", check],
    ],
    [
      "takes what it was parsed from",
      [
        "const raw = await request.text();",
        "const body = JSON.parse(raw);",
        "const text = JSON.stringify(body);",
        check,
      ],
      ["const raw = await request.text();", "const body = JSON.parse(raw);", "const text = raw;", check],
    ],
  ])("%s", (_, before, after) => {
    expect(repaired(RULE, hook(before))).toBe(hook(after));
  });

  it("keeps the type that the body is asserted to have", () => {
    const text = repaired(
      RULE,
      hook([
        "const body = (await request.json()) as Event;",
        "const text = JSON.stringify(body);",
        check,
        "fulfil(body.id);",
      ]),
    );
    expect(text).toContain("  const body = JSON.parse(payload) as Event;\n  fulfil(body.id);");
  });

  it("keeps the type that the reader is told", () => {
    const text = repaired(
      RULE,
      `${CRYPTO}app.post("/hook", async (c) => {
  const body = await c.req.json<Event>();
  if (${mac("JSON.stringify(body)")} !== c.req.header("x-signature")) return;
  fulfil(body.id);
});
`,
    );
    expect(text).toContain("const payload = await c.req.text();\n");
    expect(text).toContain("const body = JSON.parse(payload) as Event;\n");
  });

  it("hands the text to a helper of the file", () => {
    const text = repaired(
      RULE,
      `${CRYPTO}function isGenuine(body: object, signature: string | null) {
  return ${mac("JSON.stringify(body)")} === signature;
}
export async function POST(request: Request) {
  const event = await request.json();
  if (!isGenuine(event, request.headers.get("x-signature"))) return new Response("", { status: 401 });
}
`,
    );
    expect(text).toContain("function isGenuine(body: string, signature");
    expect(text).toContain(".update(body)");
    expect(text).toContain("const payload = await request.text();\n  if (!isGenuine(payload, ");
  });

  it.each([
    ["Hono", `app.post("/hook", async (c) => {`, "c.req", `c.req.header("x-signature")`],
    [
      "SvelteKit",
      "export async function POST({ request }) {",
      "request",
      `request.headers.get("x-signature")`,
    ],
  ])("%s", (_, start, request, header) => {
    const end = start.endsWith("=> {") ? "});" : "}";
    const text = repaired(
      RULE,
      `${CRYPTO}${start}
  const body = await ${request}.json();
  if (${mac("JSON.stringify(body)")} !== ${header}) return;
  fulfil(body);
${end}
`,
    );
    expect(text).toContain(`
  const payload = await ${request}.text();
  if (${mac("payload")} !== ${header}) return;
  const body = JSON.parse(payload);
  fulfil(body);
`);
  });

  it.each([
    ["mail is sent before the check", "await resend.emails.send({ to: body.email });"],
    ["the body is read anew", "body = await request.json();"],
    ["the body may be another one", "if (request.url) body = {};"],
  ])("no repair where %s", (_, line) => {
    const text = `${CRYPTO}import { Resend } from "resend"; const resend = new Resend(k); export async function POST(request) { let body = await request.json(); ${line} return ${mac("JSON.stringify(body)")} === request.headers.get("x-signature"); }`;
    expect(offered(RULE, text)).toBe(0);
  });
});

describe("Express", () => {
  const app = (parser: string, handler: string) => `import express from "express";
${CRYPTO}const app = express();
app.use(${parser});
app.post("/webhooks/pay", (req, res) => {
  ${handler}
});
`;
  const check = (input: string) =>
    `if (${mac(input)} !== req.get("x-signature")) return res.sendStatus(401);`;
  const keeping = "verify: (req, _res, buf) => { req.rawBody = buf; }";

  it.each([
    ["no options", "express.json()", `express.json({ ${keeping} })`],
    ["empty options", "express.json({})", `express.json({ ${keeping} })`],
    ["options", `express.json({ limit: "1mb" })`, `express.json({ limit: "1mb", ${keeping} })`],
    ["bytes that are kept", `express.json({ ${keeping} })`, `express.json({ ${keeping} })`],
  ])("a parser with %s", (_, before, after) => {
    const code = repaired(RULE, app(before, check("JSON.stringify(req.body)")), "src/app.js");
    expect(code).toBe(app(after, check(`req.rawBody ?? ""`)));
  });

  it.each([
    ["in a template", "`${req.get('x-time')}.${JSON.stringify(req.body)}`", '.${req.rawBody ?? ""}`'],
    ["in a sum", "req.get('x-time') + JSON.stringify(req.body)", `+ (req.rawBody ?? "").toString())`],
    ["in a buffer", "Buffer.from(JSON.stringify(req.body))", `Buffer.from((req.rawBody ?? "").toString())`],
  ])("text %s", (_, input, expected) => {
    expect(repaired(RULE, app("express.json()", check(input)), "src/app.js")).toContain(expected);
  });

  it("text that is kept is used as it is", () => {
    const keeps = "express.json({ verify(req, res, buffer) { req.text = buffer.toString(); } })";
    const code = app(keeps, `const body = req.body; ${check("`v0:` + JSON.stringify(body)")}`);
    expect(repaired(RULE, code, "src/app.js")).toContain('`v0:` + (req.text ?? "")');
  });

  it("bytes that the parser of another file keeps", () => {
    const router = (input: string) => `import { Router } from "express";
${CRYPTO}export const hooks = Router();
hooks.post("/pay", (req, res) => {
  ${check(input)}
});
`;
    const server = (parser: string) => `import express from "express";
import { hooks } from "./hooks";
const app = express();
app.use(${parser});
app.use("/webhooks", hooks);
`;
    const before = router("JSON.stringify(req.body)");
    const files = { "src/server.js": server(`express.json({ ${keeping} })`) };
    expect(repaired(RULE, before, "src/hooks.js", files)).toBe(router(`req.rawBody ?? ""`));
    expect(offered(RULE, before, "src/hooks.js", { "src/server.js": server("express.json()") })).toBe(0);
  });

  it("types what requests do not know", () => {
    const code = repaired(RULE, app("express.json()", check("JSON.stringify(req.body)")));
    expect(code).toContain("{ (req as typeof req & { rawBody?: Buffer }).rawBody = buf; }");
    expect(code).toContain(`.update((req as typeof req & { rawBody?: Buffer }).rawBody ?? "")`);
  });

  const gate = (input: string) => `function verify(req, res, next) {
  if (${mac(input)} !== req.get("x-signature")) return res.sendStatus(401);
  next();
}
`;
  const isGenuine = (input: string) => `function isGenuine(req) {
  return ${mac(input)} === req.get("x-signature");
}
`;

  it.each([
    ["a middleware", gate, "app.post('/webhooks/pay', verify, (req, res) => res.json(fulfil(req.body)));"],
    [
      "a helper",
      isGenuine,
      "app.post('/webhooks/pay', (req, res) => { if (!isGenuine(req)) return res.sendStatus(401); fulfil(req.body); });",
    ],
  ])("in %s of the file", (_, checkIn, route) => {
    const code = (parser: string, input: string) =>
      `import express from "express";\n${CRYPTO}const app = express();\napp.use(${parser});\n${checkIn(input)}${route}\n`;
    const before = code("express.json()", "JSON.stringify(req.body)");
    const after = code(`express.json({ ${keeping} })`, `req.rawBody ?? ""`);
    expect(repaired(RULE, before, "src/app.js")).toBe(after);
    expect(offered(RULE, before.replace("function", "export function"), "src/app.js")).toBe(0);
  });

  it("takes a raw route's body as it is", () => {
    const code = app("express.raw()", check("JSON.stringify(req.body)")).replace(
      "express.raw()",
      `express.raw({ type: "*/*" })`,
    );
    expect(repaired(RULE, code)).toContain(".update(req.body)");
  });

  it.each([
    ["something unseen may read the body first", `parseBody, express.json()`],
    ["the parser's options are not written out", `express.json(options)`],
    ["a callback keeps nothing that is seen", `express.json({ verify: keep })`],
    [
      "bytes are kept for some requests",
      "express.json({ verify: (req, res, buf) => { if (req.url) req.rawBody = buf; } })",
    ],
    ["no parser is seen", "cors()"],
  ])("no repair where %s", (_, parser) => {
    expect(offered(RULE, app(parser, check("JSON.stringify(req.body)")))).toBe(0);
  });
});

describe("Fastify", () => {
  const route = (input: string) => `app.post("/webhooks/pay", async (request, reply) => {
  if (${mac(input)} !== request.headers["x-signature"]) return reply.code(401).send();
});
`;
  const app = `import Fastify from "fastify";\n${CRYPTO}const app = Fastify();\n`;

  it("a parser of the app keeps the text, once for all routes", () => {
    const before = route("JSON.stringify(request.body)");
    const after = route(`request.rawBody ?? ""`);
    const parser = `app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
  request.rawBody = body;
  app.getDefaultJsonParser("error", "error")(request, body, done);
});
`;
    expect(repaired(RULE, app + before + before, "src/app.js")).toBe(app + parser + after + after);
  });

  it("no repair where a plugin may have a parser of its own", () => {
    expect(offered(RULE, `${app}app.register(rawBody);\n${route("JSON.stringify(request.body)")}`)).toBe(0);
  });
});

describe("platforms that keep the bytes", () => {
  it("Firebase", () => {
    const code = `import { onRequest } from "firebase-functions/v2/https";
${CRYPTO}export const paymentWebhook = onRequest((req, res) => { if (${mac("JSON.stringify(req.body)")} !== req.get("x-signature")) res.status(401).end(); });`;
    expect(repaired(RULE, code)).toContain(".update(req.rawBody)");
  });

  it("Lambda, which has not parsed it", () => {
    const code = `${CRYPTO}export const handler = async (event) => ({ statusCode: ${mac("JSON.stringify(JSON.parse(event.body))")} === event.headers["x-signature"] ? 200 : 401 });`;
    expect(repaired(RULE, code)).toContain(`.update(event.body ?? "")`);
  });
});

describe("NestJS", () => {
  const main = (options: string) => `import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";
const app = await NestFactory.create(AppModule${options});
await app.listen(3000);
`;
  const module = `import { Module } from "@nestjs/common";
import { Hooks } from "./hooks";
@Module({ controllers: [Hooks] }) export class AppModule {}
`;
  const controller = (
    parameters: string,
    input: string,
  ) => `import { Body, Controller, Headers, Post } from "@nestjs/common";
${CRYPTO}@Controller("webhooks") export class Hooks {
  @Post("pay") hook(${parameters}, @Headers("x-signature") signature: string) {
    if (${mac(input)} !== signature) throw new Error("forged");
  }
}
`;
  const files = (options: string) => ({ "src/main.ts": main(options), "src/app.module.ts": module });
  const kept = files(", { rawBody: true }");

  it.each([
    [
      "a body that nothing else needs",
      ["@Body() body: Event", "JSON.stringify(body)"],
      ["@Req() request: { rawBody?: Buffer }", `request.rawBody ?? ""`],
    ],
    [
      "a body that is needed",
      ["@Body() body: Event", "`${body.id}.${JSON.stringify(body)}`"],
      ["@Req() request: { rawBody?: Buffer }, @Body() body: Event", '`${body.id}.${request.rawBody ?? ""}`'],
    ],
  ])("%s", (_, before, after) => {
    const code = repaired(RULE, controller(before[0]!, before[1]!), "src/hooks.ts", kept);
    expect(code).toBe(controller(after[0]!, after[1]!).replace("Post }", "Post, Req }"));
  });

  it("a request that the method has already", () => {
    const given = "@Req() req: RawBodyRequest<Request>";
    const code = controller(given, "JSON.stringify(req.body)");
    expect(repaired(RULE, code, "src/hooks.ts", kept)).toBe(controller(given, `req.rawBody ?? ""`));
  });

  it("a guard's request", () => {
    const guard = (
      input: string,
    ) => `import { type CanActivate, type ExecutionContext, Injectable } from "@nestjs/common";
${CRYPTO}@Injectable() export class SignatureGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest();
    return ${mac(input)} === request.headers["x-signature"];
  }
}
`;
    const hooks = `import { Controller, Post, UseGuards } from "@nestjs/common";
import { SignatureGuard } from "./signature.guard";
@Controller("webhooks") @UseGuards(SignatureGuard) export class Hooks { @Post("pay") hook() {} }
`;
    const others = { ...kept, "src/hooks.ts": hooks };
    const raw = `(request as typeof request & { rawBody?: Buffer }).rawBody ?? ""`;
    const code = guard("JSON.stringify(request.body)");
    expect(repaired(RULE, code, "src/signature.guard.ts", others)).toBe(guard(raw));
    expect(offered(RULE, code, "src/signature.guard.ts", { ...others, ...files("") })).toBe(0);
  });

  it("no repair where the app keeps no bytes, or is not seen", () => {
    const code = controller("@Body() body: Event", "JSON.stringify(body)");
    expect(offered(RULE, code, "src/hooks.ts", files(""))).toBe(0);
    expect(offered(RULE, code, "src/hooks.ts")).toBe(0);
  });
});

describe("for an SDK's verifier", () => {
  const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY);\n`;

  it("the text of a Request", () => {
    const code = `${STRIPE}export async function POST(request) { const event = stripe.webhooks.constructEvent(await request.json(), request.headers.get("stripe-signature"), s); }`;
    expect(repaired(RULE, code)).toBe(code.replace("json()", "text()"));
  });

  it("the bytes that Express's parser keeps", () => {
    const code = `${STRIPE}import express from "express"; const app = express(); app.use(express.json()); app.post("/webhook", (req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.get("stripe-signature"), s); });`;
    expect(repaired(RULE, code, "src/app.js")).toContain(`constructEvent(req.rawBody ?? "", req.get`);
  });
});

describe("a JSON parser in front of a raw route", () => {
  const app = `import express from "express";\nconst app = express();\n`;

  it.each([
    [
      "of a route",
      `app.post("/hook", express.raw({ type: "*/*" }), hook);`,
      `app.post("/hook", express.raw({ type: "*/*" }));`,
    ],
    [
      "of a path",
      `app.use("/hook", express.raw({ type: ["application/json"], limit: "1mb" }), hook);`,
      `app.use("/hook", express.raw({ type: ["application/json"], limit: "1mb" }));`,
    ],
    [
      "that takes no JSON by itself",
      `app.post("/hook", express.raw(), hook);`,
      `app.post("/hook", express.raw({ type: "application/json" }));`,
    ],
  ])("%s", (_, route, line) => {
    const code = (first: string) => `${app}${first}app.use(express.json());\n${route}\n`;
    expect(repaired(RULE, code(""))).toBe(code(`${line}\n`));
  });

  it("of a router in another file", () => {
    const router = `import express from "express";\nconst router = express.Router();\nrouter.post("/pay", express.raw({ type: "application/json" }), hook);\nexport default router;\n`;
    const code = (first: string) =>
      `import express from "express";\nimport hooks from "./hooks";\nconst app = express();\n${first}app.use(express.json());\napp.use("/webhooks", hooks);\n`;
    expect(repaired(RULE, code(""), "src/app.ts", { "src/hooks.ts": router })).toBe(
      code(`app.post("/webhooks/pay", express.raw({ type: "application/json" }));\n`),
    );
  });

  it.each([
    [
      "the options are not written out",
      `app.use(express.json()); app.post("/hook", express.raw(options), hook);`,
    ],
    [
      "the statement is a chain",
      `app.use(express.json()).post("/hook", express.raw({ type: "*/*" }), hook);`,
    ],
  ])("no repair where %s", (_, code) => {
    expect(offered(RULE, app + code)).toBe(0);
  });
});

describe("parsed on the request before the check", () => {
  const gate = (
    before: string,
    after: string,
    between = "",
  ) => `${CRYPTO}export async function gate(req, res, next) {
  ${before}if (${mac("req.rawBody")} !== req.get("x-signature")) return res.sendStatus(401);
  ${between}${after}next();
}
`;
  const parse = "req.body = JSON.parse(req.rawBody);\n  ";

  it("is put there after it", () => {
    expect(repaired(RULE, gate(parse, ""))).toBe(gate("", parse));
  });

  it("no repair where it is needed before", () => {
    expect(offered(RULE, gate(parse, "", "console.log(req.body.id); "))).toBe(0);
    expect(offered(RULE, gate(parse, "return "))).toBe(1);
    expect(offered(RULE, gate(parse, "fulfil(req.body); return "))).toBe(0);
  });
});
