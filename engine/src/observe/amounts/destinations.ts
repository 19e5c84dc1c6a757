import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { receiverOf } from "../../flow/callee.ts";
import { bare, type FunctionNode, isFunction, type Node, propertyName } from "../../flow/tree.ts";
import { type MoneyRequest, moneyRequests } from "../money-requests.ts";
import { requestsOf } from "../requests.ts";
import { namesPayment, useOf } from "./callees.ts";
import { nameAt } from "./numbers.ts";
import { readsAfter } from "./reads.ts";

/** A place where an amount takes effect. */
export interface Destination {
  /**
   * `provider`: a field of a money request; `request`: one of another HTTP request; `payment`: an argument of a call
   * that moves money by its name; `write`: a record; `member`: a property that is assigned; `returned`: the result of
   * a function that others call.
   */
  readonly kind: "provider" | "request" | "payment" | "write" | "member" | "returned";
  readonly node: Node;
  /** The field, property or function that it goes by. */
  readonly name: string | undefined;
  readonly request: MoneyRequest | undefined;
  /** Where its fraction was cut off on the way: Math.floor and the like. */
  readonly cut: Node | undefined;
  /** Where it was made a string with decimals on the way. */
  readonly fixed: Node | undefined;
  /** Whether it was made an exact number on the way: a bigint, a decimal. */
  readonly exact: boolean;
  /** Whether it was divided on the way. */
  readonly divided: boolean;
  /** The property that the object with that field was put under last: `stats` of `{ stats: { total } }`. */
  readonly under: string | undefined;
}

interface Way {
  readonly under?: string | undefined;
  readonly name: string | undefined;
  readonly cut: Node | undefined;
  readonly fixed: Node | undefined;
  readonly exact: boolean;
  readonly divided: boolean;
}

/** So many places are looked at; past them a value has gone too far to say anything. */
const BUDGET = 400;
/** Functions that hand on what their callback returns. */
const HANDS_ON =
  /^(?:map|flatMap|reduce|then|useMemo|useCallback|transaction|\$transaction|withTransaction|all)$/;

/** Where the value of an expression takes effect, as far as one file shows it; rounding ends the way. */
export function destinationsOf(expression: Node, flow: Flow): readonly Destination[] {
  const search = new Forward(flow);
  search.start(expression, {
    name: undefined,
    cut: undefined,
    fixed: undefined,
    exact: false,
    divided: false,
  });
  return search.found;
}

const byCall = new WeakMap<Flow, ReadonlyMap<Node, MoneyRequest>>();

function requestAt(call: Node, flow: Flow): MoneyRequest | undefined {
  let requests = byCall.get(flow);
  if (!requests)
    byCall.set(flow, (requests = new Map(moneyRequests(flow).map((request) => [request.call, request]))));
  return requests.get(call);
}

const httpCalls = new WeakMap<Flow, ReadonlySet<Node>>();

function isHttp(call: Node, flow: Flow): boolean {
  let calls = httpCalls.get(flow);
  if (!calls) {
    calls = new Set(requestsOf(flow).flatMap(({ call, method }) => (method === "GET" ? [] : [call])));
    httpCalls.set(flow, calls);
  }
  return calls.has(call);
}

