import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { calledName } from "../flow/callee.ts";
import type { Node } from "../flow/tree.ts";
import { callsByHttp, carriersOf, detectProviders, providers, providersOfHost } from "../providers/index.ts";
import type { Call, IdempotencyCarrier, Provider } from "../providers/provider.ts";
import { sdkCall } from "./money-requests/sdk-calls.ts";
import { keyedRequest, sent, unlistedRequest } from "./money-requests/unlisted.ts";
import { wordsOf } from "./names.ts";
import { type Fields, fieldsOf } from "./objects.ts";
import { type OutgoingRequest, partsOf, requestsOf } from "./requests.ts";

export { MOVES } from "./money-requests/unlisted.ts";

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
  /** Of a call of the project's own wrapper: the call that sends the request. */
  readonly sentBy: TSESTree.CallExpression | undefined;
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
      sentBy: undefined,
    };
  }
}

/** The request options; spread arguments may hold them. */
function optionsOf(node: TSESTree.CallExpression, argument: number, flow: Flow): Fields {
  const fields = fieldsOf(node.arguments[argument], flow);
  return node.arguments.some(({ type }) => type === "SpreadElement") ? { ...fields, open: true } : fields;
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
