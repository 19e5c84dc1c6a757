import type { Flow } from "../../../flow/flow.ts";
import type { Write } from "../../../flow/scopes.ts";
import { bare, type Node, propertyName } from "../../../flow/tree.ts";
import { checkAt } from "../checks.ts";
import { type Outcome, outcome, type State } from "./states.ts";

/** Names and operators between a test and the check that it asks for. */
const DEPTH = 12;

/** How an expression comes out on a path, as far as the checks on it tell. */
export function truthOf(expression: Node, state: State, flow: Flow, depth = 0): boolean | undefined {
  const verdict = state.verdicts.get(expression);
  if (verdict) return verdict.truth;
  if (depth > DEPTH) return undefined;
  const inner = (node: Node): boolean | undefined => truthOf(node, state, flow, depth + 1);
  const node = bare(expression);
  if (node !== expression) return inner(node);
  switch (node.type) {
    case "Literal":
      return Boolean(node.value) || node.value instanceof RegExp;
    case "ObjectExpression":
    case "ArrayExpression":
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "NewExpression":
      return true;
    case "UnaryExpression":
      if (node.operator === "void") return false;
      return node.operator === "!" ? negated(inner(node.argument)) : undefined;
    case "LogicalExpression": {
      const left = inner(node.left);
      if (node.operator === "??") return left === true ? true : undefined;
      const decides = node.operator === "||";
      if (left === decides) return decides;
      const right = inner(node.right);
      if (left === !decides) return right;
      return right === decides ? decides : undefined;
    }
    case "ConditionalExpression": {
      const test = inner(node.test);
      if (test !== undefined) return inner(test ? node.consequent : node.alternate);
      const [a, b] = [inner(node.consequent), inner(node.alternate)];
      return a === b ? a : undefined;
    }
    case "BinaryExpression":
      return ofComparison(node.operator, node.left, node.right, inner);
    case "AssignmentExpression":
      return node.operator === "=" ? inner(node.right) : undefined;
    case "AwaitExpression":
      return isPromise(node.argument, flow) ? undefined : inner(node.argument);
    case "SequenceExpression":
      return inner(node.expressions.at(-1)!);
    case "CallExpression": {
      const [first] = node.arguments;
      if (isPromise(node, flow)) return true;
      return first && flow.name(node.callee) === "Boolean" ? inner(first) : undefined;
    }
    case "MemberExpression":
      return memberTruth(node.object, propertyName(node), state, flow, depth);
    case "Identifier":
      return ofVariable(node, state, flow, depth);
    default:
      return undefined;
  }
}

/** How an expression comes out as a whole, and by its members where it is an object. */
export function outcomeOf(expression: Node, state: State, flow: Flow): Outcome {
  const object = objectBehind(expression, flow);
  const verdict = state.verdicts.get(object) ?? state.verdicts.get(expression);
  if (verdict) return verdict;
  const truth = truthOf(expression, state, flow);
  if (object.type !== "ObjectExpression") return outcome(truth);
  const fields = new Map<string, boolean | undefined>();
  for (const property of object.properties) {
    const name = property.type === "Property" ? propertyName(property) : undefined;
    if (property.type !== "Property" || name === undefined) return outcome(true);
    fields.set(name, truthOf(property.value, state, flow));
  }
  return outcome(true, fields);
}

/** Whether a call surely answers a promise, which is truthy whatever comes of it. */
function isPromise(node: Node, flow: Flow): boolean {
  const call = bare(node);
  if (call.type !== "CallExpression") return false;
  return checkAt(call, flow)?.promise === true || flow.calls.functionNamed(call.callee)?.async === true;
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

/** `ok === true`, `ok !== false`, `error != null`: the truth of what is compared with a literal. */
function ofComparison(
  operator: string,
  left: Node,
  right: Node,
  inner: (node: Node) => boolean | undefined,
): boolean | undefined {
  if (!/^[!=]==?$/.test(operator)) return undefined;
  for (const [value, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const literal = literalTruth(other);
    const truth = literal === undefined ? undefined : inner(value);
    if (truth === undefined) continue;
    const isBoolean =
      bare(other).type === "Literal" && typeof (bare(other) as { value?: unknown }).value === "boolean";
    // A truthy value is not null; a falsy one may be something else than what it is compared with.
    if (!isBoolean && (literal || !truth)) continue;
    return operator.startsWith("!") ? truth !== literal : truth === literal;
  }
  return undefined;
}

function literalTruth(node: Node): boolean | undefined {
  const value = bare(node);
  if (value.type === "Literal") return Boolean(value.value);
  return value.type === "Identifier" && value.name === "undefined" ? false : undefined;
}

function ofVariable(node: Node, state: State, flow: Flow, depth: number): boolean | undefined {
  const variable = flow.scopes.variableOf(node);
  if (!variable) return node.type === "Identifier" && node.name === "undefined" ? false : undefined;
  const flag = state.flags.get(variable);
  if (flag !== undefined) return flag;
  const write = onlyWrite(flow.scopes.writesOf(variable));
  if (!write?.value || write.defaults.length > 0) return undefined;
  if (write.path.length === 0) return truthOf(write.value, state, flow, depth + 1);
  return write.path.length === 1 ? memberTruth(write.value, write.path[0], state, flow, depth) : undefined;
}

function onlyWrite(writes: readonly Write[]): Write | undefined {
  const [write, ...others] = writes;
  return write && others.length === 0 && (write.how === "declared" || write.how === "assigned")
    ? write
    : undefined;
}

function memberTruth(
  object: Node,
  name: string | undefined,
  state: State,
  flow: Flow,
  depth: number,
): boolean | undefined {
  if (name === undefined) return undefined;
  const value = objectBehind(object, flow);
  const verdict = state.verdicts.get(value) ?? state.verdicts.get(bare(object));
  if (verdict) return verdict.fields?.get(name);
  if (value.type !== "ObjectExpression") return undefined;
  const property = value.properties.find((each) => each.type === "Property" && propertyName(each) === name);
  return property?.type === "Property" ? truthOf(property.value, state, flow, depth + 1) : undefined;
}

/** The call or object that a name written once stands for; an awaited one is the `await`. */
function objectBehind(expression: Node, flow: Flow): Node {
  let node = bare(expression);
  for (let hops = 0; hops < DEPTH && node.type === "Identifier"; hops++) {
    const variable = flow.scopes.variableOf(node);
    const write = variable && onlyWrite(flow.scopes.writesOf(variable));
    if (!write?.value || write.path.length > 0) break;
    node = bare(write.value);
  }
  return node;
}
