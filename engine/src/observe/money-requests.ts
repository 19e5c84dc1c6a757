import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { asInstance, nameOf } from "../flow/meaning.ts";
import { calledName } from "../flow/callee.ts";
import { bare, type Node, propertyName } from "../flow/tree.ts";
import {
  callBySdk,
  callsByHttp,
  carriersOf,
  detectProviders,
  idempotencyNames,
  providers,
  providersOfHost,
} from "../providers/index.ts";
import type { Call, IdempotencyCarrier, Provider } from "../providers/provider.ts";
import { wordsOf } from "./names.ts";
import { type Fields, fieldsOf } from "./objects.ts";
import { type OutgoingRequest, partsOf, requestsOf } from "./requests.ts";

/** A call that asks a payment provider to move money or to prepare that. */
export interface MoneyRequest {
  readonly call: TSESTree.CallExpression;
  /** Id of the provider; undefined where only the request's own words tell that it is about money. */
  readonly provider: string | undefined;
  readonly operation: string;
  /** "key": a repetition moves money again; "hosted": a customer or a state of its own stands between; "none". */
  readonly protection: "key" | "hosted" | "none";
  readonly carriers: readonly IdempotencyCarrier[];
  readonly sdkRetries: boolean;
  readonly headers: Fields | undefined;
  readonly body: Fields;
  /** An SDK's request options. */
  readonly options: Fields | undefined;
  /** The argument that is the key itself, where the SDK takes it so. */
  readonly key: Node | undefined;
  /** Paths of the fields that name amounts and recipients, as the provider file gives them. */
  readonly amountFields: readonly string[];
  readonly recipientFields: readonly string[];
}

const known = new WeakMap<Flow, readonly MoneyRequest[]>();

/** All money requests of a file, by SDK and by HTTP. */
export function moneyRequests(flow: Flow): readonly MoneyRequest[] {
  let found = known.get(flow);
  if (!found) known.set(flow, (found = [...sdkRequests(flow), ...httpRequests(flow)]));
  return found;
}

function* sdkRequests(flow: Flow): Generator<MoneyRequest> {
  for (const node of flow.tree.all("CallExpression")) {
    const known = sdkCall(node, flow);
    if (!known) continue;
    const { provider, call } = known;
    const carriers = carriersOf(known);
    const at = (wanted: string) => carriers.find(({ carrier }) => carrier === wanted)?.argument;
    const [options, key] = [at("option"), at("argument")];
    const parameters = fieldsOf(node.arguments[call.parameters?.argument ?? 0], flow);
    const property = call.parameters?.property;
    yield {
      ...common(node, provider, call),
      carriers: carriers.filter(({ carrier }) => carrier !== "header"),
      sdkRetries: provider.idempotency?.sdkRetries ?? false,
      headers: undefined,
      body: property === undefined ? parameters : fieldsOf(parameters.values.get(property)?.[0], flow),
      options: options === undefined ? undefined : optionsOf(node, options, flow),
      key: key === undefined ? undefined : node.arguments[key],
    };
  }
}

/** The request options; spread arguments may hold them. */
function optionsOf(node: TSESTree.CallExpression, argument: number, flow: Flow): Fields {
  const fields = fieldsOf(node.arguments[argument], flow);
  return node.arguments.some(({ type }) => type === "SpreadElement") ? { ...fields, open: true } : fields;
}

/** An SDK call by what its callee means; for a client of another file, by its path and the client's name together. */
function sdkCall(node: TSESTree.CallExpression, flow: Flow): { provider: Provider; call: Call } | undefined {
  const name = nameOf(asInstance(flow.resolve(node.callee)));
  const resolved = name === undefined ? undefined : callBySdk(name);
  if (resolved) return resolved;
  const candidates = sdkPaths().get(calledName(node) ?? "");
  if (!candidates) return undefined;
  const members = membersBefore(node.callee);
  for (const { provider, call, path } of candidates) {
    const tail = members.names.slice(-path.length).join(".");
    if (tail !== path.join(".") || members.names.length - path.length > 3) continue;
    const head = [members.root, ...members.names.slice(0, -path.length), ...importOf(name)].flatMap((part) =>
      wordsOf(part),
    );
    if (provider.sdks?.some((sdk) => wordsOf(sdk.package).some((word) => head.includes(word))))
      return { provider, call };
  }
  return undefined;
}

