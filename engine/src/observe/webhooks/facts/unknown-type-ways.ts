import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { isWithin, type Node } from "../../../flow/tree.ts";
import { switchesOnType, typeTestOf } from "./event-types.ts";
import type { Place } from "./walk.ts";

/** The statements that run for an event whose type nothing is known of. */
export interface Way {
  readonly statements: readonly Node[];
  /** What tells the types apart. */
  readonly by: Node;
}

/** The ways of events of unknown types through one function: a default, a last else, an exit for all but some. */
export function unknownTypeWays({ flow, fn }: Place): readonly Way[] {
  const own = <Each extends Node>(nodes: readonly Each[]) =>
    nodes.filter((node) => flow.tree.functionOf(node) === fn);
  const ways: Way[] = [];
  for (const node of own(flow.tree.all("SwitchStatement"))) {
    if (!switchesOnType(node, flow)) continue;
    const fallback = node.cases.find(({ test }) => !test);
    ways.push({ statements: fallback ? reached(node, fallback) : [], by: node });
  }
  for (const node of own(flow.tree.all("IfStatement"))) {
    const way =
      flow.tree.parentOf(node)?.type === "IfStatement" && isElse(node, flow) ? undefined : ofIf(node, flow);
    if (way) ways.push(way);
  }
  // Whatever tells types apart after an exit for all but some sees only those.
  const listed = ways.filter(({ by }) => by.type === "IfStatement" && isExit(by, flow));
  return ways.filter(
    (way) =>
      !listed.some(
        (exit) => exit !== way && exit.by.range[1] <= way.by.range[0] && !isWithin(way.by, exit.by),
      ),
  );
}

function isElse(node: TSESTree.IfStatement, flow: Flow): boolean {
  const up = flow.tree.parentOf(node);
  return up?.type === "IfStatement" && up.alternate === node;
}

/** A default that others fall into, or that falls into others, runs theirs as well. */
function reached(node: TSESTree.SwitchStatement, fallback: TSESTree.SwitchCase): readonly Node[] {
  const from = node.cases.indexOf(fallback);
  const statements: Node[] = [];
  for (const { consequent } of node.cases.slice(from)) {
    statements.push(...consequent);
    if (consequent.length > 0) break;
  }
  return statements;
}

function ofIf(node: TSESTree.IfStatement, flow: Flow): Way | undefined {
  const first = typeTestOf(node.test, flow);
  if (!first) return undefined;
  if (first.says === "none of those") return { statements: blockOf(node.consequent), by: node };
  let last = node;
  while (last.alternate?.type === "IfStatement") {
    last = last.alternate;
    if (typeTestOf(last.test, flow)?.says !== "one of those") return undefined;
  }
  return { statements: last.alternate ? blockOf(last.alternate) : [], by: node };
}

function blockOf(node: Node): readonly Node[] {
  return node.type === "BlockStatement" ? node.body : [node];
}

function isExit(node: TSESTree.IfStatement, flow: Flow): boolean {
  if (typeTestOf(node.test, flow)?.says !== "none of those") return false;
  const last = blockOf(node.consequent).at(-1);
  return last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
}
