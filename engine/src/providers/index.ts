import { all } from "./all.ts";
import { calleePaths, calleeText } from "./callee.ts";
import type { Call, IdempotencyCarrier, Provider, Signature, Verifier } from "./provider.ts";

export {
  type Detectable,
  detectorOf,
  detectProviders,
  type Detector,
  packageOf,
  providersOfHost,
} from "./detect.ts";
export { itemById, itemsOf, type ListedItem, listItems } from "./checklist.ts";
export { type KeyMatch, keyPatterns, type KeyPattern, keysIn } from "./keys.ts";
export { callsByHttp } from "./http.ts";
export type * from "./provider.ts";

/** Every provider that has a file, in the order of their ids. */
export const providers: readonly Provider[] = all;

const byId = new Map(providers.map((provider) => [provider.id, provider]));

export function providerById(id: string): Provider | undefined {
  return byId.get(id);
}

export interface ProvidersVerifier {
  readonly provider: Provider;
  readonly verifier: Verifier;
}

export interface ProvidersCall {
  readonly provider: Provider;
  readonly call: Call;
}

export interface ProvidersSignature {
  readonly provider: Provider;
  readonly signature: Signature;
}

const verifiers = new Map<string, ProvidersVerifier>();
const sdkCalls = new Map<string, ProvidersCall>();
const signatures = new Map<string, ProvidersSignature[]>();
for (const provider of providers) {
  for (const verifier of provider.verifiers) {
    for (const path of calleePaths(verifier.callee, provider)) verifiers.set(path, { provider, verifier });
  }
  for (const call of provider.calls) {
    for (const path of call.sdk ? calleePaths(call.sdk, provider) : [])
      sdkCalls.set(path, { provider, call });
  }
  for (const signature of provider.signatures) {
    for (const header of signature.headers) add(signatures, header.toLowerCase(), { provider, signature });
  }
}

/** The SDK verifier that a callee is; `name` as nameOf (flow/meaning.ts) writes it: `stripe:new().webhooks.constructEvent`. */
export function verifierByCallee(name: string): ProvidersVerifier | undefined {
  return verifiers.get(calleeText(name));
}

/** The money request that a callee makes; `name` as nameOf (flow/meaning.ts) writes it: `stripe:new().refunds.create`. */
export function callBySdk(name: string): ProvidersCall | undefined {
  return sdkCalls.get(calleeText(name));
}

/** Headers that carry a webhook's signature or token, in lower case, and the providers that use them. */
export function signatureHeaders(): ReadonlyMap<string, readonly ProvidersSignature[]> {
  return signatures;
}

/** The ways in which a call's provider takes its idempotency key, with the SDK argument that holds it. */
export function carriersOf({ provider, call }: ProvidersCall): readonly IdempotencyCarrier[] {
  if (call.idempotency === "none") return [];
  const carriers = (provider.idempotency?.carriers ?? []).filter(
    ({ operations }) => operations?.includes(call.operation) ?? true,
  );
  return carriers.map((carrier) =>
    call.keyArgument !== undefined && (carrier.carrier === "option" || carrier.carrier === "argument")
      ? { ...carrier, argument: call.keyArgument }
      : carrier,
  );
}

export interface IdempotencyNames {
  /** HTTP headers, in lower case. */
  readonly headers: ReadonlySet<string>;
  /** Fields of request bodies, as written. */
  readonly fields: ReadonlySet<string>;
  /** Properties of SDK options, as written. */
  readonly options: ReadonlySet<string>;
}

const idempotency = { headers: new Set<string>(), fields: new Set<string>(), options: new Set<string>() };
for (const { carrier, names } of providers.flatMap((provider) => provider.idempotency?.carriers ?? [])) {
  for (const name of names) {
    if (carrier === "header") idempotency.headers.add(name.toLowerCase());
    else (carrier === "body" ? idempotency.fields : idempotency.options).add(name);
  }
}

/** Every name by which some provider takes an idempotency key. */
export function idempotencyNames(): IdempotencyNames {
  return idempotency;
}

/** Last names of the fields that say who receives money, and the calls that have them. */
export function recipientFields(): ReadonlyMap<string, readonly ProvidersCall[]> {
  return recipients;
}

/** Last names of the fields that hold an amount, and the calls that have them. */
export function amountFields(): ReadonlyMap<string, readonly ProvidersCall[]> {
  return amounts;
}

const recipients = fieldsOf((call) => call.recipient);
const amounts = fieldsOf((call) => call.amount);

function fieldsOf(paths: (call: Call) => readonly string[] | undefined): Map<string, ProvidersCall[]> {
  const fields = new Map<string, ProvidersCall[]>();
  for (const provider of providers) {
    for (const call of provider.calls) {
      for (const path of paths(call) ?? []) add(fields, lastName(path), { provider, call });
    }
  }
  return fields;
}

function lastName(path: string): string {
  return path.split(".").at(-1)!.replace(/\[\]$/, "");
}

function add<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}