class Forward {
  readonly #flow: Flow;
  /** The names under which each place was come by. */
  readonly #seen = new Map<Node, Set<string | undefined>>();
  #steps = 0;
  readonly found: Destination[] = [];

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  #reach(kind: Destination["kind"], node: Node, way: Way, request?: MoneyRequest): void {
    this.found.push({ kind, node, ...way, under: way.under, request });
  }

  start(expression: Node, way: Way): void {
    if (expression.type === "AssignmentExpression") this.#assigned(expression, way);
    this.from(expression, way);
  }

  /** Goes on from an expression to whatever takes its value. */
  from(node: Node, way: Way): void {
    const names = this.#seen.get(node) ?? new Set();
    if (names.has(way.name) || ++this.#steps > BUDGET) return;
    this.#seen.set(node, names.add(way.name));
    const up = this.#flow.tree.parentOf(node);
    if (up) this.#into(up, node, way);
  }

  #into(up: Node, node: Node, way: Way): void {
    switch (up.type) {
      case "UnaryExpression":
        if (up.operator === "~") return this.from(up, { ...way, cut: way.cut ?? up });
        return /^[-+]$/.test(up.operator) ? this.from(up, way) : undefined;
      case "BinaryExpression":
        return this.#operand(up, node, way);
      case "ConditionalExpression":
        return up.test === node ? undefined : this.from(up, way);
      case "TemplateLiteral":
        return up.expressions.length === 1 && up.quasis.every((quasi) => quasi.value.raw === "")
          ? this.from(up, way)
          : undefined;
      case "Property":
        return up.value === node && this.#flow.tree.parentOf(up)?.type === "ObjectExpression"
          ? this.from(this.#flow.tree.parentOf(up)!, {
              ...way,
              name: way.name ?? propertyName(up) ?? nameAt(up.key),
              under: way.name === undefined ? undefined : propertyName(up),
            })
          : undefined;
      case "VariableDeclarator":
        return up.init === node ? this.#declared(up.id, way) : undefined;
      case "AssignmentExpression":
        return up.right === node ? this.#assigned(up, way) : undefined;
      case "ReturnStatement":
        return this.#returned(this.#flow.tree.functionOf(up), way);
      case "ArrowFunctionExpression":
        return up.body === node ? this.#returned(up, way) : undefined;
      case "CallExpression":
      case "NewExpression":
        return this.#argument(up, node, way);
      case "MemberExpression":
        return up.object === node ? this.#member(up, way) : undefined;
      case "JSXExpressionContainer":
        return this.#attribute(up, way);
      default:
        return PASSING.has(up.type) ? this.from(up, way) : undefined;
    }
  }

  #operand(up: TSESTree.BinaryExpression, node: Node, way: Way): void {
    const other = bare(up.left === node ? up.right : up.left);
    if (
      up.operator === "+" &&
      (typeof this.#flow.constant(other) === "string" || other.type === "TemplateLiteral")
    )
      return;
    if (/^(?:\||>>|>>>)$/.test(up.operator)) return this.from(up, { ...way, cut: way.cut ?? up });
    if (/^[-+*]$/.test(up.operator)) this.from(up, way);
    else if (up.operator === "/" && up.left === node) this.from(up, { ...way, divided: true });
  }

  /** `const cents = x`, `const { amount } = { amount: x }` */
  #declared(target: Node, way: Way): void {
    if (target.type === "Identifier") this.#reads(target, way);
    else if (target.type === "ObjectPattern" && way.name !== undefined) this.#members(target, way);
  }

  /** `wallet.balance = x`; a variable's new value goes wherever it is read afterwards. */
  #assigned(up: TSESTree.AssignmentExpression, way: Way): void {
    const target = bare(up.left);
    if (target.type === "Identifier") return this.#reads(target, way);
    if (target.type !== "MemberExpression") return;
    const object = bare(target.object);
    // A component's own state is for showing it.
    if (object.type === "ThisExpression" && this.#flow.resolve(object).root.kind === "this") return;
    const name = way.name ?? nameAt(target);
    this.#reach("member", target, { ...way, name });
    if (object.type === "Identifier") this.#reads(object, { ...way, name });
  }

  /** `<PaystackButton amount={total * 100} />` */
  #attribute(container: Node, way: Way): void {
    const attribute = this.#flow.tree.parentOf(container);
    if (attribute?.type !== "JSXAttribute" || attribute.name.type !== "JSXIdentifier") return;
    const element = this.#flow.tree.parentOf(attribute);
    if (element?.type !== "JSXOpeningElement" || element.name.type !== "JSXIdentifier") return;
    const name = way.name ?? attribute.name.name;
    if (/Button|Checkout|Provider/.test(element.name.name) && namesPayment(element.name.name))
      this.#reach("payment", attribute, { ...way, name });
  }

  #reads(written: Node, way: Way): void {
    for (const read of readsAfter(written, this.#flow)) this.from(read, way);
  }

  #returned(fn: FunctionNode | undefined, way: Way): void {
    if (!fn) return;
    const host = this.#flow.calls.hostOf(fn);
    if (host) {
      const method = receiverOf(host.call)?.method ?? nameAt(host.call);
      return HANDS_ON.test(method ?? "") ? this.from(host.call, way) : undefined;
    }
    const { calls, escapes } = this.#flow.calls.sitesOf(fn);
    const name = functionName(fn, this.#flow);
    for (const call of calls) this.from(call, { ...way, name: way.name });
    if (escapes) this.#reach("returned", fn, { ...way, name: way.name ?? name });
  }

  #member(up: TSESTree.MemberExpression, way: Way): void {
    const call = this.#flow.tree.parentOf(up);
    if (call?.type !== "CallExpression" || call.callee !== up) {
      // `totals.fee` of an object made with that field.
      if (way.name !== undefined && propertyName(up) === way.name && !isTarget(up, this.#flow))
        this.from(up, { ...way, name: undefined });
      return;
    }
    const method = propertyName(up);
    if (method === "toFixed") {
      const [digits] = call.arguments;
      // Without decimals it rounds.
      if (!digits || this.#flow.constant(digits) === 0) return;
      this.from(call, { ...way, fixed: way.fixed ?? call });
    } else if (/^(?:toString|valueOf|trim)$/.test(method ?? "")) this.from(call, way);
    else if (method === "save" && way.name !== undefined) this.#reach("write", call, way);
  }

  #argument(call: TSESTree.CallExpression | TSESTree.NewExpression, node: Node, way: Way): void {
    const index = call.arguments.indexOf(node as TSESTree.CallExpressionArgument);
    if (index < 0) return;
    const request = requestAt(call, this.#flow);
    if (request) return this.#reach("provider", call, way, request);
    if (isHttp(call, this.#flow)) return this.#reach("request", call, way);
    const fn = call.type === "CallExpression" ? this.#flow.calls.functionNamed(call.callee) : undefined;
    if (fn) return this.#parameter(fn, index, way);
    const receiver = receiverOf(call);
    if (receiver && /^(?:append|set|push|unshift)$/.test(receiver.method))
      return this.#collected(call, receiver, way);
    switch (useOf(call, this.#flow)) {
      case "same":
        return this.from(call, way);
      case "cut":
        return this.from(call, { ...way, cut: way.cut ?? call });
      case "exact":
        return this.from(call, { ...way, exact: true });
      case "write":
        return this.#reach("write", call, way);
      case "payment":
        return this.#reach("payment", call, way);
    }
  }

  /** `form.append("amount", x)`, `transfers.push({ amount: x })`: it goes where the collection goes. */
  #collected(
    call: TSESTree.CallExpression | TSESTree.NewExpression,
    receiver: { object: Node; method: string },
    way: Way,
  ): void {
    const [first] = call.arguments;
    const key = first && call.arguments.length === 2 ? this.#flow.constant(first) : undefined;
    const object = bare(receiver.object);
    const named = { ...way, name: way.name ?? (typeof key === "string" ? key : undefined) };
    if (object.type === "Identifier" && this.#flow.scopes.variableOf(object)) this.#reads(object, named);
    const isOwn = /^(?:Map|WeakMap|URLSearchParams|FormData|Headers)\.new\(\)$/;
    if (receiver.method === "set" && way.name !== undefined && !isOwn.test(this.#flow.name(object) ?? ""))
      this.#reach("write", call, way);
  }

  #parameter(fn: FunctionNode, index: number, way: Way): void {
    const parameter = fn.params[index];
    const target = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
    if (target?.type === "Identifier") this.#reads(target, way);
    else if (target?.type === "ObjectPattern") this.#members(target, way);
  }

  /** The names that a pattern gives to the member of that name. */
  #members(pattern: TSESTree.ObjectPattern, way: Way): void {
    for (const property of pattern.properties) {
      if (property.type !== "Property" || propertyName(property) !== way.name) continue;
      const inner = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
      if (inner.type === "Identifier") this.#reads(inner, { ...way, name: undefined });
    }
  }
}

const PASSING: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "ChainExpression",
  "ParenthesizedExpression",
  "AwaitExpression",
  "LogicalExpression",
  "SequenceExpression",
  "SpreadElement",
  "ArrayExpression",
  "ObjectExpression",
]);

function isTarget(node: Node, flow: Flow): boolean {
  const up = flow.tree.parentOf(node);
  return up?.type === "AssignmentExpression" && up.left === node;
}

/** The name that a function is called by, as far as it is written beside it. */
export function functionName(fn: FunctionNode, flow: Flow): string | undefined {
  if (fn.type !== "ArrowFunctionExpression" && fn.id) return fn.id.name;
  const up = flow.tree.parentOf(fn);
  if (up?.type === "VariableDeclarator" && up.id.type === "Identifier") return up.id.name;
  if (up?.type === "MethodDefinition" || up?.type === "Property" || up?.type === "PropertyDefinition")
    return propertyName(up);
  return up && isFunction(up) ? functionName(up, flow) : undefined;
}
