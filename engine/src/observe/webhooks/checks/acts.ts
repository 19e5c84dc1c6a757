import type { Flow } from "../../../flow/flow.ts";
import type { Graph, Point } from "../../../flow/graph.ts";
import type { Node } from "../../../flow/tree.ts";
import type { Effect } from "../effects.ts";
import { replyOf } from "../replies.ts";
import type { Act, Way } from "./ways.ts";
import { combined, type State } from "./states.ts";

interface Seen {
  readonly effect: Effect;
  readonly node: Node;
  /** The node of this function's graph: the effect, or the call that leads to it. */
  readonly at: Node;
  readonly ways: Map<string, Way>;
  settled: boolean;
}

/** Gathers the effects of one function. */
export class Acts {
  readonly #flow: Flow;
  readonly #graph: Graph;
  readonly #seen = new Map<Node, Seen>();
  /** Where it is looked at who sent the request. */
  readonly #looks = new Set<Node>();
  /** Where an error is answered. */
  readonly #denials = new Set<Node>();

  constructor(flow: Flow, graph: Graph) {
    this.#flow = flow;
    this.#graph = graph;
  }

  looks(node: Node): void {
    this.#looks.add(node);
  }

  denies(node: Node): void {
    this.#denials.add(node);
  }

  add(effect: Effect, node: Node, { trust, skip, denied }: State): void {
    this.#note({ effect, node, settled: false }, node, { trust, skip, denied });
  }

  /** The effects of a function that is called in a state. */
  addAll(acts: readonly Act[], call: Node, state: State, isOwn: boolean): void {
    for (const act of acts) {
      const node = isOwn ? act.node : call;
      for (const way of act.ways)
        this.#note({ ...act, node }, call, {
          trust: combined(state.trust, way.trust),
          skip: state.skip ?? (way.skip && !isOwn ? call : way.skip),
          denied: state.denied || way.denied,
        });
    }
  }

  all(): readonly Act[] {
    return [...this.#seen.values()].map(({ effect, node, at, ways, settled }) => ({
      effect,
      node,
      ways: [...ways.values()],
      settled: settled || this.#isSettled(at),
    }));
  }

  #note({ effect, node, settled }: Pick<Act, "effect" | "node" | "settled">, at: Node, way: Way): void {
    let seen = this.#seen.get(effect.node);
    if (!seen)
      this.#seen.set(effect.node, (seen = { effect, node, at, ways: new Map<string, Way>(), settled }));
    seen.ways.set(`${way.trust} ${way.denied} ${way.skip?.range[0]}`, way);
  }

  /** Whether a later check is reached from here, or nothing but errors is answered after it. */
  #isSettled(at: Node): boolean {
    const reached = new Set<Point>(this.#graph.at(at).flatMap(({ next }) => next.map(({ to }) => to)));
    for (const point of reached) {
      const { node } = point;
      if (node && point.role !== "write" && this.#looks.has(node)) return true;
      if (node && this.#isDenial(node)) continue;
      for (const { to } of point.next) reached.add(to);
    }
    return !reached.has(this.#graph.returned);
  }

  #isDenial(node: Node): boolean {
    if (this.#denials.has(node)) return true;
    if (node.type !== "ReturnStatement") return false;
    const status = replyOf(node, this.#flow)?.status;
    return status !== undefined && status >= 400;
  }
}
