import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../flow/flow.ts";
import { asInstance, nameOf } from "../flow/meaning.ts";
import { isWithin, type Node } from "../flow/tree.ts";
import {
  packageOf,
  type Provider,
  providers,
  providersOfHost,
  verifierByCallee,
} from "../providers/index.ts";
import { membersBefore, moduleOf, sdkCall, wordsOfSdks } from "./money-requests/sdk-calls.ts";
import { moneyRequests } from "./money-requests.ts";
import { wordsOf } from "./names.ts";
import { escaped } from "./patterns.ts";
import { partsOf, requestsOf } from "./requests.ts";
import { functionsRunBy } from "./webhooks/facts/called.ts";

/** A call that asks a payment provider for something, whether or not money moves. */
export interface ProviderCall {
  readonly call: TSESTree.CallExpression;
  /** Id of the provider. */
  readonly provider: string;
  readonly by: "sdk" | "http";
}

const known = new WeakMap<Flow, readonly ProviderCall[]>();

/** All calls of a file that ask a payment provider for something, in source order. */
export function providerCalls(flow: Flow): readonly ProviderCall[] {
  let calls = known.get(flow);
  if (!calls) known.set(flow, (calls = find(flow)));
  return calls;
}

function find(flow: Flow): readonly ProviderCall[] {
  const byHttp = new Map<Node, string>();
  for (const { call, url } of requestsOf(flow)) {
    const [asked] = providersOfHost(partsOf(url).host ?? "");
    if (asked) byHttp.set(call, asked.provider.id);
  }
  for (const { call, provider, options, headers } of moneyRequests(flow))
    if (provider !== undefined && !options && headers) byHttp.set(call, provider);
  return flow.tree.all("CallExpression").flatMap((call): ProviderCall[] => {
    const http = byHttp.get(call);
    if (http !== undefined) return [{ call, provider: http, by: "http" }];
    const sdk = sdkCall(call, flow)?.provider ?? sdkOf(call, flow);
    return sdk ? [{ call, provider: sdk.id, by: "sdk" }] : [];
  });
}

const SDKS: ReadonlyMap<string, Provider> = new Map(
  providers
    .filter(({ id }) => id !== "generic")
    .flatMap((provider) =>
      (provider.sdks ?? [])
        .filter(({ package: name }) => packageOf(name).name === name)
        .map(({ package: name }) => [name, provider] as const),
    ),
);

/** What runs on the spot and asks nobody: checks of signatures, builders of requests. */
const LOCAL =
  /^(?:constructEvent(?:Async)?|generateTestHeaderString|verif\w+|validate\w+|prefer|requestBody)$/;

/** The provider whose SDK a call is one of: by its package, or by a client's name where that is made elsewhere. */
function sdkOf(call: TSESTree.CallExpression, flow: Flow): Provider | undefined {
  const meaning = asInstance(flow.resolve(call.callee));
  const name = nameOf(meaning) ?? "";
  const { root, names } = membersBefore(call.callee);
  const last = names.at(-1);
  if (last === undefined || LOCAL.test(last) || verifierByCallee(name)) return undefined;
  const provider = SDKS.get(packageOf(moduleOf(name)).name);
  if (provider) return isOfClient(name) ? provider : undefined;
  if (names.length < 2 || !isWaitedFor(call, flow)) return undefined;
  const head = [root, ...names.slice(0, -2)].flatMap((part) => wordsOf(part));
  return [...SDKS.values()].find((each) => wordsOfSdks(each).some((word) => isTelling(word, head)));
}

/** Whether a method is a client's own, and not one of what a client answered: `stripe.customers.list().map(…)`. */
function isOfClient(name: string): boolean {
  const method = name.slice(name.lastIndexOf(":") + 1).replace(/^(?:\w+\.)*\w+\(\)\./, "");
  return !method.includes("(");
}

/** Names of SDKs that anything else may be called by, too. */
const COMMON = /^(?:checkout|circle|fin|square)$/;

/** `stripe.customers.retrieve()` of `import { stripe } from "@/lib/stripe"`. */
function isTelling(word: string, head: readonly string[]): boolean {
  return !COMMON.test(word) && head.includes(word);
}

/** Whether a call's answer is waited for, as that of a request is. */
function isWaitedFor(call: Node, flow: Flow): boolean {
  const up = flow.tree.parentOf(call);
  if (up?.type === "AwaitExpression") return true;
  return (
    up?.type === "MemberExpression" && up.object === call && flow.tree.parentOf(up)?.type === "CallExpression"
  );
}

/** What the text of a file that asks a provider, or one that it imports, holds somewhere. */
const ASKS = new RegExp(
  providers
    .flatMap((provider) => [
      ...[...provider.hosts.live, ...provider.hosts.sandbox].map(escaped),
      ...wordsOfSdks(provider).filter((word) => !COMMON.test(word)),
    ])
    .join("|"),
  "i",
);

const DEPTH = 2;

/**
 * The first call within a node that asks a provider, by itself or by a function of the project that it runs. `counts`
 * says whether what is asked somewhere inside is of interest outside of it.
 */
export function askedWithin(
  node: Node,
  flow: Flow,
  counts: (inner: Node, outer: Node, flow: Flow) => boolean,
  depth = 0,
): Pick<ProviderCall, "call" | "provider"> | undefined {
  const isInside = (call: Node): boolean => isWithin(call, node) && counts(call, node, flow);
  const direct = providerCalls(flow).find(({ call }) => isInside(call));
  if (direct || depth === DEPTH) return direct;
  for (const call of flow.tree.all("CallExpression").filter(isInside)) {
    if (!flow.mayLeadTo(ASKS, flow.resolve(call.callee))) continue;
    for (const run of functionsRunBy(call, flow)) {
      const asked = run.callback ? undefined : askedWithin(run.fn.body, run.flow, counts, depth + 1);
      if (asked) return { call, provider: asked.provider };
    }
  }
  return undefined;
}
