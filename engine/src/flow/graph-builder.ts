import type { Assumption, Edge, GraphOptions, Point } from "./graph.ts";
import type { Node } from "./tree.ts";

/** A way that has not arrived anywhere yet, with what is known on it. */
export interface End {
  readonly from: GrowingPoint;
  readonly given?: Assumption;
}

/** The two ways out of a condition. */
export interface Branches {
  readonly yes: readonly End[];
  readonly no: readonly End[];
}

/** A point while its graph is built. */
export interface GrowingPoint extends Point {
  readonly next: Edge[];
}

/** What `break` and `continue` can leave; `plain` ones need no label. */
interface JumpFrame {
  readonly kind: "jump";
  readonly labels: readonly string[];
  readonly plain: boolean;
  readonly onBreak: GrowingPoint;
  readonly onContinue?: GrowingPoint;
}

interface CatchFrame {
  readonly kind: "catch";
  readonly handler: GrowingPoint;
}

/** A `finally` block to be copied once for each place that is left through it. */
interface FinallyFrame {
  readonly kind: "finally";
  readonly exits: Map<GrowingPoint, { readonly entry: GrowingPoint; readonly outermost: number }>;
}

/** Nearly every node has one point. */
type PointsByNode = Map<Node, Point | Point[]>;

type Frame = JumpFrame | CatchFrame | FinallyFrame;

/** Deeper nesting than any person writes; kept well inside the smallest stack. */
const MAX_DEPTH = 400;
/** Only `finally` blocks nested in `finally` blocks come near it: their copies multiply. */
const MAX_POINTS = 200_000;

/** Events that no code of the program can make throw. Left out: undeclared names and reads before a declaration. */
const NEVER_THROW: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "ChainExpression",
  "ConditionalExpression",
  "FunctionDeclaration",
  "FunctionExpression",
  "Identifier",
  "JSXText",
  "Literal",
  "LogicalExpression",
  "MetaProperty",
  "ReturnStatement",
  "SequenceExpression",
  "Super",
  "TSAsExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
  "TemplateElement",
  "ThisExpression",
  "ThrowStatement",
]);

/** Grows the graph from where control stands; knows edges and ways out, but nothing of what the nodes mean. */
export class GraphBuilder {
  readonly options: GraphOptions;
  readonly events: PointsByNode = new Map();
  readonly writes: PointsByNode = new Map();
  readonly entry: GrowingPoint;
  readonly returned: GrowingPoint;
  readonly thrown: GrowingPoint;
  size = 0;
  complete = true;
  /** Where control stands: nothing after a jump, several ways after a branch. */
  ends: readonly End[];
  /** The ways out of each optional chain that is being followed, the innermost last. */
  readonly chains: End[][] = [];
  /** The labels in front of a loop. */
  readonly labels: Map<Node, readonly string[]> = new Map();
  readonly #frames: Frame[] = [];
  #depth = 0;

  constructor(options: GraphOptions) {
    this.options = options;
    this.entry = this.join();
    this.returned = this.join();
    this.thrown = this.join();
    this.ends = [{ from: this.entry }];
  }

  /** Called before nested code is followed; false when it is nested too deeply for that. */
  deeper(): boolean {
    if (this.#depth >= MAX_DEPTH || this.size >= MAX_POINTS) {
      this.complete = false;
      return false;
    }
    this.#depth++;
    return true;
  }

  shallower(): void {
    this.#depth--;
  }

  /** A point that others can lead to, without going there. */
  join(): GrowingPoint {
    return this.#point("join", undefined, undefined, undefined);
  }

  enter(statement: Node): void {
    const point = this.#point("enter", statement, undefined, undefined);
    record(this.events, statement, point);
    this.moveTo(point);
  }

