import type { TSESTree } from "@typescript-eslint/types";
import type { Assumption } from "./graph.ts";
import type { Node } from "./tree.ts";

/** The expression that a node stands for, such as the value of a constant; undefined when it stands for itself. */
export type LookThrough = (node: Node) => Node | undefined;

/** A test assembled of more parts than this says no more about the rest of them. */
const MAX_FACTS = 200;

/**
 * What is known once a test came out truthy (holds) or falsy: the test itself first, then what follows from it.
 * A value compared with a literal is taken to be of the literal's type, so `ok !== false` says that ok holds,
 * and a value that is not `null` is taken to be not `undefined` either.
 */
export function impliedBy(
  test: Node,
  holds: boolean,
  lookThrough?: LookThrough,
  about: Assumption["about"] = "truth",
): readonly Assumption[] {
  const known: Assumption[] = [];
  const pending: Assumption[] = [{ test, holds, about }];
  for (let fact = pending.pop(); fact && known.length < MAX_FACTS; fact = pending.pop()) {
    if (known.some((other) => isSame(other, fact))) continue;
    known.push(fact);
    pending.push(...consequences(fact, lookThrough).reverse());
  }
  return known;
}

function isSame(a: Assumption, b: Assumption): boolean {
  return a.test === b.test && a.holds === b.holds && a.about === b.about;
}

function consequences(fact: Assumption, lookThrough: LookThrough | undefined): Assumption[] {
  const { test, holds, about } = fact;
  switch (test.type) {
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return [{ ...fact, test: test.expression }];
    case "ChainExpression":
      return [{ ...fact, test: test.expression }, ...(holds ? presentIn(test.expression) : [])];
    case "SequenceExpression":
      return [{ ...fact, test: test.expressions.at(-1)! }];
    case "AssignmentExpression":
      return test.operator === "="
        ? [
            { ...fact, test: test.right },
            { ...fact, test: test.left },
          ]
        : [];
    case "UnaryExpression":
      return test.operator === "!" && about === "truth" ? [truth(test.argument, !holds)] : [];
    case "LogicalExpression":
      return about === "truth" ? ofOperands(test, holds) : [];
    case "ConditionalExpression":
      return about === "truth" ? ofTernary(test, holds) : [];
    case "BinaryExpression":
      return about === "truth" ? ofComparison(test, holds) : [];
    default: {
      const behind = lookThrough?.(test);
      return behind ? [{ ...fact, test: behind }] : [];
    }
  }
}

function truth(test: Node, holds: boolean): Assumption {
  return { test, holds, about: "truth" };
}

/** In a chain that came to its end, each value in front of a `?.` was there. */
function presentIn(chain: Node): Assumption[] {
  const present: Assumption[] = [];
  for (let link: Node = chain; ;) {
    const object: Node | undefined =
      link.type === "MemberExpression"
        ? link.object
        : link.type === "CallExpression"
          ? link.callee
          : undefined;
    if (object && (link as TSESTree.MemberExpression | TSESTree.CallExpression).optional)
      present.push({ test: object, holds: true, about: "presence" });
    const next = link.type === "TSNonNullExpression" ? link.expression : object;
    if (!next) return present;
    link = next;
  }
}

function ofOperands({ operator, left, right }: TSESTree.LogicalExpression, holds: boolean): Assumption[] {
  // `??` is falsy only where its left side is, like `||`, but may be truthy by its right side alone.
  const decided = operator === "&&" ? holds : !holds;
  if (decided) return operator === "??" ? [truth(left, holds)] : [truth(left, holds), truth(right, holds)];
  if (constantTruth(right) === !holds) return [truth(left, holds)];
  return [];
}

/** `test ? value : false` is truthy only where the test and the value are. */
function ofTernary(
  { test, consequent, alternate }: TSESTree.ConditionalExpression,
  holds: boolean,
): Assumption[] {
  if (constantTruth(alternate) === !holds) return [truth(test, true), truth(consequent, holds)];
  if (constantTruth(consequent) === !holds) return [truth(test, false), truth(alternate, holds)];
  return [];
}

function ofComparison({ operator, left, right }: TSESTree.BinaryExpression, holds: boolean): Assumption[] {
  if (!/^[!=]==?$/.test(operator)) return [];
  const equal = operator.startsWith("=") === holds;
  return [...ofComparedWith(left, right, equal), ...ofComparedWith(right, left, equal)];
}

function ofComparedWith(value: Node, other: Node, equal: boolean): Assumption[] {
  if (isNullish(other)) return [{ test: value, holds: !equal, about: "presence" }];
  if (other.type !== "Literal") return [];
  if (value.type === "UnaryExpression" && value.operator === "typeof") {
    if (other.value === "undefined") return [{ test: value.argument, holds: !equal, about: "presence" }];
    return equal && other.value !== "object"
      ? [{ test: value.argument, holds: true, about: "presence" }]
      : [];
  }
  if (other.value && other.value !== true) return equal ? [truth(value, true)] : [];
  return [truth(value, equal === Boolean(other.value))];
}

function isNullish(node: Node): boolean {
  return (
    (node.type === "Literal" && node.raw === "null") ||
    (node.type === "Identifier" && node.name === "undefined") ||
    (node.type === "UnaryExpression" && node.operator === "void")
  );
}

function constantTruth(node: Node): boolean | undefined {
  if (isNullish(node)) return false;
  return node.type === "Literal" ? Boolean(node.value) : undefined;
}
