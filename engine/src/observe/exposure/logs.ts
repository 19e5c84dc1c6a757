import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, propertyName, rangeOf } from "../../flow/tree.ts";
import { isTestFile } from "../files.ts";
import { hintsSecretSetting } from "../hints.ts";
import type { LogEntry } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { sourceOf } from "../sources.ts";
import { logCalls } from "./log-calls.ts";
import { secretIn } from "./secret-values.ts";

/** What is called to log, to report an error or to trace. */
const LOGS =
  /(?:console|logger|log|log4js|pino|winston|bunyan)(?:\(\))?\s{0,80}[?!]?\.\s{0,80}(?:log|info|warn|warning|error|debug|trace|verbose|fatal|silly|notice|dir|table|child|http|write)\s{0,9}\(|\b(?:debug|log(?:ger|To|Error|Info|Warn|Warning|Debug|Event|Message)?[A-Z]?\w{0,40})\(|std(?:out|err)\.write|\.(?:capture(?:Message|Exception|Event)|set(?:Extra|Context|Tag|Attribute)s?|addBreadcrumb|notify|leaveBreadcrumb|noticeError|addCustomAttributes?|recordException|addEvent|track(?:Event|Exception|Trace))\(/i;
const SECRETS =
  /secret|passw|passphrase|(?:api|private|signing|access)_?key|mnemonic|seed_?phrase|authorization|headers|(?:\be|err|error)[?!]?\.config\b/i;

/** Secrets that are written to logs, error reports and traces. */
export const logs: Observer = {
  kind: "log-entry",
  keywords: LOGS,
  suits: ({ fileName, text }) => !isTestFile(fileName) && (SECRETS.test(text) || hintsSecretSetting(text)),
  *javascript(flow) {
    for (const call of logCalls(flow)) {
      const told = new Set<string>();
      for (const leak of call.arguments.flatMap((argument) => [...leaksIn(argument, flow, 0)])) {
        if (told.has(leak.name)) continue;
        told.add(leak.name);
        yield observed(leak, call);
      }
    }
  },
};

interface Leak {
  readonly node: Node;
  readonly name: string;
  readonly carries: LogEntry["carries"];
}

function observed({ node, name, carries }: Leak, call: TSESTree.CallExpression): LogEntry {
  const range = rangeOf(node);
  const steps = [{ range: rangeOf(call), note: "it is written here" }];
  return {
    kind: "log-entry",
    provider: undefined,
    range: rangeOf(call),
    discreet: { answer: "no", range, steps },
    name,
    carries,
  };
}

const DEPTH = 8;
/** Calls whose text shows what they are given. */
const SHOWS =
  /^(?:String|JSON\.stringify|util:inspect|util:format|\w*\.toString|\w*\.concat|Object\.assign)$/;

/** The parts of what is logged that give something secret away. */
function* leaksIn(expression: Node, flow: Flow, depth: number): Generator<Leak> {
  const node = bare(expression);
  if (depth > DEPTH) return;
  const inner = (parts: readonly (Node | null | undefined)[]): Leak[] =>
    parts.flatMap((part) => (part ? [...leaksIn(part, flow, depth + 1)] : []));
  switch (node.type) {
    case "TemplateLiteral":
      return yield* inner(node.expressions);
    case "BinaryExpression":
      return node.operator === "+" ? yield* inner([node.left, node.right]) : undefined;
    case "LogicalExpression":
      return yield* inner(node.operator === "&&" ? [node.right] : [node.left, node.right]);
    case "ConditionalExpression":
      return yield* inner([node.consequent, node.alternate]);
    case "SpreadElement":
    case "AwaitExpression":
      return yield* inner([node.argument]);
    case "ArrayExpression":
      return yield* inner(node.elements);
    case "ObjectExpression":
      return yield* inner(
        node.properties.map((property) => (property.type === "Property" ? property.value : property)),
      );
    case "CallExpression":
      return yield* leaksOfCall(node, flow, inner);
    case "Identifier":
    case "MemberExpression":
      return yield* leakOf(node, flow);
    default:
      return undefined;
  }
}

function* leaksOfCall(
  node: TSESTree.CallExpression,
  flow: Flow,
  inner: (parts: readonly Node[]) => Leak[],
): Generator<Leak> {
  const receiver = receiverOf(node);
  if (receiver && /^(?:slice|substring|substr)$/.test(receiver.method)) {
    const name = isPiece(node, flow) ? undefined : secretIn(receiver.object, flow);
    if (name !== undefined) yield { node, name, carries: "secret" };
    return;
  }
  // `config.get("SECRET")` is the setting itself.
  const kept = secretIn(node, flow);
  if (kept !== undefined && flow.traces(node).every(({ origin }) => origin.node === bare(node)))
    yield { node, name: kept, carries: "secret" };
  else if (SHOWS.test(flow.name(node.callee) ?? "")) yield* inner(node.arguments);
  else if (receiver?.method === "toString" || receiver?.method === "trim") yield* inner([receiver.object]);
}

/** As many characters as people compare to tell keys apart. */
const PIECE = 8;

/** Whether a cut leaves so little of a secret that it helps nobody: `key.slice(-4)`, `key.slice(0, 7)`. */
function isPiece(call: TSESTree.CallExpression, flow: Flow): boolean {
  const [first, second] = call.arguments.map((argument) => flow.constant(argument));
  if (typeof first !== "number") return false;
  if (first < 0) return -first <= PIECE;
  if (typeof second !== "number") return false;
  return (calledName(call) === "substr" ? second : second - first) <= PIECE;
}

function* leakOf(node: TSESTree.Identifier | TSESTree.MemberExpression, flow: Flow): Generator<Leak> {
  if (node.type === "MemberExpression" && propertyName(node) === "length") return;
  const name = secretIn(node, flow);
  if (name !== undefined) yield { node, name, carries: "secret" };
  else {
    const credentials = credentialsIn(node, flow);
    if (credentials !== undefined) yield { node, name: credentials, carries: "credentials" };
  }
}

/** Headers as they came, the one that proves who calls, an error of axios with the request that failed. */
function credentialsIn(
  node: TSESTree.Identifier | TSESTree.MemberExpression,
  flow: Flow,
): string | undefined {
  for (const { origin, steps } of flow.traces(node)) {
    if (steps.some(({ kind }) => kind === "call" || kind === "property")) continue;
    const source = sourceOf(origin, flow);
    if (source.kind !== "request" || source.part !== "header") continue;
    const field = source.field?.toLowerCase();
    if (field === "authorization") return "the Authorization header";
    if (field === "headers") return "all headers of the request";
  }
  const text = node.type === "MemberExpression" ? (propertyName(node) ?? "") : "";
  return text === "config" && /^(?:e|err|error|axiosError)$/.test(rootName(node) ?? "")
    ? "the request that failed, with its headers"
    : undefined;
}

function rootName(node: Node): string | undefined {
  const object = node.type === "MemberExpression" ? bare(node.object) : node;
  return object.type === "Identifier" ? object.name : undefined;
}
