import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { runAutomaton } from "../../../flow/order.ts";
import type { Assumption } from "../../../flow/graph.ts";
import type { FunctionNode, Node } from "../../../flow/tree.ts";
import { namesVerifier } from "../../verifiers.ts";
import { type Check, checkAt } from "../checks.ts";
import { type Effect, effectOf } from "../effects.ts";
import { type Called, functionsRunBy, isOpened } from "../facts/called.ts";
import { replyOf } from "../replies.ts";
import { type Behaviour, checks, type Exit, UNKNOWN, type Way, withoutTests } from "./ways.ts";
import { mayHoldVerdict, testBehind } from "./variables.ts";
import { allOf, isCaught, promiseBehind } from "./promises.ts";
import { Acts } from "./acts.ts";
import { excuseOf } from "./excuses.ts";
import { handsOn } from "./handing-on.ts";
import { givesProof, mayCheck } from "./hidden.ts";
import { askedProvider } from "./refetches.ts";
import { combined, type Outcome, outcome, refused, type State, States, textOf } from "./states.ts";
import { outcomeOf, truthOf } from "./truth.ts";
import { isFollowed, usesOf } from "./uses.ts";

/** Steps and edges for one function; past it nothing is known of it. */
const CAP = 60_000;

/** One function, followed on all paths at once with what they show of the sender. */
export class Path {
  readonly #fn: FunctionNode;
  readonly #flow: Flow;
  readonly #behaviourOf: (fn: FunctionNode, flow: Flow) => Behaviour;
  readonly #states = new States();
  readonly #acts: Acts;
  readonly #passes = new Map<string, Way>();
  readonly #stubs = new Set<Node>();
  readonly #presence = new Set<Node>();
  #promise = false;

  constructor(fn: FunctionNode, flow: Flow, behaviourOf: (fn: FunctionNode, flow: Flow) => Behaviour) {
    this.#fn = fn;
    this.#flow = flow;
    this.#behaviourOf = behaviourOf;
    this.#acts = new Acts(flow, flow.graphOf(fn));
    this.#promise = fn.async;
  }

