import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import type { Place } from "../../flow/link.ts";
import { membersOf } from "../../flow/meaning.ts";
import { bare, type FunctionNode, isFunction, isWithin, type Node } from "../../flow/tree.ts";
import { fieldsOf, valueOf, valuesAt } from "../objects.ts";
import { isOwnershipChecked } from "./checks.ts";
import { placesOf } from "./helpers.ts";
import { namesMoneyIn, namesRecipient, namesSavedRecord } from "./names.ts";
import { type RecipientCall, type RecipientSink, recipientSinks } from "./sinks.ts";
import { sentWays, waysOf } from "./ways.ts";

/** A recipient that a function of another file takes from its parameters. */
export interface LinkedSink extends RecipientSink {
  /** Whether that function may have tied the recipient to its owner. */
  readonly isTied: boolean;
  /** Whether it takes the recipient out of the whole that it is handed. */
  readonly isWhole: boolean;
}

interface Reach {
  readonly index: number;
  readonly path: readonly string[];
  readonly provider: string | undefined;
  readonly isByName: boolean;
  readonly isTied: boolean;
}

/** Functions that call functions of other files are followed so far. */
const DEPTH = 2;

/**
 * The recipients that a file's calls hand to functions of other files, in which money is sent. Only calls that are given
 * something of a request are looked into.
 */
export function* linkedSinks(flow: Flow): Generator<LinkedSink> {
  for (const call of flow.tree.all("CallExpression")) {
    if (!mayBeElsewhere(call, flow) || !speaksOfMoney(call, flow)) continue;
    if (!call.arguments.some((argument) => isAny(sentWays(argument, flow)))) continue;
    const takesIn = placesOf(call, flow).some(namesMoneyIn);
    for (const sink of sinksOf(call, flow, 0)) if (!takesIn || !sink.isByName) yield sink;
  }
}

const MONEY =
  /pay|withdraw|transfer|disburs|cash|send|wallet|remit|refund|settle|bank|crypto|coin|token|b2c|fund|claim|redeem|commission|earning|money/i;

/** Whether a call, or what it stands in, goes by a name of money; of any other call its file need not be opened. */
function speaksOfMoney(call: RecipientCall, flow: Flow): boolean {
  const { callee } = call;
  const text = flow.module.text.slice(callee.range[0], Math.min(callee.range[1], callee.range[0] + 200));
  return MONEY.test(text) || placesOf(call, flow).some((name) => MONEY.test(name));
}

/** Whether a callee may be a function of another file of the project; looking for it would open that file. */
function mayBeElsewhere(call: RecipientCall, flow: Flow): boolean {
  const { root } = flow.resolve(call.callee);
  if (root.kind === "import") return /^[.@~#/]|^(?:src|app|lib)\//.test(root.module);
  return root.kind === "this" || (root.kind === "parameter" && root.type !== undefined);
}

/** The function of another file that a call runs; undefined where none is seen. */
export function calledElsewhere(call: RecipientCall, flow: Flow): Place | undefined {
  const place = flow.elsewhere(flow.resolve(call.callee));
  return place && isFunction(bare(place.node)) ? place : undefined;
}

/**
 * Whether a function looks up what a call hands to one of its parameters, or works in a way that nothing tells: then it
 * moves money inside of the project's own ledger, or knows whose the recipient is.
 */
export function looksUp({ flow, node }: Place, index: number): boolean {
  const fn = bare(node);
  const isHanded = (argument: Node): boolean =>
    index < 0 ||
    flow.traces(argument).some(({ origin }) => {
      const root = origin.kind === "named" ? origin.meaning.root : undefined;
      return root?.kind === "parameter" && root.function === fn && root.index === index;
    });
  return flow.tree
    .all("CallExpression")
    .some(
      (call) =>
        isWithin(call, fn) &&
        /^(?:find|select|query|where|lookup)/i.test(calledName(call) ?? "") &&
        call.arguments.some(isHanded),
    );
}

function* sinksOf(call: RecipientCall, flow: Flow, depth: number): Generator<LinkedSink> {
  const place = mayBeElsewhere(call, flow) ? calledElsewhere(call, flow) : undefined;
  if (!place) return;
  for (const { index, path, provider, isByName, isTied } of reachesOf(
    bare(place.node) as FunctionNode,
    place.flow,
    depth,
  )) {
    const argument = call.arguments[index];
    if (!argument || call.arguments.slice(0, index + 1).some(({ type }) => type === "SpreadElement"))
      continue;
    const fields = path.length > 0 ? fieldsOf(argument, flow) : undefined;
    const values = fields ? valuesAt(fields, path.join("."), flow) : [argument];
    const isWhole = values.length === 0;
    if (isWhole && !fields?.open) continue;
    for (const value of isWhole ? [argument] : values) {
      yield {
        call,
        value,
        field: path.at(-1) ?? nameOfParameter(place, index) ?? calledName(call) ?? "recipient",
        provider,
        isRecipientField: true,
        isByName,
        isTied,
        isWhole: isWhole && valueOf(argument, flow).type === "ObjectExpression",
      };
    }
  }
}

function nameOfParameter({ node }: Place, index: number): string | undefined {
  const parameter = (bare(node) as FunctionNode).params[index];
  return parameter?.type === "Identifier" ? parameter.name : undefined;
}

/** By depth, since a function that is reached later is followed less far. */
const known = new WeakMap<Flow, Map<FunctionNode, (readonly Reach[])[]>>();

function reachesOf(fn: FunctionNode, flow: Flow, depth: number): readonly Reach[] {
  let functions = known.get(flow);
  if (!functions) known.set(flow, (functions = new Map<FunctionNode, (readonly Reach[])[]>()));
  let reaches = functions.get(fn);
  if (!reaches) functions.set(fn, (reaches = []));
  if (!reaches[depth]) {
    // A function that leads back to itself adds nothing.
    reaches[depth] = [];
    reaches[depth] = [...reachesIn(fn, flow, depth)];
  }
  return reaches[depth];
}

function* reachesIn(fn: FunctionNode, flow: Flow, depth: number): Generator<Reach> {
  const sinks: (RecipientSink & { readonly isTied?: boolean })[] = recipientSinks(flow).filter(({ call }) =>
    isWithin(call, fn),
  );
  if (depth < DEPTH) {
    for (const call of flow.tree.all("CallExpression"))
      if (isWithin(call, fn) && speaksOfMoney(call, flow)) sinks.push(...sinksOf(call, flow, depth + 1));
  }
  for (const sink of sinks) {
    for (const way of waysOf(sink.value, flow)) {
      const taken = way.origin.kind === "named" ? way.origin.meaning : undefined;
      if (taken?.root.kind !== "parameter" || taken.root.function !== fn) continue;
      if (taken.path.some(({ kind }) => kind !== "member")) continue;
      const path = membersOf(taken).map((name) => name ?? "*");
      const name = path.at(-1) ?? nameOfParameter({ flow, node: fn }, taken.root.index);
      if (namesSavedRecord(name) || !(sink.isRecipientField || namesRecipient(name))) continue;
      const isTied = (sink.isTied ?? false) || isOwnershipChecked(way, sink, flow);
      yield { index: taken.root.index, path, provider: sink.provider, isByName: sink.isByName, isTied };
    }
  }
}

function isAny(items: Iterable<unknown>): boolean {
  for (const _ of items) return true;
  return false;
}
