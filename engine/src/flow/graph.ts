import type { TSESTree } from "@typescript-eslint/types";
import { GraphBuilder } from "./graph-builder.ts";
import { visitRoot } from "./graph-statements.ts";
import type { FunctionNode, Module, Node } from "./tree.ts";

/** What has a graph of its own: a function, or the top level of a file. */
export type Root = FunctionNode | TSESTree.Program;

/**
 * What is known on an edge. `truth`: the test came out truthy (holds) or falsy.
 * `presence`: it is neither null nor undefined (holds), or one of them – from `?.` and `??`.
 * The test of a `switch` is its SwitchCase, unless the comparison reduces to a boolean test.
 */
export interface Assumption {
  readonly test: Node;
  readonly holds: boolean;
  readonly about: "truth" | "presence";
}

export interface Edge {
  readonly to: Point;
  readonly given?: Assumption;
}

/**
 * A moment of the execution.
 * `event`: the node has just been evaluated, its operands before it. `write`: the node, an Identifier or a
 * MemberExpression, has just been given a value. `enter`: the statement is about to run. `join`: no node of its own.
 */
export interface Point {
  readonly role: "event" | "write" | "enter" | "join";
  readonly node: Node | undefined;
  /** Of a write: the declarator, assignment, function, loop, catch clause … that gives the value. */
  readonly by: Node | undefined;
  readonly next: readonly Edge[];
  /** Inside `try`: where an exception of this event goes, before its effect as well as after it. */
  readonly throwsTo: Point | undefined;
}

/**
 * The control flow of one function body or of the top level. Every evaluated expression is an event on its exit;
 * nested functions and initialisers of instance fields are not entered. A node has several points where a `finally`
 * block is copied for each way into it, or where a condition is followed once per outcome.
 */
export interface Graph {
  readonly root: Root;
  readonly entry: Point;
  /** Where a `return`, and the end of the body, lead. */
  readonly returned: Point;
  /**
   * Where a `throw` leads that nothing catches, and an exception from inside a `try` that has only a `finally`.
   * Left out: what any other call may throw.
   */
  readonly thrown: Point;
  readonly size: number;
  /** False when the code is nested too deeply, or copied too often, to be followed: it answers nothing then. */
  readonly complete: boolean;
  /** The points at which a node is evaluated, or a statement entered; none for code that is not of this graph. */
  at(node: Node): readonly Point[];
  /** The points at which an Identifier or MemberExpression is given a value. */
  writesAt(target: Node): readonly Point[];
}

export interface GraphOptions {
  readonly visitorKeys: Module["visitorKeys"];
  /** Whether nothing runs after a call, such as `process.exit()`; asked for the `await` of a call as well. */
  readonly neverReturns?: (node: TSESTree.CallExpression | TSESTree.AwaitExpression) => boolean;
}

export function buildGraph(root: Root, options: GraphOptions): Graph {
  const builder = new GraphBuilder(options);
  visitRoot(builder, root);
  const { entry, returned, thrown, events, writes } = builder;
  return {
    root,
    entry,
    returned,
    thrown,
    size: builder.size,
    complete: builder.complete,
    at: (node) => [events.get(node) ?? []].flat(),
    writesAt: (target) => [writes.get(target) ?? []].flat(),
  };
}

/** Whether some path leads from the start to a `return` or to the end of the body; a graph not built whole says yes. */
export function canReturn(graph: Graph): boolean {
  if (!graph.complete) return true;
  const reached = new Set<Point>([graph.entry]);
  for (const point of reached) {
    for (const { to } of point.next) reached.add(to);
    if (point.throwsTo) reached.add(point.throwsTo);
  }
  return reached.has(graph.returned);
}
