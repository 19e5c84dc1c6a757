import type { Flow } from "../../flow/flow.ts";
import { rangeOf, type Node } from "../../flow/tree.ts";
import type { Repair } from "../observation.ts";
import { textOf } from "./modules.ts";
import { rawOfExpress } from "./raw-body/express.ts";
import { rawOfFastify } from "./raw-body/fastify.ts";
import { handlerBehind } from "./raw-body/handler.ts";
import { rawOfNest } from "./raw-body/nest.ts";
import { RAW_BODY, type RawBody, spelled } from "./raw-body/raw.ts";
import { type Reading, readingOf } from "./raw-body/reading.ts";
import { rawOfWeb } from "./raw-body/web.ts";

/**
 * The bytes that were received in the place of a body that was parsed, or made into JSON again. None where the way from
 * the request to the check, or what parses the body, is not seen whole.
 */
export function repairPayload(node: Node, flow: Flow): readonly Repair[] {
  const reading = readingOf(node, flow);
  const raw = reading && rawBodyOf(reading, flow);
  if (!raw) return [];
  const { site, edits } = reading;
  const text = spelled(raw, site, edits.length > 0, flow);
  const all = [...edits, ...raw.edits, { range: rangeOf(site), text }];
  return [{ title: raw.title, edits: all.sort((a, b) => a.range.start - b.range.start) }];
}

function rawBodyOf(reading: Reading, flow: Flow): RawBody | undefined {
  if (reading.kind === "json") return rawOfWeb(reading, flow);
  const handler = handlerBehind(reading.fn, flow);
  if (reading.kind === "text") return ofText(reading, handler?.framework === "lambda", flow);
  if (isGuards(reading, flow)) return rawOfNest(reading, flow);
  switch (handler?.framework) {
    case "express":
      return rawOfExpress(reading, handler, flow);
    case "fastify":
      return rawOfFastify(reading, handler, flow);
    case "nestjs":
      return rawOfNest(reading, flow);
    // Firebase and Google keep the bytes beside what they parse.
    case "firebase":
      return {
        title: "Verify the bytes that the platform keeps",
        expression: `${reading.request}.${RAW_BODY}`,
        isBytes: true,
        edits: [],
      };
    default:
      return undefined;
  }
}

/** NestJS hands guards no request: `context.switchToHttp().getRequest().body`. */
function isGuards({ node }: Reading, flow: Flow): boolean {
  return /\.getRequest\(\)/.test(flow.name(node) ?? "");
}

/** What was parsed, or is no JSON yet, such as a Lambda's body, which may be missing. */
function ofText({ node }: Reading, mayMiss: boolean, flow: Flow): RawBody {
  const text = textOf(node, flow);
  const expression = mayMiss && node.type === "MemberExpression" ? `${text} ?? ""` : text;
  return { title: "Verify the text that was received", expression, isBytes: false, edits: [] };
}
