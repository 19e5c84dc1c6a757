import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import type { Trace } from "../../flow/origin.ts";
import { bare, type FunctionNode, type Node, propertyName } from "../../flow/tree.ts";
import { effectOf } from "./effects.ts";
import { surelyBefore } from "./frameworks/sequence.ts";

/**
 * What a function does with the parsed body on every way to a check of its bytes: it puts it on the request, for
 * whatever runs next, or has effects because of it. To parse alone, for a log or a look-up, does no harm.
 */
export function actedOnBefore(check: Node, flow: Flow): Node | undefined {
  const fn = flow.tree.functionOf(check);
  if (!fn) return undefined;
  const isBefore = (node: Node) =>
    flow.tree.functionOf(node) === fn && !isInBranch(node, fn, flow) && surelyBefore(node, check, flow);
  const attached = flow.tree
    .all("AssignmentExpression")
    .find((node) => isBefore(node) && isOnRequest(node, fn, flow) && isParsed(node.right, flow));
  return attached ?? flow.tree.all("CallExpression").find((node) => isBefore(node) && isActing(node, flow));
}

function isInBranch(node: Node, fn: FunctionNode, flow: Flow): boolean {
  for (let up = flow.tree.parentOf(node); up && up !== fn; up = flow.tree.parentOf(up))
    if (
      /^(?:If|For|ForIn|ForOf|While|DoWhile)Statement$|^(?:Conditional|Logical)Expression$|^SwitchCase$|^CatchClause$/.test(
        up.type,
      )
    )
      return true;
  return false;
}

/** `req.body = …`, `ctx.request.body = …`. */
function isOnRequest({ left }: TSESTree.AssignmentExpression, fn: FunctionNode, flow: Flow): boolean {
  if (
    left.type !== "MemberExpression" ||
    !/^(?:body|event|payload|parsedBody|jsonBody|json)$/.test(propertyName(left) ?? "")
  )
    return false;
  const { root, path } = flow.resolve(bare(left.object));
  return (
    root.kind === "parameter" &&
    root.function === fn &&
    path.every((segment) => segment.kind === "member" && /^(?:req|request)$/.test(segment.name ?? ""))
  );
}

function isActing(node: TSESTree.CallExpression, flow: Flow): boolean {
  const kind = effectOf(node, flow)?.kind;
  if (kind !== "money" && kind !== "message" && kind !== "increment") return false;
  return node.arguments.some((argument) => isParsed(argument, flow));
}

function isParsed(node: Node, flow: Flow): boolean {
  return flow.traces(node).some((trace) => isParsedHere(trace, flow));
}

/** Made of a request's JSON: `JSON.parse(raw)`, `await request.json()`. */
function isParsedHere({ origin, steps }: Trace, flow: Flow): boolean {
  if (origin.kind !== "named" || origin.meaning.root.kind !== "parameter") return false;
  if (/^#\d+(?:\.req|\.request)?\.json\(\)/.test(origin.name ?? "")) return true;
  return steps.some(
    ({ kind, node }) =>
      kind === "call" && node.type === "CallExpression" && flow.name(node.callee) === "JSON.parse",
  );
}
