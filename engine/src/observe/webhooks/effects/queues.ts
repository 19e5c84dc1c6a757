import type { Flow } from "../../../flow/flow.ts";
import { bare, type Node } from "../../../flow/tree.ts";
import { type Chain, packageBehind, textOf } from "./chain.ts";

const COMMANDS =
  /^(?:SendMessage|SendMessageBatch|Publish|PublishBatch|PutEvents|Invoke|StartExecution)Command$/;

const VERBS = /^(?:add|addBulk|send|publish|trigger)$/;

/** Whether a call hands work to somebody who does it after the answer: a queue, a bus, `waitUntil`, `after`. */
export function isQueued(chain: Chain, flow: Flow): boolean {
  const { last, receiver, call } = chain;
  const module = VERBS.test(last) ? packageBehind(chain, flow) : chain.module;
  const text = textOf(chain);
  switch (last) {
    case "waitUntil":
      return call.arguments.length > 0;
    case "after":
    case "unstable_after":
      return module === "next/server";
    case "add":
    case "addBulk":
      return /^(?:bull|bullmq|bee-queue)/.test(module ?? "") || /queue/i.test(`${module ?? ""} ${receiver}`);
    case "send":
      if (COMMANDS.test(constructed(call.arguments[0]))) return true;
      return /inngest|pg-?boss|\bboss\b|kafka|producer|\w*queue$|_QUEUE\b/i.test(
        `${module ?? ""} ${receiver}`,
      );
    case "enqueue":
    case "sendToQueue":
    case "publishMessage":
    case "publishJSON":
    case "sendMessageBatch":
      return true;
    case "publish":
      return /qstash|pubsub|topic|channel|amqp|sns|redis|queue|eventBus/i.test(text);
    case "trigger":
      return /^@trigger\.dev/.test(module ?? "") || /\btasks?$/i.test(receiver);
    case "schedule":
      return /scheduler|agenda/i.test(receiver);
    default:
      return false;
  }
}

function constructed(node: Node | undefined): string {
  const value = node && bare(node);
  return value?.type === "NewExpression" && value.callee.type === "Identifier" ? value.callee.name : "";
}
