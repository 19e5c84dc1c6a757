import type { TSESTree } from "@typescript-eslint/types";
import type { Meaning } from "./meaning.ts";
import { type Parts, Search } from "./search.ts";
import type { Node } from "./tree.ts";

/** Where a value can come from, as far as one file shows it. */
export type Origin =
  | {
      readonly kind: "literal";
      readonly node: Node;
      readonly value: string | number | bigint | boolean | null | undefined;
    }
  | { readonly kind: "environment"; readonly node: Node; readonly name: string | undefined }
  /** A parameter, an import, a global, or what a call of one of them answers; `name` as nameOf() gives it. */
  | {
      readonly kind: "named";
      readonly node: Node;
      readonly meaning: Meaning;
      readonly name: string | undefined;
    }
  /** A value that the code makes on the spot: an object, a function, a comparison. */
  | { readonly kind: "made"; readonly node: Node }
  | { readonly kind: "unknown"; readonly node: Node };

/** One origin of a value, with the way from the value back to it. */
export interface Trace {
  readonly origin: Origin;
  /** From the value asked about back to the origin. */
  readonly steps: readonly TraceStep[];
}

export interface TraceStep {
  readonly kind:
    | "alias"
    | "member"
    | "operand"
    | "branch"
    | "template"
    | "call"
    | "property"
    | "argument"
    | "return"
    | "element";
  readonly node: Node;
  /** The called function's or method's name, the member's name, or the operator. */
  readonly name: string | undefined;
}

export interface TraceOptions {
  /** Calls that hand on a value although this file does not show it: the parts that the result is made of. */
  readonly follow?: (call: TSESTree.CallExpression, callee: Meaning) => readonly Node[] | undefined;
  /** Where to stop: a node that is an origin by itself for the one who asks. */
  readonly stop?: (node: Node) => boolean;
}

const PLAIN: TraceOptions = {};
/** Expressions visited for one file; handwritten files of some thousand lines take a tenth of it. */
const WORK = 1_000_000;
const KEPT = 16;

/** Follows values backwards, on demand, to the set of their origins. */
export class Origins {
  readonly #parts: Parts;
  /** By the way of asking; the same options object asked twice for a node is answered once. */
  readonly #known = new Map<TraceOptions, Map<Node, readonly Trace[]>>();
  #work = 0;
  /** How often the budget ran out. */
  gaveUp = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** All origins of an expression; never empty. */
  of(expression: Node, options: TraceOptions = PLAIN): readonly Trace[] {
    let known = this.#known.get(options);
    if (!known) this.#known.set(options, (known = new Map()));
    let traces = known.get(expression);
    if (traces) return traces;
    if (this.#work > WORK) {
      this.gaveUp++;
      return [{ origin: { kind: "unknown", node: expression }, steps: [] }];
    }
    const search = new Search(this.#parts, options);
    traces = search.run(expression);
    this.#work += search.visits;
    if (search.exhausted) this.gaveUp++;
    // A value of many origins is rarely asked for twice, and what bundled code makes of it would fill the memory.
    if (traces.length <= KEPT) known.set(expression, traces);
    return traces;
  }
}
