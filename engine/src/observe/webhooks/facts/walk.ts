import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import type { Assumption } from "../../../flow/graph.ts";
import { runAutomaton } from "../../../flow/order.ts";
import { bare, type FunctionNode, isFunction, type Node } from "../../../flow/tree.ts";
import type { Handler } from "../handler.ts";
import { type Called, functionsRunBy } from "./called.ts";

/** A function that is being walked, with the file it stands in. */
export interface Place {
  readonly flow: Flow;
  readonly fn: FunctionNode;
  /** The call that leads here first, and where it stands; undefined for the handler and what runs before it. */
  readonly from: Step | undefined;
  /** Calls between the handler and this function. */
  readonly depth: number;
}

interface Step {
  readonly place: Place;
  readonly call: Node;
}

/** The call in the handler's own body that leads to a place; undefined for the handler's body itself. */
export function entryOf({ from }: Place): Node | undefined {
  let step = from;
  while (step?.place.from) step = step.place.from;
  return step?.call;
}

/** Where something in a function shows in the handler's own file; undefined for what stands in a middleware of another. */
export function shownAt(node: Node, place: Place, flow: Flow): Node | undefined {
  if (place.flow === flow) return node;
  return place.from && shownAt(place.from.call, place.from.place, flow);
}

/** What is tracked on all paths of a handler, into the functions that it calls. States are few and compared as in a Set. */
export interface Follower<State> {
  readonly start: State;
  step(state: State, node: Node, place: Place): State | readonly State[];
  assume?(
    state: State,
    test: Node,
    holds: boolean,
    place: Place,
    about: Assumption["about"],
  ): State | undefined;
  /** Whether what a call runs belongs to the path: not, where the call only says that it shall run later. */
  enters?(call: TSESTree.CallExpression | TSESTree.NewExpression, called: Called, place: Place): boolean;
}

/** How a walk ended. */
export interface Walk<State> {
  /** The states in which the handler comes to its end; undefined when some of it could not be followed. */
  readonly atReturn: ReadonlySet<State> | undefined;
  /** Every function that was walked, the handler's own first. */
  readonly places: readonly Place[];
}

/** A function called by more calls in calls than this is not looked into. */
const DEPTH = 6;
/** Functions and states, all together, past which a handler is not followed any more. */
const RUNS = 400;

/** Follows a handler on all paths at once, its middlewares first, into the functions that it calls. */
export function walk<State>(handler: Handler, follower: Follower<State>): Walk<State> {
  const walker = new Walker(follower);
  let states: ReadonlySet<State> = new Set([follower.start]);
  for (const { flow, node } of handler.before) {
    const fn = functionOf(node, flow);
    // A middleware hands on by calling next(), wherever in it that stands.
    if (!fn) continue;
    const place = { flow, fn, from: undefined, depth: 1 };
    states = union([states, ...[...states].map((state) => walker.run(place, state))]);
  }
  const place = { flow: handler.flow, fn: handler.fn, from: undefined, depth: 0 };
  const ends = union([...states].map((state) => walker.run(place, state)));
  return { atReturn: walker.gaveUp ? undefined : ends, places: [place, ...walker.places] };
}

const places = new WeakMap<Handler, readonly Place[]>();

/** Every function that a handler runs as far as they can be opened, its own first. */
export function placesOf(handler: Handler): readonly Place[] {
  let known = places.get(handler);
  if (!known) places.set(handler, (known = walk(handler, { start: "any", step: (state) => state }).places));
  return known;
}

function functionOf(node: Node, flow: Flow): FunctionNode | undefined {
  const value = bare(node);
  return isFunction(value) ? value : flow.calls.functionNamed(value);
}

function union<State>(sets: readonly ReadonlySet<State>[]): ReadonlySet<State> {
  return new Set(sets.flatMap((set) => [...set]));
}

class Walker<State> {
  readonly places: Place[] = [];
  gaveUp = false;
  readonly #follower: Follower<State>;
  readonly #known = new Map<FunctionNode, Map<State, ReadonlySet<State>>>();
  #runs = 0;

  constructor(follower: Follower<State>) {
    this.#follower = follower;
  }

  /** The states in which a function ends that was entered in one. */
  run(place: Place, start: State): ReadonlySet<State> {
    const { flow, fn } = place;
    let known = this.#known.get(fn);
    if (!known) {
      this.#known.set(fn, (known = new Map<State, ReadonlySet<State>>()));
      if (place.depth > 0) this.places.push(place);
    }
    const ends = known.get(start);
    if (ends) return ends;
    if (++this.#runs > RUNS) {
      this.gaveUp = true;
      return new Set([start]);
    }
    // A function that calls itself is taken to change nothing until it is known what it does.
    known.set(start, new Set([start]));
    const order = runAutomaton<State>(flow.graphOf(fn), {
      start,
      step: (state, node) => this.#step(state, node, place),
      assume: (state, test, holds, about) =>
        this.#follower.assume ? this.#follower.assume(state, test, holds, place, about) : state,
    });
    if (order.gaveUp) this.gaveUp = true;
    const found = order.atReturn ?? new Set([start]);
    known.set(start, found);
    return found;
  }

  #step(state: State, node: Node, place: Place): readonly State[] {
    let states: ReadonlySet<State> = new Set([state]);
    if (node.type === "CallExpression" || node.type === "NewExpression") {
      for (const called of place.depth < DEPTH ? functionsRunBy(node, place.flow) : []) {
        if (this.#follower.enters && !this.#follower.enters(node, called, place)) continue;
        const { flow, fn } = called;
        const inner = { flow, fn, from: { place, call: node }, depth: place.depth + 1 };
        const ends = union([...states].map((each) => this.run(inner, each)));
        states = called.surely ? ends : union([states, ends]);
      }
    }
    return [...states].flatMap((each) => this.#follower.step(each, node, place));
  }
}
