import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { FastifyInstance } from "fastify";
import type { Hono } from "hono";
import type { INestApplication } from "@nestjs/common";
import type { Files } from "../../../engine/test/flow/linked.ts";
import { serveAppRoute } from "../../examples/next-host.ts";

/** A handler of webhooks in the manner of one framework. */
export interface Sample {
  /** The file with the handler, by which the others are named. */
  readonly handler: string;
  readonly files: Files;
  /** The file whose exports are started. */
  readonly entry: string;
  /** Packages that stand for others. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
  start(exports: never): Promise<RequestListener>;
}

/** What a handler does, which differs in each of the rules' tests. */
export interface Manner {
  /** Whether the bytes are checked as they were received; else the body made into JSON again. */
  readonly isRaw: boolean;
  /** Whether two expressions differ. */
  differs(received: string, expected: string): string;
  /** Whether old events are refused. */
  readonly checksAge: boolean;
  /** Whether the function that compares answers a promise, as one of WebCrypto does. */
  readonly isAsync?: boolean;
}

const IMPORTS = `import { createHmac, timingSafeEqual } from "node:crypto";
import { paid } from "./orders";
`;

/** The function that `differs` may call. */
function helper({ isAsync, differs }: Manner): string {
  if (!differs("", "").includes("verifySignature")) return "";
  return `
${isAsync ? "async " : ""}function verifySignature(received, expected) {
  const a = Buffer.from(String(received));
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
`;
}

/** How a framework spells what a handler does. */
interface Spelling {
  header(name: string): string;
  readonly payload: string;
  readonly event: string;
  answer(status: number): string;
}

function body(
  { header, payload, event, answer }: Spelling,
  { differs, checksAge }: Manner,
  indent: string,
): string {
  const lines = [
    `const timestamp = ${header("webhook-timestamp")};`,
    `const mac = createHmac("sha256", process.env.WEBHOOK_SECRET);`,
    `const expected = mac.update(\`\${timestamp}.\${${payload}}\`).digest("hex");`,
    `if (${differs(header("webhook-signature"), "expected")}) ${answer(401)}`,
    ...(checksAge ? [`if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) ${answer(400)}`] : []),
    `if (${event}.type === "payment.paid") paid.add(${event}.id);`,
    answer(200),
  ];
  return lines.map((line) => indent + line).join("\n");
}

function express(version: 4 | 5): (manner: Manner) => Sample {
  return (manner) => ({
    handler: "src/app.js",
    entry: "src/app.js",
    files: {
      "src/app.js": `import express from "express";
${IMPORTS}
export const app = express();
app.use(express.json(${manner.isRaw ? "{ verify: (req, _res, buf) => { req.rawBody = buf; } }" : ""}));

app.post("/webhooks/pay", ${manner.isAsync ? "async " : ""}(req, res) => {
${body(
  {
    header: (name) => `req.get("${name}")`,
    payload: manner.isRaw ? "req.rawBody" : "JSON.stringify(req.body)",
    event: "req.body",
    answer: (status) => `return res.sendStatus(${status});`,
  },
  manner,
  "  ",
)}
});
${helper(manner)}`,
    },
    aliases: version === 4 ? { express: "express-4" } : undefined,
    start: async ({ app }: { app: RequestListener }) => app,
  });
}

function fastify(manner: Manner): Sample {
  const parser = `app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
  request.rawBody = body;
  done(null, JSON.parse(body));
});
`;
  return {
    handler: "src/app.js",
    entry: "src/app.js",
    files: {
      "src/app.js": `import Fastify from "fastify";
${IMPORTS}
export const app = Fastify();
${manner.isRaw ? parser : ""}
app.post("/webhooks/pay", async (request, reply) => {
${body(
  {
    header: (name) => `request.headers["${name}"]`,
    payload: manner.isRaw ? "request.rawBody" : "JSON.stringify(request.body)",
    event: "request.body",
    answer: (status) => `return reply.code(${status}).send();`,
  },
  manner,
  "  ",
)}
});
${helper(manner)}`,
    },
    start: async ({ app }: { app: FastifyInstance }) => {
      await app.ready();
      return (request, response) => app.routing(request, response);
    },
  };
}

/** `text` is read from a Request once, `event` made of it. */
function read(request: string, isRaw: boolean): string {
  return isRaw
    ? `  const text = await ${request}.text();\n  const event = JSON.parse(text);`
    : `  const event = await ${request}.json();`;
}

function payloadOf({ isRaw }: Manner): string {
  return isRaw ? "text" : "JSON.stringify(event)";
}

function hono(manner: Manner): Sample {
  return {
    handler: "src/app.js",
    entry: "src/app.js",
    files: {
      "src/app.js": `import { Hono } from "hono";
${IMPORTS}
export const app = new Hono();

app.post("/webhooks/pay", async (c) => {
${read("c.req", manner.isRaw)}
${body(
  {
    header: (name) => `c.req.header("${name}")`,
    payload: payloadOf(manner),
    event: "event",
    answer: (status) => `return c.body(null, ${status});`,
  },
  manner,
  "  ",
)}
});
${helper(manner)}`,
    },
    start: async ({ app }: { app: Hono }) => getRequestListener(app.fetch),
  };
}

function next(manner: Manner): Sample {
  const handler = "src/app/webhooks/pay/route.ts";
  return {
    handler,
    entry: handler,
    files: {
      [handler]: `${IMPORTS}
export async function POST(request: Request): Promise<Response> {
${read("request", manner.isRaw)}
${body(
  {
    header: (name) => `request.headers.get("${name}")`,
    payload: payloadOf(manner),
    event: "event",
    answer: (status) => `return new Response(null, { status: ${status} });`,
  },
  manner,
  "  ",
)}
}
${helper(manner)}`,
    },
    start: async (route: Parameters<typeof serveAppRoute>[0]) => serveAppRoute(route),
  };
}

function nest(manner: Manner): Sample {
  const payload = manner.isRaw ? "request.rawBody" : "JSON.stringify(body)";
  const parameter = manner.isRaw ? "@Req() request: RawBodyRequest<Request>, " : "";
  return {
    handler: "src/hooks.controller.ts",
    entry: "src/main.ts",
    files: {
      "src/main.ts": `import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";
export async function bootstrap() {
  const app = await NestFactory.create(AppModule, { rawBody: true, logger: false });
  return app.init();
}
`,
      "src/app.module.ts": `import { Module } from "@nestjs/common";
import { HooksController } from "./hooks.controller";
@Module({ controllers: [HooksController] })
export class AppModule {}
`,
      "src/hooks.controller.ts": `import { Body, Controller, Headers, HttpCode, HttpException, Post, Req } from "@nestjs/common";
import type { RawBodyRequest } from "@nestjs/common";
${IMPORTS}
@Controller("webhooks")
export class HooksController {
  @Post("pay")
  @HttpCode(200)
  ${manner.isAsync ? "async " : ""}pay(${parameter}@Body() body: { type: string; id: string }, @Headers() headers: Record<string, string>) {
${body(
  {
    header: (name) => `headers["${name}"]`,
    payload,
    event: "body",
    answer: (status) => (status === 200 ? `return "";` : `throw new HttpException("", ${status});`),
  },
  manner,
  "    ",
)}
  }
}
${helper(manner)}`,
    },
    start: async ({ bootstrap }: { bootstrap(): Promise<INestApplication> }) =>
      (await bootstrap()).getHttpAdapter().getInstance() as RequestListener,
  };
}

/** The frameworks by their names. */
export const FRAMEWORKS: readonly (readonly [name: string, sample: (manner: Manner) => Sample])[] = [
  ["Express 4", express(4)],
  ["Express 5", express(5)],
  ["Fastify", fastify],
  ["Hono", hono],
  ["a Request as in Next.js", next],
  ["NestJS", nest],
];
