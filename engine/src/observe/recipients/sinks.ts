import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import type { Node } from "../../flow/tree.ts";
import { hintsMoneyRequest } from "../hints.ts";
import { moneyRequests } from "../money-requests.ts";
import { valuesAt } from "../objects.ts";
import { requestsOf } from "../requests.ts";
import { chainSinks, isCallersOwn } from "./chains.ts";
import { helperSinks } from "./helpers.ts";
import { namesRecipient } from "./names.ts";
import { rowSinks } from "./rows.ts";

export type RecipientCall = TSESTree.CallExpression | TSESTree.NewExpression;

/** A value that says who receives money. */
export interface RecipientSink {
  readonly call: RecipientCall;
  readonly value: Node;
  readonly field: string;
  readonly provider: string | undefined;
  /** Whether the place itself names the recipient; otherwise what it was sent as has to. */
  readonly isRecipientField: boolean;
  /** Whether only the called function's name tells that money is sent. */
  readonly isByName: boolean;
}

const known = new WeakMap<Flow, readonly RecipientSink[]>();

/** All places of a file where a recipient is handed over, the surest first. */
export function recipientSinks(flow: Flow): readonly RecipientSink[] {
  let sinks = known.get(flow);
  if (!sinks) known.set(flow, (sinks = [...allSinks(flow)]));
  return sinks;
}

function* allSinks(flow: Flow): Generator<RecipientSink> {
  yield* providerSinks(flow);
  yield* mobileSinks(flow);
  const calls = flow.tree.all("CallExpression").filter((call) => !isCallersOwn(call, flow));
  for (const call of [...calls, ...flow.tree.all("NewExpression")]) {
    yield* chainSinks(call, flow);
    yield* rowSinks(call, flow);
  }
  for (const call of calls) yield* helperSinks(call, flow);
}

/** The recipient fields of a provider's own requests. */
function* providerSinks(flow: Flow): Generator<RecipientSink> {
  if (!hintsMoneyRequest(flow.module.text)) return;
  for (const { call, provider, body, recipientFields, operation } of moneyRequests(flow)) {
    // Nothing moves before the entry is paid.
    if (operation === "recipient") continue;
    const unlisted =
      provider === undefined && /payout|transfer|refund/.test(operation)
        ? [...body.values.keys()].filter(namesRecipient)
        : [];
    for (const field of [...recipientFields, ...unlisted]) {
      for (const value of valuesAt(body, field, flow))
        yield { call, value, field, provider, isRecipientField: true, isByName: false };
    }
  }
}

/** M-Pesa's payment to a customer, whose address is mostly configured. */
function* mobileSinks(flow: Flow): Generator<RecipientSink> {
  if (!/\bPartyB\b/.test(flow.module.text)) return;
  for (const { call, body } of requestsOf(flow)) {
    if (!body.values.has("InitiatorName")) continue;
    for (const value of body.values.get("PartyB") ?? [])
      yield { call, value, field: "PartyB", provider: undefined, isRecipientField: true, isByName: false };
  }
}
