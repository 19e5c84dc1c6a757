import type { Definition, Variable } from "@typescript-eslint/scope-manager";
import type { Graph } from "./graph.ts";
import { type Order, runAutomaton } from "./order.ts";
import type { Node } from "./tree.ts";

/** The writes whose value a read can see. A write is named by the Identifier that it gives a value. */
export interface ReachingWrites {
  /** Writes of the same function. */
  readonly writes: readonly Node[];
  /**
   * Writes of other functions, run at any time: of the closures inside, and for a variable from outside of all
   * others. Its declaration outside is among them only where the value from outside reaches the read.
   */
  readonly escapes: readonly Node[];
  /** Whether the read can see `undefined`, or fail, because nothing was written yet. */
  readonly mayBeUninitialised: boolean;
}

type Seen = Node | "entry";

const orders = new WeakMap<Graph, Map<Variable, Order<Seen>>>();

/** Undefined when unknown: the work was given up, or the read is not of this graph. */
export function reachingWrites(graph: Graph, variable: Variable, read: Node): ReachingWrites | undefined {
  const seen = orderOf(graph, variable).before(read);
  if (!seen) return undefined;
  const writes = [...seen].filter((write) => write !== "entry");
  const outside = writesOf(variable).filter((target) => graph.writesAt(target).length === 0);
  const initial = outside.filter((target) => isDeclaration(variable, target));
  const entered = seen.has("entry");
  return {
    writes,
    escapes: entered ? outside : outside.filter((target) => !initial.includes(target)),
    mayBeUninitialised: entered && initial.length === 0,
  };
}

function orderOf(graph: Graph, variable: Variable): Order<Seen> {
  let known = orders.get(graph);
  if (!known) orders.set(graph, (known = new Map()));
  let order = known.get(variable);
  if (!order) known.set(variable, (order = follow(graph, variable)));
  return order;
}

function follow(graph: Graph, variable: Variable): Order<Seen> {
  const targets = new Set<Node>(writesOf(variable));
  const emptied = new Set<Node>();
  for (const def of variable.defs) if (isEmptyLet(def) && !targets.has(def.name)) emptied.add(def.node);
  return runAutomaton<Seen>(graph, {
    start: "entry",
    step: (state, node) => (emptied.has(node) ? "entry" : state),
    write: (state, target) => (targets.has(target) ? target : state),
  });
}

/** The identifiers through which a variable gets its values; a parameter and a declared function count as well. */
function writesOf(variable: Variable): readonly Node[] {
  const declared = variable.defs.filter(({ type }) => DECLARED_WITH_VALUE.has(type)).map(({ name }) => name);
  const assigned = variable.references.filter((reference) => reference.isWrite());
  return [...new Set<Node>([...declared, ...assigned.map(({ identifier }) => identifier)])];
}

const DECLARED_WITH_VALUE: ReadonlySet<string> = new Set([
  "CatchClause",
  "ClassName",
  "FunctionName",
  "ImportBinding",
  "Parameter",
  "TSEnumName",
]);

function isDeclaration(variable: Variable, target: Node): boolean {
  return variable.defs.some(({ name }) => name === target);
}

/** `let x;` gives x the value undefined each time it is passed, in a loop as well; `var x;` does nothing. */
function isEmptyLet({ node, parent }: Definition): boolean {
  if (node.type !== "VariableDeclarator" || node.init) return false;
  return parent?.type === "VariableDeclaration" && parent.kind === "let";
}
