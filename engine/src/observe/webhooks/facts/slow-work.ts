import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, isFunction, type Node } from "../../../flow/tree.ts";
import { providersOfHost } from "../../../providers/index.ts";
import { partsOf, requestsOf } from "../../requests.ts";
import { chainOf } from "../effects/chain.ts";
import { effectAt } from "./deduplicated.ts";
import { functionsRunBy } from "./called.ts";

/** What keeps a provider waiting, in the words of a message. */
export type SlowWork = "a message" | "money moved" | "a request" | "an AI's answer" | "a pause";

/** The slow work that a call starts by itself. Reading an object from the provider again is none: some ask for it. */
export function slowWorkOf(node: Node, flow: Flow): SlowWork | undefined {
  const effect = effectAt(node, flow);
  if (effect?.slow)
    return effect.kind === "message" ? "a message" : effect.kind === "money" ? "money moved" : "a request";
  if (effect) return undefined;
  if (node.type === "NewExpression") return isPause(node, flow) ? "a pause" : undefined;
  if (node.type !== "CallExpression") return undefined;
  if (asksModel(node, flow)) return "an AI's answer";
  if (isNamedPause(node, flow)) return "a pause";
  return readsElsewhere(node, flow) ? "a request" : undefined;
}

const MODELS =
  /^(?:openai|@anthropic-ai\/|ai$|@ai-sdk\/|@google\/gen|@google-ai\/|cohere-ai|replicate|groq-sdk|@mistralai\/|@langchain\/|langchain|@huggingface\/)/;

function asksModel(call: TSESTree.CallExpression, flow: Flow): boolean {
  const { module, last } = chainOf(call, flow);
  return (
    module !== undefined &&
    MODELS.test(module) &&
    /^(?:create|generate\w*|invoke|run|predict|complete|chat|parse|embed\w*|stream)$/.test(last)
  );
}

/** `new Promise((resolve) => setTimeout(resolve, 4000))`. */
function isPause(node: TSESTree.NewExpression, flow: Flow): boolean {
  const [executor] = node.arguments;
  if (calledName(node) !== "Promise" || !executor || !isFunction(bare(executor))) return false;
  return flow.tree
    .all("CallExpression")
    .some(
      (call) =>
        flow.tree.functionOf(call) === bare(executor) &&
        calledName(call) === "setTimeout" &&
        isLong(call.arguments[1], flow),
    );
}

/** `sleep(4000)`, whose function is a library's or cannot be opened. */
function isNamedPause(call: TSESTree.CallExpression, flow: Flow): boolean {
  return (
    /^(?:sleep|delay|pause)$/.test(calledName(call) ?? "") &&
    functionsRunBy(call, flow).length === 0 &&
    isLong(call.arguments[0], flow)
  );
}

function isLong(time: Node | undefined, flow: Flow): boolean {
  const value = time && flow.constant(time);
  return typeof value === "number" && value >= 1000;
}

/** A GET request to a host that is written out and is no payment provider's. */
function readsElsewhere(call: TSESTree.CallExpression, flow: Flow): boolean {
  const request = requestsOf(flow).find((other) => other.call === call);
  if (!request || request.method !== "GET") return false;
  const { host } = partsOf(request.url);
  return host !== undefined && providersOfHost(host).length === 0 && !/^(?:localhost|127\.)/.test(host);
}
