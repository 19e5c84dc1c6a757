import type { Flow } from "../flow/flow.ts";
import { bare, type Node, rangeOf } from "../flow/tree.ts";
import { isTestFile } from "./files.ts";
import { hintsMoneyRequest } from "./hints.ts";
import { changesOnRetry } from "./key-quality.ts";
import { type Fields, fieldsOf } from "./objects.ts";
import type { Fact, MoneyCall } from "./observation.ts";
import type { Observer } from "./observer.ts";
import { type MoneyRequest, moneyRequests } from "./money-requests.ts";

/** Calls that create a movement of money, and whether a repetition would move it again. */
export const moneyCalls: Observer = {
  kind: "money-call",
  keywords:
    /idempot|stripe|paypal|paystack|flutterwave|razorpay|refund|payout|transfer|charge|payment|subscription|disburse|withdraw/i,
  suits: ({ fileName, text }) => !isTestFile(fileName) && hintsMoneyRequest(text),
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    for (const request of moneyRequests(flow)) {
      if (request.protection === "key") yield observe(request, flow);
    }
  },
};

function observe(request: MoneyRequest, flow: Flow): MoneyCall {
  const { shape, fact } = judgeKey(request, flow);
  return {
    kind: "money-call",
    provider: request.provider,
    range: rangeOf(request.call.callee),
    idempotent: fact,
    operation: request.operation,
    shape,
    carrier: request.carriers.map(describe).join(" or ") || "an idempotency key",
    sdkRetries: request.sdkRetries,
  };
}

function judgeKey(request: MoneyRequest, flow: Flow): { shape: MoneyCall["shape"]; fact: Fact } {
  const range = rangeOf(request.call.callee);
  const fact = (answer: Fact["answer"], at: Node | undefined, note?: string): Fact => ({
    answer,
    range: at ? rangeOf(at) : range,
    steps: at && note ? [{ range, note }] : [],
  });
  const keys = keysOf(request, flow);
  const unstable = keys.values.find((key) => changesOnRetry(key, flow));
  if (unstable)
    return {
      shape: "changes-on-retry",
      fact: fact("no", unstable, "the request that it should make repeatable"),
    };
  if (keys.values.length > 0) return { shape: "present", fact: fact("yes", keys.values[0]) };
  if (keys.misplaced)
    return { shape: "misplaced", fact: fact("no", keys.misplaced, "the call that ignores it there") };
  return { shape: "missing", fact: fact(keys.hidden ? "unknown" : "no", undefined) };
}

interface Keys {
  readonly values: readonly Node[];
  readonly misplaced: Node | undefined;
  readonly hidden: boolean;
}

/** The idempotency keys of a request, one that stands where the provider ignores it, and whether some may be hidden. */
function keysOf({ carriers, headers, body, options, key }: MoneyRequest, flow: Flow): Keys {
  const values: Node[] = key ? [key] : [];
  let hidden = carriers.length === 0;
  for (const { carrier, names } of carriers) {
    const fields = carrier === "header" ? headers : carrier === "body" ? body : options;
    if (!fields) continue;
    values.push(...(carrier === "header" ? headersNamed(fields, names) : membersNamed(fields, names, flow)));
    hidden ||= fields.open;
  }
  // A header of another spelling is the team's gateway's, not an oversight.
  if (headers) values.push(...namedLike(headers, /idempot|request-?id$/i));
  const misplaced = options && namedLike(body, /^idempotency_?key$/i)[0];
  return { values, misplaced, hidden };
}

function headersNamed(fields: Fields, names: readonly string[]): readonly Node[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return [...fields.values].flatMap(([name, values]) => (wanted.has(name.toLowerCase()) ? values : []));
}

/** Members by name or by dotted path, also one object further down: `sender_batch_header: { sender_batch_id }`. */
function membersNamed(fields: Fields, names: readonly string[], flow: Flow): readonly Node[] {
  const last = new Set(names.map((name) => name.slice(name.lastIndexOf(".") + 1)));
  const direct = [...last].flatMap((name) => fields.values.get(name) ?? []);
  const inner = [...fields.values.values()].flat().filter((value) => bare(value).type === "ObjectExpression");
  return [
    ...direct,
    ...inner.flatMap((value) => [...last].flatMap((name) => fieldsOf(value, flow).values.get(name) ?? [])),
  ];
}

function namedLike(fields: Fields, pattern: RegExp): readonly Node[] {
  return [...fields.values].flatMap(([name, values]) => (pattern.test(name) ? values : []));
}

function describe({ carrier, names }: MoneyRequest["carriers"][number]): string {
  const [name] = names;
  if (carrier === "header") return `the ${name} header`;
  return carrier === "body" ? `the body field ${name}` : `the request option ${name}`;
}
