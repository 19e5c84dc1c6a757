import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { calledName, receiverOf } from "../flow/callee.ts";
import type { Origin, Trace } from "../flow/origin.ts";
import { nameOf } from "../flow/meaning.ts";
import { bare, type Node, propertyName, rangeOf } from "../flow/tree.ts";
import { isSecret, macOf, settingOf, namesMacHelper, throughEncoders } from "./macs.ts";
import { namesSecret, namesSignature, wordsOf } from "./names.ts";
import type { Answer, SecretComparison, Step } from "./observation.ts";
import type { Observer } from "./observer.ts";
import { repairComparison } from "./repairs/comparison.ts";
import { isReceived, type Source, sourceOf } from "./sources.ts";
import { isTestFile } from "./files.ts";
import { hintsComparison, hintsSecret, runsInBrowser } from "./hints.ts";

/** Where secret values are compared: a MAC with a header, a header with a configured token. */
export const comparisons: Observer = {
  kind: "secret-comparison",
  keywords: /hmac|createHash|[-_]hash\b|signature|secret|token|api[-_]?key|[-_]key\b|passw|authoriz|subtle/i,
  suits: ({ fileName, text }) =>
    !isTestFile(fileName) && !runsInBrowser(text) && hintsSecret(text) && hintsComparison(text),
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    for (const node of [...flow.tree.all("BinaryExpression"), ...flow.tree.all("CallExpression")]) {
      const found = comparisonAt(node, flow);
      if (found) yield found;
    }
  },
};

const known = new WeakMap<Flow, Map<Node, SecretComparison | undefined>>();

/** The comparison of secret values that a node makes: an operator's, or a call's such as `timingSafeEqual(a, b)`. */
export function comparisonAt(node: Node, flow: Flow): SecretComparison | undefined {
  const candidate = candidateAt(node, flow);
  if (!candidate) return undefined;
  let comparisons = known.get(flow);
  if (!comparisons) known.set(flow, (comparisons = new Map<Node, SecretComparison | undefined>()));
  if (!comparisons.has(node)) comparisons.set(node, judgeComparison(candidate, flow));
  return comparisons.get(node);
}

interface Candidate {
  readonly node: Node;
  readonly operator: string;
  readonly sides: readonly [Node, Node];
  /** A function compares; only a MAC is evidence enough that it matters. */
  readonly isCall: boolean;
  /** Whether the comparison leaks no timing; unknown for a helper of another file. */
  readonly constantTime: Answer;
}

function candidateAt(node: Node, flow: Flow): Candidate | undefined {
  if (node.type === "BinaryExpression") {
    const { operator, left, right } = node;
    if (!/^[!=]==?$/.test(operator)) return undefined;
    return { node, operator, sides: [left, right], isCall: false, constantTime: "no" };
  }
  const compared = node.type === "CallExpression" ? comparedBy(node, flow) : undefined;
  return compared && { node, isCall: true, ...compared };
}

/** `timingSafeEqual(a, b)`, `safeEqual(a, b)` of another file, `a.equals(b)`, `a.localeCompare(b)`, `Buffer.compare(a, b)`. */
function comparedBy(
  node: TSESTree.CallExpression,
  flow: Flow,
): Pick<Candidate, "operator" | "sides" | "constantTime"> | undefined {
  const name = calledName(node);
  const [first, second] = node.arguments;
  if (!name || !first) return undefined;
  if (name === "equals" || name === "localeCompare") {
    const receiver = receiverOf(node);
    return receiver && { operator: name, sides: [receiver.object, first], constantTime: "no" };
  }
  if (!second) return undefined;
  const callee = flow.name(node.callee);
  if (callee === "Buffer.compare") return { operator: callee, sides: [first, second], constantTime: "no" };
  if (/^(?:crypto[.:])?timingSafeEqual$/.test(callee ?? ""))
    return { operator: name, sides: [first, second], constantTime: "yes" };
  // A helper of this file is looked into where it compares.
  const named = wordsOf(name).some((word) => /^(?:equals?|compare|eq|same|matches)$/.test(word));
  return named && !flow.calls.functionNamed(node.callee)
    ? { operator: name, sides: [first, second], constantTime: "unknown" }
    : undefined;
}

interface Side {
  readonly traces: readonly Trace[];
  readonly sources: readonly Source[];
  readonly mac: Node | undefined;
}

function judgeComparison(
  { node, operator, sides, isCall, constantTime }: Candidate,
  flow: Flow,
): SecretComparison | undefined {
  if (sides.some((side) => isPlain(side) || namesKept(side))) return undefined;
  const [left, right] = sides.map((side) => lookAt(side, flow)) as [Side, Side];
  const isMac = macAgainst(left, right) || macAgainst(right, left);
  const isToken = (): boolean => tokenAgainst(left, right, flow) || tokenAgainst(right, left, flow);
  const answer = isMac ? "mac" : (!isCall || constantTime !== "no") && isToken() ? "token" : undefined;
  if (!answer) return undefined;
  const steps = [...stepsOf(left, "the MAC is computed here"), ...stepsOf(right, "the MAC is computed here")];
  return {
    kind: "secret-comparison",
    provider: undefined,
    range: rangeOf(node),
    constantTime: { answer: constantTime, range: rangeOf(node), steps },
    subject: answer,
    operator,
    repairs: constantTime === "no" ? repairComparison(node, flow) : undefined,
  };
}

