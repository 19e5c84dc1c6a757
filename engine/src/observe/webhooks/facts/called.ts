import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { sourceOf } from "../../sources.ts";
import { chainOf } from "../effects/chain.ts";
import { effectOf } from "../effects.ts";
import { madeOf } from "./event-values.ts";
import { bare, type FunctionNode, isFunction, type Node } from "../../../flow/tree.ts";

/** A function that a call runs. */
export interface Called {
  readonly flow: Flow;
  readonly fn: FunctionNode;
  /** Whether it runs whatever happens: the called function itself, or the body of a transaction. */
  readonly surely: boolean;
  /** Whether it is an argument of the call and not what is called. */
  readonly callback: boolean;
}

const known = new WeakMap<Flow, Map<Node, readonly Called[]>>();

/** The functions that a call runs as far as they can be opened: what it names, in whichever file, and its callbacks. */
export function functionsRunBy(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  flow: Flow,
): readonly Called[] {
  let calls = known.get(flow);
  if (!calls) known.set(flow, (calls = new Map<Node, readonly Called[]>()));
  let found = calls.get(call);
  if (!found) calls.set(call, (found = [...named(call, flow), ...callbacks(call, flow)]));
  return found;
}

/** Whether a call's function can be opened. */
export function isOpened(call: TSESTree.CallExpression, flow: Flow): boolean {
  return functionsRunBy(call, flow).some(({ callback }) => !callback);
}

/** What databases are asked by; whatever the event gives them, they only look it up. */
const LOOK_UPS =
  /^(?:find(?:One|ById|ByPk|Unique|First|Many|All|OneBy|By|UniqueOrThrow|FirstOrThrow)?|count|countDocuments|exists|aggregate|select|from|where|eq|collection|doc|single|maybeSingle)$/;

/**
 * Whether a call gives the event, or a part of it, to a function that cannot be opened: one of the project's, of an
 * injected service, or of a caller. What packages and the language do with it is known well enough.
 */
export function hidesEvent(call: TSESTree.CallExpression, flow: Flow): boolean {
  if (isOpened(call, flow) || LOOK_UPS.test(calledName(call) ?? "") || effectOf(call, flow)) return false;
  const { module, base, last } = chainOf(call, flow);
  // A component is text in the making, such as a mail's.
  if (/^[A-Z]/.test(last) && bare(call.callee).type === "Identifier") return false;
  if (/^(?:console|JSON|Math|Object|Array|Date|Buffer|log|logger|Sentry)$/i.test(base)) return false;
  if (module !== undefined ? isLibrary(module) : flow.resolve(call.callee).root.kind === "global")
    return false;
  if (
    /^(?:json|send|text|end|status|set|redirect|next|log|debug|info|warn|error)$/.test(calledName(call) ?? "")
  )
    return false;
  return call.arguments.some((argument) => madeOf(argument, flow).event);
}

/** Whether a call asks who sent an event, by its name or by the header that it is given: it does nothing else with it. */
export function provesSender(call: TSESTree.CallExpression, flow: Flow): boolean {
  if (
    /genuine|authentic|signature|hmac|verif\w{0,10}webhook|valid\w{0,10}webhook/i.test(calledName(call) ?? "")
  )
    return true;
  return call.arguments.some((argument) =>
    flow.traces(argument).some(({ origin }) => {
      const source = sourceOf(origin, flow);
      return source.kind === "request" && source.part === "header" && source.field !== undefined;
    }),
  );
}

/** A package that was installed; a scoped one may be the project's own. */
export function isLibrary(module: string): boolean {
  return !/^(?:[.~#]|@\/|src\/|app\/|lib\/|@[\w-]+\/)/.test(module);
}

function named(call: TSESTree.CallExpression | TSESTree.NewExpression, flow: Flow): readonly Called[] {
  if (call.type === "NewExpression") return [];
  const fn = flow.calls.functionNamed(call.callee);
  if (fn) return [{ flow, fn, surely: true, callback: false }];
  const found = flow.elsewhere(flow.resolve(call.callee));
  if (!found) return [];
  const node = bare(found.node);
  return isFunction(node) ? [{ flow: found.flow, fn: node, surely: true, callback: false }] : [];
}

const SURELY = /^(?:\$?transaction|runTransaction|withTransaction|\$transaction)$/;

function callbacks(call: TSESTree.CallExpression | TSESTree.NewExpression, flow: Flow): readonly Called[] {
  return call.arguments.flatMap((argument) => {
    const value = bare(argument);
    const fn = isFunction(value)
      ? value
      : value.type === "Identifier"
        ? flow.calls.functionNamed(value)
        : undefined;
    return fn ? [{ flow, fn, surely: SURELY.test(calledName(call) ?? ""), callback: true }] : [];
  });
}
