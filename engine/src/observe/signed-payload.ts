import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../flow/callee.ts";
import type { Flow } from "../flow/flow.ts";
import type { Origin, Trace } from "../flow/origin.ts";
import { type Node, rangeOf } from "../flow/tree.ts";
import { isTestFile } from "./files.ts";
import { hintsSignature, runsInBrowser } from "./hints.ts";
import { digestOf, macInputs, macOf, throughEncoders } from "./macs.ts";
import { wordsOf } from "./names.ts";
import type { Answer, Repair, SignedPayload, Step } from "./observation.ts";
import type { Observer } from "./observer.ts";
import { observeParserOrder } from "./parser-order.ts";
import { repairParsedFirst } from "./repairs/parsed-first.ts";
import { repairPayload } from "./repairs/payload.ts";
import { isReceived, type Source, sourceOf } from "./sources.ts";
import { schemeOfHeader, verifierCalls } from "./verifiers.ts";
import { isGivenParsed } from "./webhooks/body.ts";
import { actedOnBefore } from "./webhooks/parsed-first.ts";

/** Whether the bytes a signature is checked over are the bytes that were received. */
export const signedPayloads: Observer = {
  kind: "signed-payload",
  keywords: /hmac|subtle|signature|webhook|constructEvent|bodyParser|express\.json/i,
  suits: ({ fileName, text }) => !isTestFile(fileName) && !runsInBrowser(text) && hintsSignature(text),
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    const seen = new Set<Node>();
    for (const found of [...macPayloads(flow), ...verifierPayloads(flow), ...observeParserOrder(flow)]) {
      if (!seen.has(found.node)) yield found.observation;
      seen.add(found.node);
      const first = found.observation.raw.answer === "yes" ? actedOnFirst(found.node, flow) : undefined;
      if (first && !seen.has(first.node)) yield first.observation;
      if (first) seen.add(first.node);
    }
  },
};

export interface Found {
  readonly node: Node;
  readonly observation: SignedPayload;
}

/** What a MAC is computed over, where it is then held against something received. */
function* macPayloads(flow: Flow): Generator<Found> {
  for (const { input, call } of macInputs(flow)) {
    const against = comparedWith(digestOf(call, flow), flow);
    if (!against) continue;
    const { provider, signature } = schemeOfHeader(against.kind === "request" ? against.field : undefined);
    if (signature?.covers === "sorted-json" || signature?.covers === "fields") continue;
    const steps: Step[] = [{ range: rangeOf(call), note: "the MAC is computed over it here" }];
    if (flow.traces(input).every((trace) => isParsedBody(trace, flow)))
      yield wrong(input, "parsed-to-verifier", steps, provider, repairPayload(input, flow));
    else yield judgePayload(input, steps, provider, flow);
  }
}

/** What a verifier is given to check. */
function* verifierPayloads(flow: Flow): Generator<Found> {
  for (const { call, payload, provider, wantsBytes } of verifierCalls(flow)) {
    const steps: Step[] = [{ range: rangeOf(call), note: "it is verified here" }];
    if (wantsBytes && isParsed(payload, flow))
      yield wrong(payload, "parsed-to-verifier", steps, provider, repairPayload(payload, flow));
    else yield judgePayload(payload, steps, provider, flow);
  }
}

function judgePayload(
  payload: Node,
  steps: readonly Step[],
  provider: string | undefined,
  flow: Flow,
): Found {
  const text = reserialisedIn(payload, flow);
  if (text) return wrong(text, "reserialised", steps, provider, repairPayload(text, flow));
  const sources = flow.traces(payload, throughEncoders).map(({ origin }) => sourceOf(origin, flow));
  const raw = sources.some((source) => source.kind === "request" && source.part === "raw-body");
  const parsed = sources.some((source) => source.kind === "request" && source.part === "body");
  return found(payload, "received", raw && !parsed ? "yes" : "unknown", steps, provider);
}

/** The bytes are checked, after what they say was acted on. */
function actedOnFirst(payload: Node, flow: Flow): Found | undefined {
  const act = actedOnBefore(payload, flow);
  const steps: Step[] = [{ range: rangeOf(payload), note: "the signature is checked only here" }];
  return act && wrong(act, "parsed-first", steps, undefined, repairParsedFirst(act, flow));
}

/** Something else than the bytes is checked. */
function wrong(
  node: Node,
  shape: SignedPayload["shape"],
  steps: readonly Step[],
  provider: string | undefined,
  repairs: readonly Repair[],
): Found {
  const { observation } = found(node, shape, "no", steps, provider);
  return { node, observation: { ...observation, repairs } };
}

function found(
  node: Node,
  shape: SignedPayload["shape"],
  answer: Answer,
  steps: readonly Step[],
  provider: string | undefined,
): Found {
  const range = rangeOf(node);
  const raw = { answer, range, steps };
  return { node, observation: { kind: "signed-payload", provider, range, raw, shape } };
}

/** The `JSON.stringify(body)` that a value surely comes from, body being a request's or a helper's parameter. */
function reserialisedIn(input: Node, flow: Flow): TSESTree.CallExpression | undefined {
  const traces = flow.traces(input, throughEncoders).filter(({ origin }) => origin.kind !== "literal");
  const bodies = traces.filter((trace) => isBody(trace, flow));
  const [text] = bodies.flatMap((trace) => stringifyOf(trace, flow) ?? []);
  // Some other origin, such as raw bytes taken first where they exist, makes it undecided.
  const others = traces.filter((trace) => !stringifyOf(trace, flow) && isPayload(trace, flow));
  return others.length === 0 ? text : undefined;
}

