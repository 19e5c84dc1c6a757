import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Node } from "../../../flow/tree.ts";
import { bodyGivenTo } from "../../webhooks/body.ts";
import { definitionOf, servedBy } from "../../webhooks/frameworks/definitions.ts";
import { type Registration, registrationsOf } from "../../webhooks/frameworks/registrations.ts";
import { isSame } from "../../webhooks/frameworks/ways.ts";
import type { Handler } from "../../webhooks/handler.ts";
import { isTypeScript, textOf } from "../modules.ts";
import { indentOf } from "../places.ts";
import { type Kept, keptBy, keptOn, RAW_BODY, type RawBody, withMember } from "./raw.ts";
import type { Reading } from "./reading.ts";

/** Fastify: a parser of the app keeps the text before Fastify's own one reads it. */
export function rawOfFastify({ request, fn }: Reading, handler: Handler, flow: Flow): RawBody | undefined {
  const registration = registrationsOf(flow).find(({ handlers }) =>
    handlers.some((node) => servedBy(node, flow)?.fn === fn),
  );
  if (request === undefined || !registration) return undefined;
  const title = "Keep the text in a parser of the app, and verify that";
  const kept = keptByParser(registration, flow);
  if (kept)
    return {
      title,
      expression: keptOn(request, kept.name, kept.isBytes, flow),
      isBytes: kept.isBytes,
      edits: [],
    };
  const statement = flow.tree.parentOf(registration.call);
  const app = receiverOf(registration.call)?.object;
  if (bodyGivenTo(handler) !== "parsed" || statement?.type !== "ExpressionStatement") return undefined;
  if (app?.type !== "Identifier") return undefined;
  const start = statement.range[0];
  const text = parserFor(app.name, indentOf(statement, flow), flow);
  return {
    title,
    expression: keptOn(request, RAW_BODY, false, flow),
    isBytes: false,
    edits: [{ range: { start, end: start }, text }],
  };
}

function parserFor(app: string, indent: string, flow: Flow): string {
  const type = isTypeScript(flow) ? ": string" : "";
  return [
    `${app}.addContentTypeParser("application/json", { parseAs: "string" }, (request, body${type}, done) => {`,
    `  ${withMember("request", RAW_BODY, false, flow)} = body;`,
    `  ${app}.getDefaultJsonParser("error", "error")(request, body, done);`,
    `});`,
    "",
  ].join(`\n${indent}`);
}

/** What a parser of the same app keeps already. */
function keptByParser({ target }: Registration, flow: Flow): Kept | undefined {
  for (const call of flow.tree.all("CallExpression")) {
    const receiver = calledName(call) === "addContentTypeParser" ? receiverOf(call) : undefined;
    if (!receiver || !isSame(definitionOf(receiver.object, flow), target)) continue;
    const [type, options, parser] = call.arguments;
    if (!type || !options || !parser || flow.constant(type) !== "application/json") continue;
    return keptBy(parser, 1, isBuffer(options, flow), flow);
  }
  return undefined;
}

function isBuffer(options: Node, flow: Flow): boolean {
  return /["']buffer["']/.test(textOf(options, flow));
}
