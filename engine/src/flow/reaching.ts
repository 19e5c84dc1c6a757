import type { Graph } from "./graph.ts";
import { type Order, runAutomaton } from "./order.ts";
import type { Write } from "./scopes.ts";
import type { Node } from "./tree.ts";

/** The writes of a variable whose value a read can see. */
export interface ReachingWrites {
  /** Writes of the same function, in source order; `let x;` is none. */
  readonly writes: readonly Write[];
  /**
   * Writes of other functions, which run at any time: of the closures inside and, for a variable from outside, of
   * all others. Its declaration outside is among them only where the value from outside reaches the read.
   */
  readonly escapes: readonly Write[];
  /**
   * Whether the read can come before all writes. The value is `undefined` then, or what Scopes does not count as
   * written: a declared function, a class, an import.
   */
  readonly mayBeUninitialised: boolean;
}

/** The target of a write, or that nothing was written yet. */
type Seen = Node | "nothing";

const orders = new WeakMap<Graph, Map<readonly Write[], Order<Seen>>>();

/**
 * The writes, out of all of a variable, that a read in the function of the graph can see. Undefined when unknown:
 * the work was given up, or the read is not of this graph.
 */
export function reachingWrites(graph: Graph, all: readonly Write[], read: Node): ReachingWrites | undefined {
  const seen = orderOf(graph, all).before(read);
  if (!seen) return undefined;
  const entered = seen.has("nothing");
  const outside = all.filter((write) => !isEmpty(write) && graph.writesAt(write.target).length === 0);
  return {
    writes: all.filter(({ target }) => seen.has(target)),
    escapes: outside.filter(({ how }) => entered || !DECLARES.has(how)),
    mayBeUninitialised: entered && !outside.some(({ how }) => DECLARES.has(how) || how === "iterated"),
  };
}

const DECLARES: ReadonlySet<Write["how"]> = new Set(["declared", "parameter", "caught"]);

function orderOf(graph: Graph, all: readonly Write[]): Order<Seen> {
  let known = orders.get(graph);
  if (!known) orders.set(graph, (known = new Map()));
  let order = known.get(all);
  if (!order) known.set(all, (order = follow(graph, all)));
  return order;
}

function follow(graph: Graph, all: readonly Write[]): Order<Seen> {
  const after = new Map<Node, Seen>(
    all.map((write) => [write.target, isEmpty(write) ? "nothing" : write.target]),
  );
  return runAutomaton<Seen>(graph, {
    start: "nothing",
    step: (state) => state,
    write: (state, target) => after.get(target) ?? state,
  });
}

/** `let x;` gives x the value undefined each time it is passed, in a loop as well. */
function isEmpty({ how, value }: Write): boolean {
  return how === "declared" && !value;
}