  run(): Behaviour {
    const { atReturn } = runAutomaton<State>(
      this.#flow.graphOf(this.#fn),
      {
        start: this.#states.start,
        step: (state, node) => this.#step(state, node),
        write: (state, target) => this.#write(state, target),
        assume: (state, test, holds, about) => this.#assume(state, test, holds, about),
        lookThrough: (node) => testBehind(node, this.#flow),
      },
      { cap: CAP },
    );
    if (!atReturn) return UNKNOWN;
    const exits = new Map<string, Exit>();
    for (const { trust, skip, denied, result } of atReturn) {
      const exit = { trust, skip, denied, outcome: result ?? outcome(false) };
      exits.set(`${wayText(exit)}${textOf(exit.outcome)}`, exit);
    }
    return {
      exits: [...exits.values()],
      acts: this.#acts.all(),
      passes: this.#passes.size > 0 ? [...this.#passes.values()] : undefined,
      promise: this.#promise,
      stubs: [...this.#stubs],
      presence: [...this.#presence],
    };
  }

  /** What a called function shows of the sender: its tests of other things are none where it never checks. */
  #called({ fn, flow }: Called): Behaviour {
    const behaviour = this.#behaviourOf(fn, flow);
    return checks(behaviour) ? behaviour : withoutTests(behaviour);
  }

  #step(state: State, node: Node): readonly State[] {
    const states = this.#evaluated(state, node);
    return this.#isResult(node) ? states.flatMap((each) => this.#returned(each, node)) : states;
  }

  #evaluated(state: State, node: Node): readonly State[] {
    switch (node.type) {
      case "CallExpression":
        return this.#afterCall(this.#afterReply(state, node), node);
      case "NewExpression":
        return this.#afterHidden(this.#afterReply(state, node), node);
      case "AwaitExpression":
        return this.#settled(state, node.argument, node);
      case "BinaryExpression":
      case "UnaryExpression": {
        const check = checkAt(node, this.#flow);
        return check ? this.#judged(state, check, node) : [state];
      }
      case "AssignmentExpression":
      case "TaggedTemplateExpression": {
        const after = this.#afterReply(state, node);
        const effect = effectOf(node, this.#flow);
        if (effect) this.#acts.add(effect, node, after);
        return [after];
      }
      default:
        return [state];
    }
  }

  #afterReply(state: State, node: Node): State {
    const status = replyOf(node, this.#flow)?.status;
    if (status === undefined || status < 400) return state;
    this.#acts.denies(node);
    return this.#states.with(state, { denied: true });
  }

  #afterCall(state: State, call: TSESTree.CallExpression): readonly State[] {
    this.#notePass(state, call);
    const check = checkAt(call, this.#flow);
    if (check) return check.promise ? this.#promised(state, call) : this.#judged(state, check, call);
    const effect = this.#effectOf(call);
    if (effect && this.#forwards(effect, call)) return [this.#doubted(state, call)];
    if (effect) this.#acts.add(effect, call, state);
    const opened = functionsRunBy(call, this.#flow).find(({ callback }) => !callback);
    if (!opened && !effect) return this.#afterHidden(state, call);
    const states = this.#afterCallbacks([state], call);
    return opened ? states.flatMap((each) => this.#afterOpened(each, call, opened)) : states;
  }

  /** What cannot be opened may check before it runs what it is given. */
  #afterHidden(state: State, call: TSESTree.CallExpression | TSESTree.NewExpression): readonly State[] {
    return this.#afterCallbacks([mayCheck(call, this.#flow) ? this.#doubted(state, call) : state], call);
  }

  /** A call that can be opened does what its body does, whatever it is called. */
  #effectOf(call: TSESTree.CallExpression): Effect | undefined {
    const effect = effectOf(call, this.#flow);
    if (effect?.kind === "message" && isOpened(call, this.#flow)) return undefined;
    // What is waited for elsewhere is looked at where it is called.
    if (effect?.kind === "queue" && /^(?:waitUntil|after|unstable_after)$/.test(calledName(call) ?? ""))
      return undefined;
    return effect;
  }

  /** Who is handed the headers as well as the body may check them: a worker behind a queue, another service. */
  #forwards({ kind }: Effect, call: TSESTree.CallExpression): boolean {
    if (kind !== "queue" && kind !== "request") return false;
    return (
      call.arguments.some((argument) => givesProof(argument, this.#flow)) ||
      askedProvider(call, this.#flow) !== undefined
    );
  }

  #afterOpened(state: State, call: TSESTree.CallExpression, called: Called): readonly State[] {
    const { flow } = called;
    const behaviour = this.#called(called);
    this.#acts.addAll(behaviour.acts, call, state, flow === this.#flow);
    if (this.#isStub(behaviour, call)) this.#stubs.add(call);
    if (flow === this.#flow) for (const stub of behaviour.stubs) this.#stubs.add(stub);
    return behaviour.promise ? [state] : this.#after(state, call, behaviour, flow);
  }

  #isStub({ exits, acts }: Behaviour, call: TSESTree.CallExpression): boolean {
    if (!namesVerifier(calledName(call)) || acts.length > 0 || exits.length === 0) return false;
    if (!call.arguments.some((argument) => givesProof(argument, this.#flow))) return false;
    return exits.every(({ trust }) => trust === "open") && exits.some((exit) => exit.outcome.truth !== false);
  }

  /** Callbacks run now, later or never: what they do counts, what they prove does only where they surely run. */
  #afterCallbacks(
    states: readonly State[],
    call: TSESTree.CallExpression | TSESTree.NewExpression,
  ): readonly State[] {
    let after = states;
    for (const called of functionsRunBy(call, this.#flow)) {
      if (!called.callback) continue;
      const behaviour = this.#called(called);
      for (const state of after) this.#acts.addAll(behaviour.acts, call, state, called.flow === this.#flow);
      const shows = behaviour.exits.some(({ trust }) => trust !== "open");
      if (!shows) continue;
      after = after.flatMap((state) => this.#afterCallback(state, call, called, behaviour));
    }
    return after;
  }

  #afterCallback(
    state: State,
    call: TSESTree.CallExpression | TSESTree.NewExpression,
    { surely }: Called,
    behaviour: Behaviour,
  ): readonly State[] {
    const finds = /^(?:some|find|findLast|any)$/.test(calledName(call) ?? "");
    if (finds && behaviour.exits.every((exit) => exit.outcome.truth !== undefined))
      return this.#after(state, call, behaviour, this.#flow);
    const proves = behaviour.exits.every(({ trust }) => trust === "checked");
    const trust = surely && proves ? "checked" : combined(state.trust, "maybe");
    if (trust !== state.trust) this.#acts.looks(call);
    return [this.#states.with(state, { trust })];
  }

  /** The states after a function of the project, told apart by how it ended. */
  #after(state: State, node: Node, { exits }: Behaviour, flow: Flow): readonly State[] {
    const isPlain = exits.every(({ trust, skip, denied }) => trust === "open" && !skip && !denied);
    if (isPlain) return [state];
    if (exits.some(({ trust }) => trust !== "open" && trust !== "excused")) this.#acts.looks(node);
    const followed = isFollowed(node, this.#flow);
    return exits.map((exit) => {
      const shown = exit.trust === "refused" && !followed ? "maybe" : exit.trust;
      const after = this.#states.with(state, {
        trust: combined(state.trust, shown),
        skip: state.skip ?? (exit.skip && flow !== this.#flow ? node : exit.skip),
        denied: state.denied || exit.denied,
      });
      return this.#states.judged(after, node, exit.outcome);
    });
  }

  /** The states after a check whose outcome is there. */
  #judged(state: State, { proves }: Check, node: Node): readonly State[] {
    this.#acts.looks(node);
    const checked = this.#states.with(state, { trust: "checked" });
    if (proves === "end") return [checked];
    const followed = isFollowed(node, this.#flow);
    const failed = followed ? refused(state.trust) : combined(state.trust, "maybe");
    return [
      this.#states.judged(checked, node, outcome(proves === "true")),
      this.#states.judged(this.#states.with(state, { trust: failed }), node, outcome(proves !== "true")),
    ];
  }

  /** A promise whose way cannot be followed may be waited for there. */
  #promised(state: State, call: Node): readonly State[] {
    return usesOf(call, this.#flow).has("unknown") ? [this.#doubted(state, call)] : [state];
  }

  #doubted(state: State, node: Node): State {
    const trust = combined(state.trust, "maybe");
    if (trust === state.trust) return state;
    this.#acts.looks(node);
    return this.#states.with(state, { trust });
  }

  /** The states once a promise is waited for: at its `await`, or where it is returned. */
  #settled(state: State, promise: Node, at: Node): readonly State[] {
    const awaited = promiseBehind(promise, this.#flow);
    if (awaited.type !== "CallExpression") return [state];
    const together = allOf(awaited, this.#flow);
    if (together)
      return together.reduce<readonly State[]>(
        (states, each) => states.flatMap((next) => this.#settled(next, each, each)),
        [state],
      );
    const check = checkAt(awaited, this.#flow);
    if (check?.promise) return this.#withCatch(this.#judged(state, check, at), state, promise, at);
    const opened = check ? undefined : functionsRunBy(awaited, this.#flow).find((each) => !each.callback);
    const behaviour = opened && this.#called(opened);
    return behaviour?.promise
      ? this.#withCatch(this.#after(state, at, behaviour, opened!.flow), state, promise, at)
      : [state];
  }

  /** `await verify().catch(() => undefined)` ends where the check fails, too. */
  #withCatch(states: readonly State[], before: State, promise: Node, at: Node): readonly State[] {
    if (!isCaught(promise)) return states;
    const failed = this.#states.with(before, { trust: refused(before.trust) });
    return [
      ...states.map((state) => this.#states.judged(state, at, outcome(true))),
      this.#states.judged(failed, at, outcome(false)),
    ];
  }

  #isResult(node: Node): boolean {
    const up = this.#flow.tree.parentOf(node);
    if (up === this.#fn) return this.#fn.body === node;
    return (
      up?.type === "ReturnStatement" && up.argument === node && this.#flow.tree.functionOf(up) === this.#fn
    );
  }

  #returned(state: State, node: Node): readonly State[] {
    if (node.type === "BlockStatement") return [state];
    const settled = this.#settled(state, node, node);
    if (settled.length !== 1 || settled[0] !== state) this.#promise = true;
    return settled.map((each) => {
      const result: Outcome = outcomeOf(node, each, this.#flow);
      return this.#states.with(each, { result });
    });
  }

  #notePass(state: State, call: TSESTree.CallExpression): void {
    if (!handsOn(call, this.#fn, this.#flow)) return;
    const { trust, skip, denied } = state;
    this.#passes.set(wayText(state), { trust, skip, denied });
  }

  #assume(state: State, test: Node, holds: boolean, about: Assumption["about"]): State | undefined {
    const truth = truthOf(test, state, this.#flow);
    if (truth !== undefined && truth !== holds && (about === "truth" || truth)) return undefined;
    // A test whose outcome is known tells nothing more.
    if (truth !== undefined) return state;
    if (state.trust === "checked" || state.trust === "excused" || state.trust === "maybe") return state;
    switch (excuseOf(test, holds, about, this.#flow)) {
      case "skips":
        this.#presence.add(test);
        // Also after a check came out wrong: what was left out lets it pass all the same.
        return this.#states.with(state, { trust: "open", skip: state.skip ?? test });
      case "develops":
        return this.#states.with(state, { trust: "excused" });
      case "may-check":
        return this.#doubted(state, test);
      default:
        return state;
    }
  }

  /** A variable of several values that holds a verdict, or a literal instead of one, is told apart by its value. */
  #write(state: State, target: Node): State {
    const variable = this.#flow.scopes.variableOf(target);
    const writes = variable ? this.#flow.scopes.writesOf(variable) : [];
    if (!variable || writes.length < 2 || !mayHoldVerdict(writes, this.#flow)) return state;
    const write = writes.find((each) => each.target === target);
    const isWhole = write?.path.length === 0 && (write.how === "declared" || write.how === "assigned");
    const truth =
      isWhole && write.value ? truthOf(write.value, state, this.#flow) : isWhole ? false : undefined;
    return this.#states.flagged(state, variable, truth);
  }
}

function wayText({ trust, denied, skip }: Way): string {
  return `${trust} ${denied} ${skip ? skip.range[0] : ""} `;
}
