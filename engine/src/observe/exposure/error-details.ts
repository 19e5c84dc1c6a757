import type { Flow } from "../../flow/flow.ts";
import type { Trace } from "../../flow/origin.ts";
import { bare, isWithin, type Node, type Range, rangeOf } from "../../flow/tree.ts";
import type { Failure } from "./failures.ts";

/** Something of an error that an answer holds, or may hold. */
export interface Detail {
  /** Whether these surely are the provider's own words, told to everybody. */
  readonly isTold: boolean;
  /** Where the answer holds it. */
  readonly shown: Range;
  /** Where it is taken from the error. */
  readonly taken: Range;
  /** As written. */
  readonly text: string;
}

/** What an answer's content has of an error; nothing for fixed words and for codes. */
export function detailsIn(content: Node, failure: Failure, flow: Flow): readonly Detail[] {
  return flow
    .traces(content, failure.search)
    .flatMap((trace) => detailOf(trace, content, failure, flow) ?? []);
}

/** Members that hold a provider's words. */
const WORDS =
  /^(?:message|msg|raw|response|body|data|errors?|details?|(?:error_?)?(?:description|message)|stack|title|reason|result|cause|(?:toString|json|text|toJSON)\(\))$/i;
/** What a program reads: it tells what happened, and nothing more. */
const CODES =
  /^(?:\w*code|type|\w*status(?:_?text)?|name|\w*id|param|length|ok|headers?|payment_?(?:intent|method))$/i;

function detailOf(trace: Trace, content: Node, failure: Failure, flow: Flow): Detail | undefined {
  const { origin } = trace;
  if (origin.kind === "literal" || origin.kind === "made") return undefined;
  const names = origin.kind === "named" ? failure.wayTo(origin.meaning) : undefined;
  const last = names?.at(-1);
  if (last !== undefined && CODES.test(last)) return undefined;
  const taken = readAround(origin.node, flow);
  const shown = isWithin(taken, content) ? taken : shownIn(trace, content, flow);
  const isTold =
    names !== undefined &&
    (names.length === 0 || names.some((name) => WORDS.test(name))) &&
    [taken, shown, ...trace.steps.map(({ node }) => node)].every((node) => isForAll(node, failure, flow));
  return { isTold, shown: rangeOf(shown), taken: rangeOf(taken), text: textOf(shown, flow) };
}

/** `error.response.data` around `error`. */
function readAround(node: Node, flow: Flow): Node {
  let read = node;
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up)) {
    if (up.type === "MemberExpression" && bare(up.object) === bare(read)) read = up;
    else if (bare(up) !== bare(read)) break;
  }
  return read;
}

/** What in a content leads to a value that stands outside of it. */
function shownIn({ steps }: Trace, content: Node, flow: Flow): Node {
  const inside = steps.findLast(({ node }) => isWithin(node, content))?.node ?? content;
  return inside.type === "Property" ? inside.value : readAround(inside, flow);
}

const LONGEST = 60;

function textOf({ range: [start, end] }: Node, { module }: Flow): string {
  const text = module.text.slice(start, end).replace(/\s+/g, " ");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** Words for developers alone. */
const DEVELOPMENT = /NODE_ENV|\bdev\b|isDev|development|isProd|production|isTest|__DEV__|debug/i;
/** Tests that only ask whether there is something to read. */
const GENERAL =
  /instanceof\s+(?:Error|AxiosError|\w*\.?errors?\.StripeError|StripeError|HTTPError|FetchError|ApiError|APIError)\b/;
/** Tests after which it is known what went wrong: one's own exception, a declined card. */
const TOLD_APART =
  /instanceof|\.(?:code|type|name|statusCode|status|rawType)\s*\)?\s*===?|===?\s*["'`]|\.(?:includes|startsWith|match|test)\(/;

/** Whether a node is reached whatever went wrong and wherever the program runs. */
function isForAll(node: Node, failure: Failure, flow: Flow): boolean {
  for (
    let child = node, up = flow.tree.parentOf(node);
    up && isWithin(up, failure.handling);
    child = up, up = flow.tree.parentOf(up)
  ) {
    const test = testOf(up, child);
    if (test === undefined) continue;
    const text = flow.module.text.slice(test.range[0], test.range[1]);
    if (DEVELOPMENT.test(text)) return false;
    const isElse = up.type !== "SwitchCase" && "alternate" in up && up.alternate === child;
    if (!isElse && (up.type === "SwitchCase" || (TOLD_APART.test(text) && !GENERAL.test(text)))) return false;
  }
  return true;
}

/** The condition under which a part of a node runs. */
function testOf(node: Node, part: Node): Node | undefined {
  if (node.type === "IfStatement" || node.type === "ConditionalExpression")
    return node.test === part ? undefined : node.test;
  if (node.type === "SwitchCase") return node.test ?? undefined;
  return node.type === "LogicalExpression" && node.operator === "&&" && node.right === part
    ? node.left
    : undefined;
}