/** Literals, lengths, types and the results of other tests carry no secret. */
function isPlain(side: Node): boolean {
  const node = bare(side);
  if (node.type === "Literal") return true;
  // A prefix put in front: `"sha256=" + mac`.
  if (node.type === "BinaryExpression") return node.operator !== "+";
  if (node.type === "Identifier") return node.name === "undefined";
  if (node.type === "UnaryExpression") return true;
  return (
    node.type === "MemberExpression" &&
    node.property.type === "Identifier" &&
    /^(?:length|byteLength|size|type|kind|status)$/.test(node.property.name)
  );
}

/** What was computed earlier and kept tells a change; nobody sent it. */
function namesKept(side: Node): boolean {
  const node = bare(side);
  const name =
    node.type === "Identifier" ? node.name : node.type === "MemberExpression" && propertyName(node);
  return (
    !!name &&
    wordsOf(name).some((word) => /^(?:stored|saved|existing|prev|previous|cached|last|old)$/.test(word))
  );
}

function lookAt(side: Node, flow: Flow): Side {
  const traces = flow.traces(side, throughEncoders);
  const macs = traces.flatMap((trace) => macOf(trace, flow) ?? []);
  return { traces, sources: traces.map(({ origin }) => sourceOf(origin, flow)), mac: macs[0] };
}

/** A MAC against what a caller sent. Two MACs compared leak nothing that helps: the attacker knows neither. */
function macAgainst(computed: Side, received: Side): boolean | undefined {
  if (received.mac) return undefined;
  if (computed.mac) return received.sources.some(isReceived) || undefined;
  const helper = computed.traces.some(({ origin }) => namesMacHelper(origin));
  return (
    (helper &&
      received.sources.some((source) => source.kind === "request" && namesSignature(source.field))) ||
    undefined
  );
}

/** A configured secret against what a caller sent in its place. */
function tokenAgainst(configured: Side, received: Side, flow: Flow): boolean {
  const secrets = configured.traces.map(({ origin }) => origin).filter((origin) => origin.kind !== "literal");
  if (secrets.length === 0 || !secrets.every((origin) => isSecret(origin) && !isReplaced(origin, flow)))
    return false;
  const fromEnvironment = secrets.some((origin) => origin.kind === "environment" || isConfigured(origin));
  // A component's parameters are what another component holds.
  const isComponent = /\.[jt]sx$/i.test(flow.module.fileName);
  return received.sources.some(
    (source) => !(isComponent && source.kind === "parameter") && isSentToken(source, fromEnvironment),
  );
}

const replaced = new WeakMap<Flow, ReadonlySet<string | undefined>>();

/** A member that methods write again is what was seen last, kept to notice a change: `this.token !== token`. */
function isReplaced(origin: Origin, flow: Flow): boolean {
  if (origin.kind !== "named" || origin.meaning.root.kind !== "this") return false;
  let names = replaced.get(flow);
  if (!names) replaced.set(flow, (names = new Set(membersWritten(flow))));
  return names.has(nameOf(origin.meaning)?.split(".").at(-1));
}

function membersWritten(flow: Flow): (string | undefined)[] {
  return flow.tree.all("AssignmentExpression").flatMap(({ left }) => {
    if (left.type !== "MemberExpression" || left.object.type !== "ThisExpression") return [];
    return isInConstructor(left, flow) ? [] : [propertyName(left)];
  });
}

function isInConstructor(node: Node, flow: Flow): boolean {
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up)) {
    if (up.type === "MethodDefinition") return up.kind === "constructor";
  }
  return false;
}

/** A member of an imported or global object: `config.webhookSecret`, `env.CRON_SECRET`. */
function isConfigured(origin: Origin): boolean {
  if (origin.kind === "named" && settingOf(origin) !== undefined) return true;
  if (
    origin.kind !== "named" ||
    origin.meaning.path.some((segment) => segment.kind !== "member" || !segment.name)
  )
    return false;
  const { kind } = origin.meaning.root;
  return kind === "import" || kind === "global" || kind === "this";
}

function isSentToken(source: Source, fromEnvironment: boolean): boolean {
  if (source.kind === "request") {
    if (source.part === "header") return true;
    return (
      fromEnvironment && (namesSecret(source.field) || namesSignature(source.field) || namesKey(source.field))
    );
  }
  return (
    source.kind === "parameter" &&
    fromEnvironment &&
    (namesSecret(source.name) || namesSignature(source.name))
  );
}

function namesKey(name: string | undefined): boolean {
  return name !== undefined && /key$/i.test(name);
}

function stepsOf(side: Side, note: string): Step[] {
  return side.mac ? [{ range: rangeOf(side.mac), note }] : [];
}
