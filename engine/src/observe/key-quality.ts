import type { Flow } from "../flow/flow.ts";
import type { Trace } from "../flow/origin.ts";
import { isFunction, type Node } from "../flow/tree.ts";

const CLOCK =
  /^(?:Date\.(?:now\(\)|new\(\).*)|performance\.now\(\)|process\.hrtime.*|(?:dayjs|moment|luxon):.*)$/;
const RANDOM =
  /^(?:Math\.random\(\)|(?:globalThis\.|window\.)?crypto[.:](?:webcrypto\.)?random(?:UUID|Bytes)\(\)|(?:uuid|nanoid|ulid|cuid|@paralleldrive\/cuid2)[:.].*)/;

/**
 * Whether a key is another one each time the call is tried again: made from the clock, or drawn at random inside what
 * is repeated. A key drawn once outside a loop is left alone: the function that is given it may keep it.
 */
export function changesOnRetry(key: Node, flow: Flow): boolean {
  const traces = flow.traces(key);
  return (
    traces.some((trace) => fromClock(trace) && !isKept(trace, flow)) ||
    traces.some((trace) => drawnInRetry(trace, flow))
  );
}

function fromClock({ origin }: Trace): boolean {
  return origin.kind === "named" && CLOCK.test(origin.name ?? "");
}

/** A reference that is also stored can be sent again as it was. */
function isKept(trace: Trace, flow: Flow): boolean {
  const names = trace.steps
    .filter(({ kind }) => kind === "alias" || kind === "argument")
    .map(({ node }) => flow.scopes.variableOf(node));
  const uses = names
    .flatMap((variable) => variable?.references ?? [])
    .filter((reference) => !reference.isWrite());
  return uses.length > 1 && uses.some(({ identifier }) => isStored(identifier, flow));
}

function isStored(identifier: Node, flow: Flow): boolean {
  for (let up = flow.tree.parentOf(identifier); up && !isFunction(up); up = flow.tree.parentOf(up)) {
    if (
      up.type === "CallExpression" &&
      /\.(?:create|save|insert|insertOne|update|upsert|set|add|query|findOrCreate)\w*\(/.test(
        source(up.callee, flow) + "(",
      )
    )
      return true;
  }
  return false;
}

function source(node: Node, flow: Flow): string {
  return flow.module.text.slice(node.range[0], node.range[1]);
}

function drawnInRetry({ origin }: Trace, flow: Flow): boolean {
  if (origin.kind !== "named" || !RANDOM.test(origin.name ?? "")) return false;
  for (let up = flow.tree.parentOf(origin.node); up; up = flow.tree.parentOf(up)) {
    if (/^(?:While|DoWhile|For)Statement$/.test(up.type)) return true;
    if (isFunction(up)) {
      const host = flow.calls.hostOf(up);
      return host !== undefined && /retry/i.test(source(host.call.callee, flow));
    }
  }
  return false;
}