  event(node: Node): void {
    const point = this.#point(
      "event",
      node,
      undefined,
      this.#frames.length > 0 && mayThrow(node) ? this.#handler() : undefined,
    );
    record(this.events, node, point);
    this.moveTo(point);
    if (node.type !== "CallExpression" && node.type !== "AwaitExpression") return;
    if (this.options.neverReturns?.(node)) this.ends = [];
  }

  write(target: Node, by: Node): void {
    const point = this.#point("write", target, by, undefined);
    record(this.writes, target, point);
    this.moveTo(point);
  }

  #point(
    role: Point["role"],
    node: Node | undefined,
    by: Node | undefined,
    throwsTo: Point | undefined,
  ): GrowingPoint {
    this.size++;
    return { role, node, by, next: [], throwsTo };
  }

  connect(ends: readonly End[], to: Point): void {
    for (const { from, given } of ends) from.next.push(given ? { to, given } : { to });
  }

  moveTo(point: GrowingPoint): void {
    this.connect(this.ends, point);
    this.ends = [{ from: point }];
  }

  /** The ways on from here on which something more is known. */
  given(test: Node, holds: boolean, about: Assumption["about"] = "truth"): readonly End[] {
    const given: Assumption = { test, holds, about };
    return this.ends.map(({ from }) => ({ from, given }));
  }

  /** Something throws here, perhaps, that is no event of its own. */
  mayThrow(): void {
    const handler = this.#handler();
    if (handler) this.connect(this.ends, handler);
  }

  throwFrom(): void {
    this.connect(this.ends, this.#handler() ?? this.thrown);
    this.ends = [];
  }

  returnFrom(): void {
    this.connect(this.ends, this.#through(this.returned, -1));
    this.ends = [];
  }

  /** `break` or `continue`; one without a place to go to, in half-typed code, ends the way. */
  jump(kind: "break" | "continue", label: string | undefined): void {
    for (let at = this.#frames.length - 1; at >= 0; at--) {
      const frame = this.#frames[at]!;
      if (frame.kind !== "jump") continue;
      if (label === undefined ? !frame.plain : !frame.labels.includes(label)) continue;
      const target = kind === "break" ? frame.onBreak : frame.onContinue;
      if (!target) continue;
      this.connect(this.ends, this.#through(target, at));
      break;
    }
    this.ends = [];
  }

  inJumpFrame(frame: Omit<JumpFrame, "kind">, follow: () => void): void {
    this.#inFrame({ kind: "jump", ...frame }, follow);
  }

  inCatchFrame(handler: GrowingPoint, follow: () => void): void {
    this.#inFrame({ kind: "catch", handler }, follow);
  }

  /** Follows the code before a `finally` block, then the block once for each way into it. */
  inFinallyFrame(follow: () => void, followFinally: () => void): void {
    const frame: FinallyFrame = { kind: "finally", exits: new Map() };
    this.#inFrame(frame, follow);
    followFinally();
    const after = this.ends;
    for (const [target, { entry, outermost }] of frame.exits) {
      this.ends = [{ from: entry }];
      followFinally();
      const onward = target === this.thrown ? (this.#handler() ?? target) : this.#through(target, outermost);
      this.connect(this.ends, onward);
    }
    this.ends = after;
  }

  #inFrame(frame: Frame, follow: () => void): void {
    this.#frames.push(frame);
    follow();
    this.#frames.pop();
  }

  /** Where an exception goes from here; undefined when no `try` is around. */
  #handler(): GrowingPoint | undefined {
    for (let at = this.#frames.length - 1; at >= 0; at--) {
      const frame = this.#frames[at]!;
      if (frame.kind === "catch") return frame.handler;
      if (frame.kind === "finally") return this.#through(this.thrown, at - 1);
    }
    return undefined;
  }

  /** A target, or the copy of the innermost `finally` block that stands between here and the frame of the target. */
  #through(target: GrowingPoint, outermost: number): GrowingPoint {
    for (let at = this.#frames.length - 1; at > outermost; at--) {
      const frame = this.#frames[at]!;
      if (frame.kind !== "finally") continue;
      let exit = frame.exits.get(target);
      if (!exit) frame.exits.set(target, (exit = { entry: this.join(), outermost }));
      return exit.entry;
    }
    return target;
  }
}

function record(points: PointsByNode, node: Node, point: Point): void {
  const known = points.get(node);
  if (!known) points.set(node, point);
  else if (Array.isArray(known)) known.push(point);
  else points.set(node, [known, point]);
}

function mayThrow(node: Node): boolean {
  switch (node.type) {
    case "AssignmentExpression":
      return node.left.type !== "Identifier";
    case "VariableDeclarator":
      return node.id.type !== "Identifier";
    case "UnaryExpression":
      return node.operator !== "!" && node.operator !== "typeof" && node.operator !== "void";
    case "BinaryExpression":
      return node.operator !== "===" && node.operator !== "!==";
    default:
      return !NEVER_THROW.has(node.type);
  }
}
