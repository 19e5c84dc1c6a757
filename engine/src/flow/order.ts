import { impliedBy, type LookThrough } from "./graph-assumptions.ts";
import type { Assumption, Edge, Graph, Point } from "./graph.ts";
import type { Node } from "./tree.ts";

/**
 * What is tracked along every path: a state and how it changes. States are compared as in a Set, so they are
 * strings, numbers or objects that are made once. All functions are pure; there must be few states.
 */
export interface Automaton<State> {
  readonly start: State;
  /** The state, or each possible state, after a node was evaluated; its operands were before. */
  step(state: State, node: Node): State | readonly State[];
  /** The state after an Identifier or MemberExpression was given a value by a declarator, assignment, parameter … */
  write?(state: State, target: Node, by: Node): State | readonly State[];
  /**
   * The state where a test came out so, and for all that follows from that; undefined for a path that is impossible.
   * `about` tells `a` (truth) from `a != null` (presence); `holds: false` means falsy either way.
   */
  assume?(state: State, test: Node, holds: boolean, about: Assumption["about"]): State | undefined;
  /** Followed to see what a test says: the constant behind an alias. */
  readonly lookThrough?: LookThrough;
}

export interface Limits {
  /** Steps and edges, all states together; past it the answer is unknown. */
  readonly cap?: number;
}

/** What can have happened before a place: the states of all paths to it; empty where no path leads. */
export interface Order<State> {
  /**
   * The states in which the node itself is evaluated, its operands being done, or in which a statement is entered.
   * Undefined when unknown: the work was given up, or the node is not of this graph.
   */
  before(node: Node): ReadonlySet<State> | undefined;
  after(node: Node): ReadonlySet<State> | undefined;
  /** The states in which an Identifier or MemberExpression is given a value. */
  beforeWrite(target: Node): ReadonlySet<State> | undefined;
  /** The states in which the function returns, or its end is reached; undefined when unknown. */
  readonly atReturn: ReadonlySet<State> | undefined;
  /** The states in which an exception leaves, as far as {@link Graph.thrown} tells; undefined when unknown. */
  readonly atThrow: ReadonlySet<State> | undefined;
  readonly gaveUp: boolean;
  /** Steps and edges taken. */
  readonly work: number;
}

/** Enough for a function of some thousand lines and ten states. */
const DEFAULT_CAP = 400_000;

/** Follows an automaton along all paths of a graph at once: a worklist over sets of states, no path by itself. */
export function runAutomaton<State>(
  graph: Graph,
  automaton: Automaton<State>,
  limits: Limits = {},
): Order<State> {
  const run = new Run(automaton, limits.cap ?? DEFAULT_CAP);
  if (graph.complete) run.follow(graph.entry);
  const gaveUp = !graph.complete || run.gaveUp;
  const known = <Answer>(answer: () => Answer): Answer | undefined => (gaveUp ? undefined : answer());
  return {
    before: (node) => known(() => run.statesAt(graph.at(node))),
    after: (node) => known(() => run.statesAfter(graph.at(node))),
    beforeWrite: (target) => known(() => run.statesAt(graph.writesAt(target))),
    atReturn: known(() => run.statesAt([graph.returned])),
    atThrow: known(() => run.statesAt([graph.thrown])),
    gaveUp,
    work: run.work,
  };
}

class Run<State> {
  work = 0;
  gaveUp = false;
  readonly #automaton: Automaton<State>;
  readonly #cap: number;
  readonly #states = new Map<Point, Set<State>>();
  readonly #single = new Map<State, Set<State>>();
  readonly #pending: (readonly [Point, State])[] = [];
  readonly #facts = new Map<Assumption, readonly Assumption[]>();

  constructor(automaton: Automaton<State>, cap: number) {
    this.#automaton = automaton;
    this.#cap = cap;
  }

  follow(entry: Point): void {
    this.#arrive(entry, this.#automaton.start);
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) {
      if (this.work > this.#cap) {
        this.gaveUp = true;
        return;
      }
      this.#leave(...next);
    }
  }

  statesAt(points: readonly Point[]): ReadonlySet<State> | undefined {
    if (points.length === 1) return this.#states.get(points[0]!) ?? new Set();
    if (points.length === 0) return undefined;
    return new Set(points.flatMap((point) => [...(this.#states.get(point) ?? [])]));
  }

  statesAfter(points: readonly Point[]): ReadonlySet<State> | undefined {
    if (points.length === 0) return undefined;
    return new Set(
      points.flatMap((point) =>
        [...(this.#states.get(point) ?? [])].flatMap((state) => this.#step(point, state)),
      ),
    );
  }

  #arrive(point: Point, state: State): void {
    this.work++;
    const states = this.#states.get(point);
    if (states?.has(state)) return;
    if (!states) this.#states.set(point, this.#only(state));
    else if (states.size === 1) this.#states.set(point, new Set([...states, state]));
    else states.add(state);
    this.#pending.push([point, state]);
  }

  /** Most points see one state, so they share one set of it. */
  #only(state: State): Set<State> {
    let only = this.#single.get(state);
    if (!only) this.#single.set(state, (only = new Set([state])));
    return only;
  }

  #leave(point: Point, state: State): void {
    if (point.throwsTo) this.#arrive(point.throwsTo, state);
    for (const after of this.#step(point, state)) {
      if (point.throwsTo) this.#arrive(point.throwsTo, after);
      for (const edge of point.next) this.#pass(edge, after);
    }
  }

  #step({ role, node, by }: Point, state: State): readonly State[] {
    if (!node || role === "enter") return [state];
    const after =
      role === "event" ? this.#automaton.step(state, node) : this.#automaton.write?.(state, node, by!);
    if (after === undefined) return [state];
    return Array.isArray(after) ? (after as readonly State[]) : [after as State];
  }

  #pass({ to, given }: Edge, state: State): void {
    let known: State | undefined = state;
    if (given && this.#automaton.assume)
      for (const { test, holds, about } of this.#factsOf(given)) {
        known = this.#automaton.assume(known, test, holds, about);
        if (known === undefined) return;
      }
    this.#arrive(to, known);
  }

  #factsOf(given: Assumption): readonly Assumption[] {
    let facts = this.#facts.get(given);
    if (!facts) {
      facts = impliedBy(given.test, given.holds, this.#automaton.lookThrough, given.about);
      this.#facts.set(given, facts);
    }
    return facts;
  }
}
