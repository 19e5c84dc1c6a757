import type { Variable } from "@typescript-eslint/scope-manager";
import { receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { callsOf, type Meaning } from "../../flow/meaning.ts";
import type { TraceOptions } from "../../flow/origin.ts";
import { bare, type FunctionNode, isFunction, isWithin, type Node, propertyName } from "../../flow/tree.ts";
import { askedWithin, providerCalls } from "../provider-calls.ts";

/** A request to a provider that failed, and the code that deals with it. */
export interface Failure {
  readonly provider: string;
  /** The call that asks the provider, or that leads to one which does. */
  readonly asked: Node;
  /** Where it is dealt with. */
  readonly handling: Node;
  /** How a search for the error is to be made, and by what its results are known. */
  readonly search: TraceOptions;
  /** The names on the way from the error, or from the provider's answer, to a value; undefined for another value. */
  wayTo(meaning: Meaning): readonly string[] | undefined;
}

/** Everything in a file that deals with a provider's refusal. */
export function failuresIn(flow: Flow): readonly Failure[] {
  return [...caught(flow), ...rejected(flow), ...calledBack(flow), ...refused(flow)];
}

type Asked = Pick<Failure, "provider" | "asked">;

/** `catch (error) { … }` after a `try` in which a provider is asked. */
function* caught(flow: Flow): Generator<Failure> {
  for (const { block, handler } of flow.tree.all("TryStatement")) {
    const asked = handler?.param && asks(block, flow);
    if (asked) yield { ...asked, handling: handler.body, ...boundBy(handler.param!, flow) };
  }
}

/** `.catch((error) => …)`, `.then(use, (error) => …)` behind a call that asks a provider. */
function* rejected(flow: Flow): Generator<Failure> {
  for (const call of flow.tree.all("CallExpression")) {
    const receiver = receiverOf(call);
    const at = receiver?.method === "catch" ? 0 : receiver?.method === "then" ? 1 : undefined;
    const handler = at === undefined ? undefined : call.arguments[at];
    const asked = handler && asks(receiver!.object, flow);
    if (asked) yield* handledBy(handler, asked, flow);
  }
}

/** `client.orders.create(options, (error, order) => …)`. */
function* calledBack(flow: Flow): Generator<Failure> {
  for (const { call, provider } of providerCalls(flow)) {
    const last = call.arguments.at(-1);
    const fn = last && bare(last);
    const [first] = fn && isFunction(fn) ? fn.params : [];
    if (first?.type === "Identifier" && /^_?(?:e|ex|err|error)$/i.test(first.name))
      yield* handledBy(fn!, { provider, asked: call }, flow);
  }
}

function* handledBy(handler: Node, asked: Asked, flow: Flow): Generator<Failure> {
  const fn = functionAt(handler, flow);
  if (!fn?.params[0]) return;
  yield { ...asked, handling: fn.body, ...boundBy(fn.params[0], flow) };
}

function functionAt(node: Node, flow: Flow): FunctionNode | undefined {
  const value = bare(node);
  return isFunction(value) ? value : flow.calls.functionNamed(value);
}

/** The error as a `catch` or a callback binds it, whole or taken apart. */
function boundBy(pattern: Node, flow: Flow): Pick<Failure, "search" | "wayTo"> {
  const bound = new Map<Variable, readonly string[]>();
  for (const node of flow.tree.all("Identifier")) {
    const variable = isWithin(node, pattern) ? flow.scopes.variableOf(node) : undefined;
    const write = variable && flow.scopes.writesOf(variable).find(({ target }) => target === node);
    if (write)
      bound.set(
        variable!,
        write.path.map((name) => name ?? "*"),
      );
  }
  const variableOf = (node: Node) => (node.type === "Identifier" ? flow.scopes.variableOf(node) : undefined);
  return {
    search: {
      stop: (node) => {
        const variable = variableOf(node);
        return variable !== undefined && bound.has(variable);
      },
    },
    wayTo({ root, path }) {
      if (root.kind === "parameter")
        return root.function.params[root.index] === pattern ? namesOn(path) : undefined;
      const before = root.kind === "variable" ? bound.get(root.variable) : undefined;
      return before && [...before, ...namesOn(path)];
    },
  };
}

function namesOn(path: Meaning["path"]): readonly string[] {
  return path.reduce<readonly string[]>(
    (names, segment) =>
      segment.kind === "member"
        ? [...names, segment.name ?? "*"]
        : [...names.slice(0, -1), `${names.at(-1) ?? ""}()`],
    [],
  );
}

/** What a refusal by HTTP is told by: `!response.ok`, `response.status >= 400`, `response.status !== 200`. */
function isRefusal(test: Node): boolean {
  const node = bare(test);
  if (node.type === "UnaryExpression" && node.operator === "!") {
    const member = bare(node.argument);
    return member.type === "MemberExpression" && propertyName(member) === "ok";
  }
  if (node.type === "LogicalExpression") return isRefusal(node.left) || isRefusal(node.right);
  if (node.type !== "BinaryExpression") return false;
  const member = bare(node.left);
  const name = member.type === "MemberExpression" ? propertyName(member) : undefined;
  return /^status(?:Code)?$/.test(name ?? "") && /^(?:>=?|!==?)$/.test(node.operator);
}

/** `if (!response.ok) { … }`, where the response is a provider's. */
function* refused(flow: Flow): Generator<Failure> {
  for (const { test, consequent } of flow.tree.all("IfStatement")) {
    if (!isRefusal(test)) continue;
    const fn = flow.tree.functionOf(test);
    const before = providerCalls(flow).filter(
      ({ call, by }) => by === "http" && call.range[1] <= test.range[0] && flow.tree.functionOf(call) === fn,
    );
    // The test itself says which answer it looks at.
    const of = before.filter(({ call }) => leadsTo(test, call, flow));
    for (const { call, provider } of of)
      yield { provider, asked: call, handling: consequent, ...answeredBy(call) };
  }
}

function answeredBy(call: Node): Pick<Failure, "search" | "wayTo"> {
  return {
    search: {},
    wayTo({ path }) {
      const at = path.findIndex((segment) => segment.kind === "call" && segment.node === call);
      return at < 0 ? undefined : namesOn(path.slice(at + 1));
    },
  };
}

/** Whether something that a test looks at is what a call answered. */
function leadsTo(test: Node, call: Node, flow: Flow): boolean {
  return flow.tree
    .all("MemberExpression")
    .filter((node) => isWithin(node, test))
    .some((node) => callsOf(flow.resolve(node)).some((each) => each === call));
}

/** The first call within a node that asks a provider and whose failure comes out of it. */
function asks(node: Node, flow: Flow): Asked | undefined {
  const found = askedWithin(node, flow, (inner, outer, home) => !isCaughtBetween(inner, outer, home));
  return found && { provider: found.provider, asked: found.call };
}

/** Whether a failure inside of a node is caught before it comes out, and its words are not thrown on. */
function isCaughtBetween(inner: Node, outer: Node, flow: Flow): boolean {
  for (
    let node = inner, up = flow.tree.parentOf(inner);
    up && node !== outer;
    node = up, up = flow.tree.parentOf(up)
  ) {
    const handler = handlerAround(node, up, flow);
    if (handler && !isThrownOn(handler, flow)) return true;
  }
  return false;
}

interface Handler {
  readonly body: Node;
  readonly parameter: Node | undefined;
}

/** What deals with a failure of a node: the `catch` behind its block, `.catch(…)` behind its promise. */
function handlerAround(node: Node, up: Node, flow: Flow): Handler | undefined {
  if (up.type === "TryStatement" && up.block === node && up.handler)
    return { body: up.handler.body, parameter: up.handler.param ?? undefined };
  const given =
    up.type === "CallExpression" && receiverOf(up)?.method === "catch" ? up.arguments[0] : undefined;
  const fn = given && given !== node ? functionAt(given, flow) : undefined;
  return fn && { body: fn.body, parameter: fn.params[0] };
}

/** Whether a handler throws something that is made of what it caught; words of its own say nothing. */
function isThrownOn({ body, parameter }: Handler, flow: Flow): boolean {
  if (!parameter) return false;
  const { search, wayTo } = boundBy(parameter, flow);
  const isOfError = (value: Node): boolean =>
    flow
      .traces(value, search)
      .some(
        ({ origin, steps }) =>
          origin.kind === "named" &&
          wayTo(origin.meaning) !== undefined &&
          !steps.some(({ kind, name }) => kind === "property" && name === "cause"),
      );
  return flow.tree
    .all("ThrowStatement")
    .filter((statement) => isWithin(statement, body))
    .some(({ argument }) => {
      const thrown = bare(argument);
      const isMade = thrown.type === "NewExpression" || thrown.type === "CallExpression";
      return (isMade ? thrown.arguments : [thrown]).some(isOfError);
    });
}
