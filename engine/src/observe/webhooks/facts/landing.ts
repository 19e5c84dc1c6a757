import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, isClass, isWithin, type Node } from "../../../flow/tree.ts";
import type { Handler } from "../handler.ts";
import { replyOf } from "../replies.ts";
import type { Place } from "./walk.ts";
import { isAwaited } from "./waiting.ts";

/** How what is thrown ends for the sender: with an error, with a success, or one cannot tell. */
export type Landing = "error" | "success" | "unknown";

/** Where an exception ends that is thrown in a function that a handler runs. */
export function landingOf(thrown: TSESTree.ThrowStatement, place: Place, handler: Handler): Landing {
  const reply = replyOf(thrown, place.flow);
  const status = reply?.status ?? statusCarried(thrown.argument, place.flow);
  return land(
    thrown,
    place,
    { status, plain: isPlain(thrown.argument, place.flow) || reply !== undefined },
    handler,
  );
}

interface Thrown {
  /** The HTTP status that the exception carries, as far as it shows. */
  readonly status: number | undefined;
  /** An exception of the language or of a framework, which no handler of errors takes for anything else. */
  readonly plain: boolean;
}

function land(from: Node, place: Place, thrown: Thrown, handler: Handler): Landing {
  const { flow } = place;
  let node = from;
  for (let up = flow.tree.parentOf(node); up && up !== place.fn; node = up, up = flow.tree.parentOf(up)) {
    if (up.type !== "TryStatement" || up.block !== node || !up.handler) continue;
    const caught = ofCatch(up.handler, thrown, flow);
    if (caught !== "thrown on") return caught;
  }
  if (place.from) {
    const { call, place: caller } = place.from;
    return isAwaited(call, caller.flow) || !place.fn.async ? land(call, caller, thrown, handler) : "unknown";
  }
  if (place.depth > 0) return "unknown";
  if (thrown.status !== undefined) return thrown.status >= 400 ? "error" : "success";
  // What a function that handles errors makes of a class of one's own is not known here.
  return thrown.plain ? "error" : "unknown";
}

function ofCatch(handler: TSESTree.CatchClause, thrown: Thrown, flow: Flow): Landing | "thrown on" {
  const inside = (node: Node) => isWithin(node, handler.body);
  const types = ["CallExpression", "NewExpression", "ReturnStatement", "AssignmentExpression"] as const;
  const replies = types
    .flatMap((type): readonly Node[] => flow.tree.all(type))
    .filter(inside)
    .flatMap((node) => replyOf(node, flow) ?? []);
  if (replies.length > 0) {
    if (replies.every(({ status }) => status !== undefined && status >= 400)) return "error";
    if (replies.every(({ status }) => status !== undefined && status < 400)) return "success";
    // The answer takes its status from what was caught.
    if (replies.some(({ status }) => status !== undefined) || thrown.status === undefined) return "unknown";
    return thrown.status >= 400 ? "error" : "success";
  }
  const throws = flow.tree.all("ThrowStatement").filter(inside);
  if (throws.length === 0) return handler.body.body.length === 0 ? "success" : "unknown";
  const last = handler.body.body.at(-1);
  return last?.type === "ThrowStatement" && throws.length === 1 ? "thrown on" : "unknown";
}

function isPlain(thrown: Node, flow: Flow): boolean {
  const value = bare(thrown);
  return (
    value.type === "NewExpression" && /^(?:Error|TypeError|RangeError)$/.test(flow.name(value.callee) ?? "")
  );
}

/** The status that an error of the project's own is made with: `new HttpError("…", 400)`, or a class of this file that says it. */
function statusCarried(thrown: Node, flow: Flow): number | undefined {
  const value = bare(thrown);
  if (value.type !== "NewExpression") return undefined;
  const given = value.arguments.flatMap((argument) => {
    const constant = flow.constant(argument);
    return typeof constant === "number" && constant >= 200 && constant < 600 ? [constant] : [];
  });
  if (given.length > 0) return given.length === 1 ? given[0] : undefined;
  const { root, path } = flow.resolve(value.callee);
  if (root.kind !== "value" || path.length > 0 || !isClass(root.node)) return undefined;
  const said = flow.tree
    .all("Literal")
    .filter((literal) => isWithin(literal, root.node))
    .flatMap(({ value: number }) =>
      typeof number === "number" && number >= 200 && number < 600 ? [number] : [],
    );
  return said.length === 1 ? said[0] : undefined;
}

/** Express: `next(new Error(…))` hands over to whoever answers errors. */
export function handsOnError(call: TSESTree.CallExpression, flow: Flow): boolean {
  return (
    calledName(call) === "next" &&
    call.arguments.length > 0 &&
    flow.resolve(call.callee).root.kind === "parameter"
  );
}
