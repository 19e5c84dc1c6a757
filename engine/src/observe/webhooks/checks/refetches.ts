import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { packageOf, providers, providersOfHost } from "../../../providers/index.ts";
import { escaped } from "../../patterns.ts";
import { partsOf, requestsOf } from "../../requests.ts";
import type { Check } from "../checks.ts";
import { chainOf, packageBehind } from "../effects/chain.ts";

const SDKS: ReadonlyMap<string, string> = new Map(
  providers.flatMap(({ id, sdks }) => (sdks ?? []).map(({ package: name }) => [name, id] as const)),
);
const UNSIGNED = providers.filter(({ signatures }) => signatures.some(({ scheme }) => scheme === "none"));
/** What stands in a file that asks one of them, or in one that it has its client from. */
const ASKED = new RegExp(
  UNSIGNED.flatMap(({ id, hosts, sdks }) => [
    id,
    ...hosts.live,
    ...hosts.sandbox,
    ...(sdks ?? []).map((sdk) => sdk.package),
  ])
    .map(escaped)
    .join("|"),
  "i",
);

const READS = /^(?:get|fetch|retrieve|find|list|show|read|query|verify|status)/i;

/** The provider that a call asks for something, by its SDK or its host; "unknown" for a host that is not written out. */
export function askedProvider(call: TSESTree.CallExpression, flow: Flow): string | undefined {
  const chain = chainOf(call, flow);
  const library = READS.test(chain.last) ? packageBehind(chain, flow) : undefined;
  const bySdk = library === undefined ? undefined : SDKS.get(packageOf(library).name);
  if (bySdk !== undefined && chain.links.length > 1) return bySdk;
  const request = requestsOf(flow).find((each) => each.call === call);
  if (!request) return undefined;
  const { host } = partsOf(request.url);
  if (host !== undefined) return providersOfHost(host)[0]?.provider.id;
  return request.method === "GET" && !request.url.startsWith("/") ? "unknown" : undefined;
}

/** An object read from a provider that signs nothing: what counts is what the provider says, not what was sent. */
export function refetchAt(call: TSESTree.CallExpression, flow: Flow): Check | undefined {
  if (!ASKED.test(flow.module.text) && !flow.beginsIn(ASKED, flow.resolve(call.callee))) return undefined;
  const provider = askedProvider(call, flow);
  if (!UNSIGNED.some(({ id }) => id === provider)) return undefined;
  return { node: call, proves: "end", promise: true, subject: "source", provider };
}