function importOf(name: string | undefined): readonly string[] {
  const colon = name?.lastIndexOf(":") ?? -1;
  return colon > 0 && name!.startsWith(".") ? [name!.slice(0, colon)] : [];
}

/** `this.stripe.refunds.create` as its root's name and its members' names. */
function membersBefore(callee: Node): { root: string; names: readonly string[] } {
  const names: string[] = [];
  let node = bare(callee);
  while (node.type === "MemberExpression") {
    names.unshift(propertyName(node) ?? "*");
    node = bare(node.object);
  }
  if (node.type === "AwaitExpression") node = bare(node.argument);
  if (node.type === "CallExpression") node = bare(node.callee);
  return { root: node.type === "Identifier" ? node.name : "", names };
}

interface SdkPath {
  readonly provider: Provider;
  readonly call: Call;
  readonly path: readonly string[];
}

let paths: Map<string, SdkPath[]> | undefined;

/** SDK paths by their last name. Only paths of two names and more: a single one such as `create` tells nothing. */
function sdkPaths(): ReadonlyMap<string, readonly SdkPath[]> {
  if (paths) return paths;
  paths = new Map();
  for (const provider of providers) {
    for (const call of provider.calls) {
      const path = call.sdk?.split(":").at(-1)!.split(".").slice(1) ?? [];
      if (path.length >= 2)
        paths.set(path.at(-1)!, [...(paths.get(path.at(-1)!) ?? []), { provider, call, path }]);
    }
  }
  return paths;
}

function* httpRequests(flow: Flow): Generator<MoneyRequest> {
  for (const request of requestsOf(flow)) {
    if (request.method !== undefined && !/^(?:POST|PUT|PATCH)$/.test(request.method)) continue;
    const known = httpCall(request, flow);
    if (known) {
      const carriers = carriersOf(known).filter(({ carrier }) => carrier === "header" || carrier === "body");
      yield { ...common(request.call, known.provider, known.call), ...sent(request), carriers };
    } else {
      const other = unlistedRequest(request) ?? keyedRequest(request);
      if (other) yield other;
    }
  }
}

function sent(request: OutgoingRequest) {
  return {
    headers: request.headers,
    body: request.body,
    options: undefined,
    key: undefined,
    sdkRetries: false,
  };
}

function httpCall(request: OutgoingRequest, flow: Flow): { provider: Provider; call: Call } | undefined {
  const { host, path } = partsOf(request.url);
  const ids =
    host === undefined
      ? [...detected(flow), ...namedProviders(request.call, flow)]
      : providersOfHost(host).map(({ provider }) => provider.id);
  return callsByHttp("POST", path, ids)[0];
}

/** Providers that a project's own client is named after: `paychain("/invoices", …)`, `class PaychainService`. */
function namedProviders(call: TSESTree.CallExpression, flow: Flow): readonly string[] {
  const letters = (text: string): string => wordsOf(text).join("");
  const name = letters(`${calledName(call) ?? ""} ${flow.name(call.callee) ?? ""} ${classOf(call, flow)}`);
  return providers
    .filter(({ id }) => id !== "generic" && name.includes(letters(id).replace(/hq$|com$/, "")))
    .map(({ id }) => id);
}

function classOf(node: Node, flow: Flow): string {
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up)) {
    if (up.type === "ClassDeclaration") return up.id?.name ?? "";
  }
  return "";
}

const detectedIn = new WeakMap<Flow, readonly string[]>();

/** Ids of the providers that a file speaks of; `generic` is no evidence of anyone. */
function detected(flow: Flow): readonly string[] {
  let ids = detectedIn.get(flow);
  if (!ids) {
    const packages = flow.tree.all("ImportDeclaration").map(({ source }) => source.value);
    ids = [...detectProviders({ packages, text: flow.module.text }).keys()];
    detectedIn.set(flow, ids);
  }
  return ids;
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
function unlistedRequest(request: OutgoingRequest): MoneyRequest | undefined {
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
function keyedRequest(request: OutgoingRequest): MoneyRequest | undefined {
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

function common(call: TSESTree.CallExpression, provider: Provider, known: Call) {
  return {
    call,
    provider: provider.id,
    operation: known.operation,
    protection: known.idempotency,
    amountFields: known.amount ?? [],
    recipientFields: known.recipient ?? [],
  };
}
