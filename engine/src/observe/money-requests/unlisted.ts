import { idempotencyNames } from "../../providers/index.ts";
import type { IdempotencyCarrier } from "../../providers/provider.ts";
import type { MoneyRequest } from "../money-requests.ts";
import type { Fields } from "../objects.ts";
import { type OutgoingRequest, partsOf } from "../requests.ts";

/** The parts of a money request that an HTTP request gives it. */
export function sent(
  request: OutgoingRequest,
): Pick<MoneyRequest, "headers" | "body" | "options" | "key" | "sdkRetries" | "sentBy"> {
  return {
    headers: request.headers,
    body: request.body,
    options: undefined,
    key: undefined,
    sdkRetries: false,
    sentBy: request.sentBy,
  };
}

/** Money nouns that a URL ends in, and the operations they stand for. */
export const MOVES: Readonly<Record<string, string>> = {
  refund: "refund",
  refunds: "refund",
  payout: "payout",
  payouts: "payout",
  transfer: "transfer",
  transfers: "transfer",
  withdrawals: "payout",
  disbursements: "payout",
  disbursement: "payout",
  // M-Pesa's payments from a business to a customer.
  paymentrequest: "payout",
  charges: "payment",
  charge: "payment",
  subscriptions: "subscription",
  payment_intents: "payment",
};

/** How many a path asks for: `/disbursements/single`. */
const MANNER = /^(?:single|bulk|batch)$/i;

/** A provider without a file: an absolute or configured URL that ends in a money noun, and a body with an amount. */
export function unlistedRequest(request: OutgoingRequest): MoneyRequest | undefined {
  const { path, relative } = partsOf(request.url);
  // A page that posts to its own server is that server's matter.
  if (relative || request.url === "{}") return undefined;
  const last = path
    .split("/")
    .filter((segment) => segment && !segment.includes("{}") && !MANNER.test(segment))
    .at(-1);
  const operation = last === undefined ? undefined : MOVES[last.toLowerCase()];
  if (!operation || !isMoneyBody(request.body) || !isAuthorised(request)) return undefined;
  return {
    call: request.call,
    provider: undefined,
    operation,
    protection: "key",
    carriers: UNLISTED,
    amountFields: [],
    recipientFields: [],
    ...sent(request),
  };
}

/** Whatever a request asks for, the idempotency key that it carries has to stay the same. */
export function keyedRequest(request: OutgoingRequest): MoneyRequest | undefined {
  const { headers } = idempotencyNames();
  const names = [...request.headers.values.keys()].filter((name) => headers.has(name.toLowerCase()));
  // A page that posts to its own server is that server's matter.
  if (names.length === 0 || partsOf(request.url).relative) return undefined;
  return {
    call: request.call,
    provider: undefined,
    operation: "request",
    protection: "key",
    carriers: [{ carrier: "header", names }],
    amountFields: [],
    recipientFields: [],
    ...sent(request),
  };
}

const UNLISTED: readonly IdempotencyCarrier[] = [
  { carrier: "header", names: ["Idempotency-Key"] },
  {
    carrier: "body",
    names: [
      ...[
        "reference",
        "externalId",
        "external_id",
        "externalReference",
        "idempotencyKey",
        "idempotency_key",
        "requestId",
        "request_id",
      ],
      ...[
        "transactionId",
        "transaction_id",
        "tran_id",
        "tx_ref",
        "txRef",
        "trx_ref",
        "orderId",
        "order_id",
        "merchantReference",
      ],
      ...[
        "merchant_reference",
        "clientReference",
        "client_reference",
        "batchId",
        "batch_id",
        "uniqueId",
        "correlationId",
        "OriginatorConversationID",
        "invoiceId",
      ],
      ...[
        "payoutId",
        "payout_id",
        "paymentId",
        "payment_id",
        "transferId",
        "refundId",
        "refund_id",
        "merchantTransactionId",
      ],
    ],
  },
];

function isMoneyBody(body: Fields): boolean {
  return [...body.values.keys()].some((name) => /^(?:amount|total|value|price|sum)$|amount$/i.test(name));
}

/** Only a server holds the key that a provider asks for. */
function isAuthorised({ headers }: OutgoingRequest): boolean {
  return (
    headers.open || [...headers.values.keys()].some((name) => /authoriz|api-?key|token|secret/i.test(name))
  );
}
