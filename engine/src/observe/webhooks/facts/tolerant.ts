import type { TSESTree } from "@typescript-eslint/types";
import { bare, type Node, rangeOf } from "../../../flow/tree.ts";
import type { Answer, Fact } from "../../observation.ts";
import { valueOf } from "../../objects.ts";
import type { Handler } from "../handler.ts";
import { type Reply, replyOf } from "../replies.ts";
import { typeTestOf } from "./event-types.ts";
import { handsOnError, landingOf } from "./landing.ts";
import { unknownTypeWays } from "./unknown-type-ways.ts";
import { type Place, placesOf, shownAt } from "./walk.ts";

interface Outcome {
  readonly answer: Answer;
  readonly node: Node;
}

/**
 * Whether an event of an unknown type is answered with a success. No: the default of a switch, the last else, or the
 * exit for all but some types answers 4xx or 5xx, or throws what ends so. Undefined where types are not told apart.
 */
export function tolerant(handler: Handler): Fact | undefined {
  const places = placesOf(handler);
  const outcomes: Outcome[] = [];
  for (const place of places) {
    for (const { statements, by } of unknownTypeWays(place)) {
      const outcome = outcomeOf(statements, by, place, handler);
      const shown = shownAt(outcome.node, place, handler.flow);
      if (shown) outcomes.push({ node: shown, answer: isForListed(by, place) ? "unknown" : outcome.answer });
    }
  }
  if (outcomes.length === 0) return undefined;
  const wrong = outcomes.find(({ answer }) => answer === "no");
  if (wrong)
    return {
      answer: "no",
      range: rangeOf(wrong.node),
      steps: [{ range: rangeOf(wrong.node), note: "events of every other type end here" }],
    };
  const unknown = outcomes.some(({ answer }) => answer === "unknown");
  return { answer: unknown ? "unknown" : "yes", range: rangeOf(outcomes[0]!.node), steps: [] };
}

/** What the statements of a way do first that decides: answer, throw, or neither. */
function outcomeOf(statements: readonly Node[], by: Node, place: Place, handler: Handler): Outcome {
  const { flow } = place;
  let asked = false;
  for (const statement of statements) {
    if (statement.type === "ThrowStatement") {
      const landing = landingOf(statement, place, handler);
      const answer = landing === "error" ? "no" : landing === "success" ? "yes" : "unknown";
      return { node: statement, answer: asked ? "unknown" : answer };
    }
    const reply = answerOf(statement, place);
    if (reply) {
      const { status } = reply;
      const answer = status === undefined ? "unknown" : status >= 400 ? "no" : "yes";
      return { node: statement, answer: asked ? "unknown" : answer };
    }
    if (statement.type === "ReturnStatement")
      return asked ? { node: statement, answer: "unknown" } : ofResult(statement, place, handler);
    if (statement.type === "BreakStatement") break;
    asked ||= /^(?:If|Switch|For|While|Do|Try|ForOf|ForIn)/.test(statement.type) && decides(statement, place);
  }
  return { node: statements[0] ?? by, answer: asked ? "unknown" : fallThrough(by, place, flow) };
}

/** A helper that answers null for an unknown type leaves the rest to whoever called it: `if (!parsed) return …`. */
function ofResult(statement: TSESTree.ReturnStatement, place: Place, handler: Handler): Outcome {
  const { argument } = statement;
  if (!argument) return { node: statement, answer: place.from ? "unknown" : "yes" };
  if (!place.from || !isNothing(argument)) return { node: statement, answer: "unknown" };
  const { call, place: caller } = place.from;
  const exit = caller.flow.tree
    .all("IfStatement")
    .find(
      ({ test }) =>
        test.type === "UnaryExpression" &&
        test.operator === "!" &&
        valueOf(test.argument, caller.flow) === call,
    );
  if (!exit) return { node: statement, answer: "unknown" };
  const statements = exit.consequent.type === "BlockStatement" ? exit.consequent.body : [exit.consequent];
  const outcome = outcomeOf(statements, exit, caller, handler);
  return { ...outcome, node: caller.flow === place.flow ? outcome.node : statement };
}

function isNothing(node: Node): boolean {
  return node.type === "Literal"
    ? node.raw === "null"
    : node.type === "Identifier" && node.name === "undefined";
}

/** Nothing is said in the way itself: the answer comes later, with everybody else's. */
function fallThrough(by: Node, place: Place, flow: Place["flow"]): Answer {
  const after = flow.tree
    .all("ReturnStatement")
    .some((node) => flow.tree.functionOf(node) === place.fn && node.range[0] >= by.range[1]);
  return after || place.depth === 0 ? "yes" : "unknown";
}

function answerOf(statement: Node, { flow }: Place): Reply | undefined {
  if (statement.type === "ReturnStatement") {
    const own = replyOf(statement, flow);
    if (own) return own;
    return statement.argument ? answerOf(statement.argument, { flow } as Place) : undefined;
  }
  if (statement.type === "ExpressionStatement") return answerOf(statement.expression, { flow } as Place);
  const node = bare(statement);
  if (node.type === "AwaitExpression") return answerOf(node.argument, { flow } as Place);
  if (node.type === "CallExpression" && handsOnError(node, flow)) return { status: 500 };
  return replyOf(node, flow);
}

/** Whether a statement has an answer or an exit inside. */
function decides(statement: Node, { flow }: Place): boolean {
  const types = ["ReturnStatement", "ThrowStatement"] as const;
  return types
    .flatMap((type): readonly Node[] => flow.tree.all(type))
    .some(({ range }) => range[0] >= statement.range[0] && range[1] <= statement.range[1]);
}

/** Whether a test of the type, here or where a helper is called, has let only some events through. */
function isForListed(node: Node, { flow, fn, from }: Place): boolean {
  let inner = node;
  for (let up = flow.tree.parentOf(node); up && up !== fn; inner = up, up = flow.tree.parentOf(up)) {
    if (up.type === "SwitchCase" && up.test) return true;
    if (up.type === "IfStatement" && up.alternate !== inner && mentionsType(up.test, flow)) return true;
  }
  return from !== undefined && isForListed(from.call, from.place);
}

function mentionsType(test: Node, flow: Place["flow"]): boolean {
  const text = flow.module.text.slice(test.range[0], test.range[1]);
  return typeTestOf(test, flow) !== undefined || /type|\bevent\b|topic|startsWith/i.test(text);
}
