import type { Variable } from "@typescript-eslint/scope-manager";
import type { Node } from "../../../flow/tree.ts";

/**
 * What a path has shown of who sent the request. `open`: nothing. `maybe`: something that cannot be seen may have.
 * `checked`: the sender is known. `refused`: a check came out wrong. `excused`: it is not looked at in development.
 */
export type Trust = "open" | "maybe" | "checked" | "refused" | "excused";

/** How an expression came out, as a whole and by the members of the object that it is. */
export interface Outcome {
  readonly truth: boolean | undefined;
  readonly fields: ReadonlyMap<string, boolean | undefined> | undefined;
}

/** What is known of a path through a function. */
export interface State {
  readonly trust: Trust;
  /** The test that leads around the check: of something left out, or of a switch. */
  readonly skip: Node | undefined;
  /** How checks on the way came out, the latest last. */
  readonly verdicts: ReadonlyMap<Node, Outcome>;
  /** Variables of several values, with the truth of the one they hold here. */
  readonly flags: ReadonlyMap<Variable, boolean>;
  /** What the function answers, once it does. */
  readonly result: Outcome | undefined;
  /** An error was answered on the way. */
  readonly denied: boolean;
}

/** So many verdicts and flags are kept of a path; a refusal whose verdict is forgotten is no more than a doubt. */
const KEPT = 4;

export function outcome(truth: boolean | undefined, fields?: Outcome["fields"]): Outcome {
  return { truth, fields };
}

export function refused(trust: Trust): Trust {
  return trust === "open" ? "refused" : trust;
}

/** What is known after a part of a path, where that part by itself shows something. */
export function combined(before: Trust, shown: Trust): Trust {
  switch (shown) {
    case "open":
      return before;
    case "refused":
      return refused(before);
    case "maybe":
      return before === "open" || before === "refused" ? "maybe" : before;
    case "excused":
      return before === "checked" ? before : "excused";
    case "checked":
      return "checked";
  }
}

/** Makes each state once, since an automaton compares them as in a Set. */
export class States {
  readonly #known = new Map<string, State>();
  readonly #ids = new Map<object, number>();
  readonly start = this.#intern({
    trust: "open",
    skip: undefined,
    verdicts: new Map(),
    flags: new Map(),
    result: undefined,
    denied: false,
  });

  with(state: State, change: Partial<State>): State {
    return this.#intern({ ...state, ...change });
  }

  judged(state: State, node: Node, result: Outcome): State {
    const verdicts = new Map(state.verdicts);
    verdicts.delete(node);
    verdicts.set(node, result);
    const [oldest] = verdicts.keys();
    if (verdicts.size <= KEPT) return this.with(state, { verdicts });
    verdicts.delete(oldest!);
    return this.with(state, { verdicts, trust: doubted(state.trust) });
  }

  flagged(state: State, variable: Variable, truth: boolean | undefined): State {
    const flags = [...state.flags].filter(([other]) => other !== variable);
    if (truth !== undefined) flags.push([variable, truth]);
    if (flags.length > KEPT) return this.with(state, { trust: doubted(state.trust) });
    // In one order, so that paths that know the same are one.
    return this.with(state, { flags: new Map(flags.sort(([a], [b]) => this.#id(a) - this.#id(b))) });
  }

  #intern(state: State): State {
    const key = [
      state.trust,
      state.denied,
      state.skip ? this.#id(state.skip) : "",
      [...state.verdicts].map(([node, result]) => `${this.#id(node)}:${textOf(result)}`).join(),
      [...state.flags].map(([variable, truth]) => `${this.#id(variable)}:${truth}`).join(),
      state.result ? textOf(state.result) : "",
    ].join("|");
    let known = this.#known.get(key);
    if (!known) this.#known.set(key, (known = state));
    return known;
  }

  #id(object: object): number {
    let id = this.#ids.get(object);
    if (id === undefined) this.#ids.set(object, (id = this.#ids.size));
    return id;
  }
}

export function textOf({ truth, fields }: Outcome): string {
  return `${truth}{${[...(fields ?? [])].map(([name, value]) => `${name}:${value}`).join(";")}}`;
}

function doubted(trust: Trust): Trust {
  return trust === "refused" ? "maybe" : trust;
}
