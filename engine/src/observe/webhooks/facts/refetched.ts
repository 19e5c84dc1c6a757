import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { type Node, rangeOf } from "../../../flow/tree.ts";
import { type Provider, providerById } from "../../../providers/index.ts";
import type { Fact } from "../../observation.ts";
import { askedProvider } from "../checks/refetches.ts";
import { chainOf } from "../effects/chain.ts";
import { assignsDone, fulfils } from "../effects/fulfilment.ts";
import type { Handler } from "../handler.ts";
import { hidesEvent, provesSender } from "./called.ts";
import { effectAt } from "./deduplicated.ts";
import { type Place, shownAt, walk } from "./walk.ts";

/** Whether the provider was asked before: not, perhaps by something that cannot be seen, or surely. */
export type Asked = "no" | "perhaps" | "yes";

interface Fulfilment {
  readonly node: Node;
  readonly place: Place;
  readonly asked: Set<Asked>;
}

/**
 * Whether what is fulfilled was read from the provider again. No: something is marked paid or a balance raised by what
 * the event says alone. Undefined where the provider does not ask for it, or nothing is fulfilled.
 */
export function refetched(handler: Handler): Fact | undefined {
  const provider = handler.provider === undefined ? undefined : providerById(handler.provider);
  if (!provider?.event?.refetch) return undefined;
  return askedBefore(handler, {
    asks: (node, flow) => asks(node, provider, flow),
    note: "the event's own word is taken for it",
  });
}

/** What counts as a question to the provider. */
export interface Question {
  readonly asks: (node: TSESTree.CallExpression, flow: Flow) => Asked;
  /** Whether the outcome of a test says that somebody asked before. */
  readonly knows?: (test: Node, holds: boolean, flow: Flow) => boolean;
  /** What is wrong with what comes before any question. */
  readonly note: string;
}

/** Whether everything that a handler fulfils comes after a question to the provider; undefined where nothing is. */
export function askedBefore(handler: Handler, { asks, knows, note }: Question): Fact | undefined {
  const found = new Map<Node, Fulfilment>();
  const { atReturn } = walk<Asked>(handler, {
    start: "no",
    step(state, node, place) {
      const effect = effectAt(node, place.flow);
      if ((effect && fulfils(effect, place.flow)) || assignsDone(node, place.flow)) {
        const known = found.get(node) ?? { node, place, asked: new Set<Asked>() };
        known.asked.add(state);
        found.set(node, known);
      }
      if (state === "yes" || node.type !== "CallExpression") return state;
      const answer = asks(node, place.flow);
      return answer === "no" ? state : answer;
    },
    assume(state, test, holds, { flow }) {
      return state === "no" && knows?.(test, holds, flow) ? "perhaps" : state;
    },
  });
  const all = [...found.values()].sort((a, b) => a.node.range[0] - b.node.range[0]);
  const [first] = all;
  if (!first) return undefined;
  const wrong = atReturn && all.find(({ asked }) => asked.size === 1 && asked.has("no"));
  const { node, place } = wrong ?? first;
  const shown = shownAt(node, place, handler.flow);
  const range = shown ? rangeOf(shown) : handler.range;
  if (wrong) return { answer: "no", range, steps: [{ range, note }] };
  const always = all.every(({ asked }) => asked.size === 1 && asked.has("yes"));
  return { answer: always ? "yes" : "unknown", range, steps: [] };
}

const READS = /^(?:get|retrieve|fetch|find|read|list|query|load|verify|status|check|sync|confirm)/i;

/** Whether a call asks a provider for an object, or may do so. */
function asks(call: TSESTree.CallExpression, provider: Provider, flow: Flow): Asked {
  const asked = askedProvider(call, flow);
  if (asked === provider.id) return "yes";
  if (asked === "unknown") return "perhaps";
  if (provesSender(call, flow)) return "no";
  return hidesEvent(call, flow) || isUnseenRead(call, flow) ? "perhaps" : "no";
}

/** `getPayment(id)`, `this.client.invoices.retrieve(id)` of something that cannot be opened. */
function isUnseenRead(call: TSESTree.CallExpression, flow: Flow): boolean {
  const name = calledName(call) ?? "";
  if (!READS.test(name) || effectAt(call, flow)) return false;
  const { module, links, base } = chainOf(call, flow);
  const words = [module ?? base, ...links.map((link) => link.name)].join(" ");
  return /payment|invoice|charge|transaction|checkout|session|client|api|gateway|provider/i.test(words);
}
