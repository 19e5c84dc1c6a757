import type { Flow } from "../flow/flow.ts";
import { type Node, rangeOf } from "../flow/tree.ts";
import { providerById } from "../providers/index.ts";
import { isTestFile } from "./files.ts";
import { hintsMoneyRequest } from "./hints.ts";
import { flawOf } from "./idempotency/flaws.ts";
import { describeCarrier, keysOf } from "./idempotency/keys.ts";
import { stabilityOf } from "./idempotency/stability.ts";
import type { Answer, Fact, MoneyCall, Step } from "./observation.ts";
import type { Observer } from "./observer.ts";
import { type MoneyRequest, moneyRequests } from "./money-requests.ts";
import { repairKey } from "./repairs/idempotency.ts";

/** Calls that create a movement of money, and whether a repetition would move it again. */
export const moneyCalls: Observer = {
  kind: "money-call",
  keywords:
    /idempot|stripe|paypal|paystack|flutterwave|razorpay|refund|payout|transfer|charge|payment|subscription|disburse|withdraw/i,
  suits: ({ fileName, text }) => !isTestFile(fileName) && hintsMoneyRequest(text),
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    const requests = moneyRequests(flow).filter(({ protection }) => protection === "key");
    const calls = new Map(requests.map((request) => [request.call as Node, observe(request, flow)]));
    for (const { call, sentBy } of requests) {
      // What is wrong for all calls of a wrapper is told once, where it sends the request.
      if (sentBy && calls.get(sentBy)?.idempotent.answer === "no") continue;
      yield calls.get(call)!;
    }
  },
};

function observe(request: MoneyRequest, flow: Flow): MoneyCall {
  const { provider } = request;
  return {
    kind: "money-call",
    provider,
    range: rangeOf(request.call.callee),
    ...judge(request, flow),
    operation: request.operation,
    carrier: request.carriers.map(describeCarrier).join(" or ") || "an idempotency key",
    sdkRetries: request.sdkRetries,
    required: (provider !== undefined && providerById(provider)?.idempotency?.required) || false,
  };
}

type Judgement = Pick<MoneyCall, "shape" | "idempotent" | "stable" | "repairs">;

function judge(request: MoneyRequest, flow: Flow): Judgement {
  const { values, misplaced, hidden } = keysOf(request, flow);
  const range = rangeOf(request.call.callee);
  for (const key of values) {
    const flaw = flawOf(key, request, flow);
    if (!flaw) continue;
    const fact = at(key, "no", flaw.steps);
    const repairs = repairKey(request, flaw.kind, key, flow);
    return { shape: flaw.kind, idempotent: fact, stable: fact, repairs };
  }
  const [key] = values;
  if (key) return { shape: "present", idempotent: at(key, "yes"), stable: at(key, stabilityOf(key, flow)) };
  if (misplaced) {
    const ignored = { range, note: "the call that ignores it there" };
    const repairs = repairKey(request, "misplaced", misplaced, flow);
    return { shape: "misplaced", idempotent: at(misplaced, "no", [ignored]), stable: undefined, repairs };
  }
  const answer = hidden ? "unknown" : "no";
  const repairs = hidden ? undefined : repairKey(request, "missing", undefined, flow);
  return { shape: "missing", idempotent: { answer, range, steps: [] }, stable: undefined, repairs };
}

function at(node: Node, answer: Answer, steps: readonly Step[] = []): Fact {
  return { answer, range: rangeOf(node), steps };
}
