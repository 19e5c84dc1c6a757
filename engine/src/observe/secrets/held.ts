import type { Flow } from "../../flow/flow.ts";
import { calledName } from "../../flow/callee.ts";
import { passedThrough } from "../../flow/passing.ts";
import { type Node, propertyName } from "../../flow/tree.ts";
import { packageOf } from "../../providers/index.ts";

/** What a value in source text is held by. */
export interface Holding {
  /** The names it goes by, innermost first: `config = { keys: { user: … } }` gives user, keys, config; `f(…)` gives "f()". */
  readonly names: readonly string[];
  /** What the value stands in for when that is missing: the left side of `env.KEY || "…"`. */
  readonly fallbackOf: Node | undefined;
  /** The package whose function or class takes the value as an argument, at whatever depth. */
  readonly takenBy: string | undefined;
}

interface Mutable {
  names: string[];
  fallbackOf: Node | undefined;
  takenBy: string | undefined;
}

export function holdingOf(node: Node, flow: Flow): Holding {
  const holding: Mutable = { names: [], fallbackOf: undefined, takenBy: undefined };
  let child = node;
  for (let up = flow.tree.parentOf(child); up; child = up, up = flow.tree.parentOf(up)) {
    if (!climb(child, up, holding, flow)) break;
  }
  return holding;
}

/** Takes the names of one node on the way up; false where the value goes no further under a name. */
function climb(child: Node, up: Node, holding: Mutable, flow: Flow): boolean {
  const name = (text: string | undefined) => {
    if (text !== undefined) holding.names.push(text);
  };
  switch (up.type) {
    case "LogicalExpression":
      if (up.operator !== "&&" && up.right === child) holding.fallbackOf ??= up.left;
      return true;
    case "ConditionalExpression":
      if (up.test === child) return false;
      holding.fallbackOf ??= otherThanText(up.consequent === child ? up.alternate : up.consequent);
      return true;
    case "AssignmentPattern":
      if (up.right !== child) return false;
      holding.fallbackOf ??= up.left;
      namesOf(up.left).forEach(name);
      return true;
    case "Property":
      if (up.value !== child) return false;
      name(propertyName(up));
      return true;
    case "PropertyDefinition":
      name(propertyName(up));
      return false;
    case "VariableDeclarator":
      namesOf(up.id).forEach(name);
      return false;
    case "AssignmentExpression":
      if (up.right !== child) return false;
      if (up.operator === "||=" || up.operator === "??=") holding.fallbackOf ??= up.left;
      namesOf(up.left).forEach(name);
      return false;
    case "JSXAttribute":
      name(up.name.type === "JSXIdentifier" ? up.name.name : up.name.name.name);
      return false;
    case "CallExpression":
    case "NewExpression": {
      const at = up.arguments.indexOf(child as never);
      if (at < 0) return false;
      if (up.type === "CallExpression" && passedThrough(up, flow.resolve(up.callee))?.includes(child))
        return true;
      // `headers.set("x-api-key", "…")`, `config.get("KEY", "…")`: the argument before says what it is.
      const before = at > 0 ? flow.constant(up.arguments[at - 1]!) : undefined;
      if (typeof before === "string") name(before);
      const { root } = flow.resolve(up.callee);
      if (root.kind === "import" && !root.module.startsWith("."))
        holding.takenBy = packageOf(root.module).name;
      const called = calledName(up);
      name(called && `${called}()`);
      return false;
    }
    case "BinaryExpression":
      return up.operator === "+";
    case "ArrayExpression":
    case "ObjectExpression":
    case "SpreadElement":
    case "TemplateLiteral":
    case "JSXExpressionContainer":
    case "ObjectPattern":
    case "AwaitExpression":
      return true;
    default:
      return up.type.startsWith("TS") && up.type.endsWith("Expression");
  }
}

/** Of two texts to choose from neither stands in for the other. */
function otherThanText(node: Node): Node | undefined {
  return node.type === "Literal" || node.type === "TemplateLiteral" ? undefined : node;
}

function namesOf(target: Node): string[] {
  if (target.type === "Identifier") return [target.name];
  if (target.type !== "MemberExpression") return [];
  const own = propertyName(target);
  return [...(own === undefined ? [] : [own]), ...namesOf(target.object)];
}