function isBody(trace: Trace, flow: Flow): boolean {
  const source = sourceOf(trace.origin, flow);
  // Text made into JSON once more, such as a Lambda's body, is not the text that came.
  if (source.kind === "request") return source.part === "body" || source.part === "raw-body";
  return source.kind === "parameter" && !isFieldOf(trace);
}

/** Headers, identifiers and timestamps are signed along with the body; they are not the body. */
function isPayload(trace: Trace, flow: Flow): boolean {
  const source = sourceOf(trace.origin, flow);
  return source.kind === "request"
    ? source.part === "raw-body"
    : source.kind === "parameter" && /body|payload|raw/i.test(source.name ?? "");
}

/** A scheme that signs chosen or sorted fields is given them one by one, or through a function that sorts. */
function isFieldOf(trace: Trace): boolean {
  return trace.steps.some(
    ({ kind, name }) =>
      (kind === "property" && name !== "...") ||
      (kind !== "member" &&
        wordsOf(name ?? "").some((word) =>
          /^(?:sort|sorted|canonical\w*|stable|order|reduce|entries)$/.test(word),
        )),
  );
}

function stringifyOf(trace: Trace, flow: Flow): TSESTree.CallExpression | undefined {
  if (isFieldOf(trace)) return undefined;
  for (const { kind, node } of trace.steps) {
    if (kind !== "call" || node.type !== "CallExpression" || flow.name(node.callee) !== "JSON.stringify")
      continue;
    // A list of keys as second argument sorts and picks: the sender signed that form.
    const [, replacer] = node.arguments;
    const plain = !replacer || (replacer.type === "Literal" && replacer.value === null);
    return plain ? node : undefined;
  }
  return undefined;
}

const compared = new WeakMap<Flow, ReadonlyMap<Node, Source>>();

/** What a MAC is held against; undefined for one that is only returned or sent, which signs our own message. */
function comparedWith(mac: Node, flow: Flow): Source | undefined {
  let index = compared.get(flow);
  if (!index) compared.set(flow, (index = indexCompared(flow)));
  return index.get(mac);
}

function indexCompared(flow: Flow): ReadonlyMap<Node, Source> {
  const index = new Map<Node, Source>();
  for (const nodes of pairsIn(flow)) {
    const macs = nodes.map((node) =>
      flow.traces(node, throughEncoders).flatMap((trace) => macOf(trace, flow) ?? []),
    );
    for (const [at, found] of macs.entries()) {
      const others = nodes.filter((_, other) => other !== at && macs[other]!.length === 0);
      const received = found.length > 0 ? others.flatMap((node) => receivedIn(node, flow)).at(0) : undefined;
      if (received) for (const mac of found) index.set(mac, received);
    }
  }
  return index;
}

function receivedIn(node: Node, flow: Flow): readonly Source[] {
  return flow
    .traces(node)
    .map(({ origin }) => sourceOf(origin, flow))
    .filter(isReceived);
}

/** Values that meet: the sides of a comparison, the arguments of a call whose name says that it compares. */
function pairsIn(flow: Flow): Node[][] {
  const comparisons = flow.tree.all("BinaryExpression").filter(({ operator }) => /^[!=]==?$/.test(operator));
  const calls = flow.tree
    .all("CallExpression")
    .filter(
      (call) =>
        call.arguments.length >= 2 &&
        /equal|eq$|cmp|compar|same|match|verif|valid|check|safe/i.test(calledName(call) ?? ""),
    );
  return [
    ...comparisons.map(({ left, right }): Node[] => [left, right]),
    ...calls.map((call): Node[] => call.arguments),
  ];
}

/** Whether a value is surely an object made from the body: `await request.json()`, `JSON.parse(await request.text())`. */
function isParsed(payload: Node, flow: Flow): boolean {
  const traces = flow.traces(payload);
  return traces.every((trace) => {
    const parsedHere = trace.steps.some(
      ({ kind, node }) =>
        kind === "call" && node.type === "CallExpression" && flow.name(node.callee) === "JSON.parse",
    );
    return (parsedHere && trace.origin.kind === "named") || isParsedBody(trace, flow);
  });
}

/** The whole body as an object, of which nothing else was made. */
function isParsedBody({ origin, steps }: Trace, flow: Flow): boolean {
  if (origin.kind !== "named" || !steps.every(({ kind }) => /^(?:alias|member|branch)$/.test(kind)))
    return false;
  return /^#\d+(?:\.req|\.request)?\.json\(\)$/.test(origin.name ?? "") || isFrameworkBody(origin, flow);
}

/** What a file would do that gets at the bytes in spite of its framework. */
const OWN_PARSER = /bodyParser|express|micro\b|\braw|\.request\.body\s*=[^=]/i;

/** Bodies that a handler is given parsed; nothing but a parser sets Koa's and Strapi's `ctx.request.body`. */
function isFrameworkBody(origin: Origin & { kind: "named" }, flow: Flow): boolean {
  const { name, meaning } = origin;
  const source = sourceOf(origin, flow);
  if (meaning.root.kind !== "parameter" || source.kind !== "request" || source.part !== "body") return false;
  const { function: fn, index } = meaning.root;
  // A decorated parameter is the body by itself.
  if (/^#\d+(?:\.body)?$/.test(name ?? "")) return isGivenParsed(fn, flow);
  const parameter = fn.params[index];
  const isContext = parameter?.type === "Identifier" && /^(?:ctx|context)$/.test(parameter.name);
  return isContext && /^#\d+\.request\.body$/.test(name ?? "") && !OWN_PARSER.test(flow.module.text);
}
