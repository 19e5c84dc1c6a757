import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { calledName } from "../../flow/callee.ts";
import { asInstance, nameOf } from "../../flow/meaning.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { callBySdk, providers } from "../../providers/index.ts";
import type { Call, Provider } from "../../providers/provider.ts";
import { wordsOf } from "../names.ts";

/** An SDK call by what its callee means; for a client of another file, by its path and the client's name together. */
export function sdkCall(
  node: TSESTree.CallExpression,
  flow: Flow,
): { provider: Provider; call: Call } | undefined {
  const name = nameOf(asInstance(flow.resolve(node.callee)));
  const resolved = name === undefined ? undefined : callBySdk(name);
  if (resolved) return resolved;
  const candidates = sdkPaths().get(calledName(node) ?? "");
  if (!candidates) return undefined;
  const members = membersBefore(node.callee);
  for (const { provider, call, path } of candidates) {
    const tail = members.names.slice(-path.length).join(".");
    if (tail !== path.join(".") || members.names.length - path.length > 3) continue;
    const head = [members.root, ...members.names.slice(0, -path.length), moduleOf(name)].flatMap((part) =>
      wordsOf(part),
    );
    if (wordsOfSdks(provider).some((word) => head.includes(word))) return { provider, call };
  }
  return undefined;
}

/** The module that a name comes from: the team's own, or an older package of the provider. */
export function moduleOf(name: string | undefined): string {
  return name?.slice(0, Math.max(0, name.lastIndexOf(":"))) ?? "";
}

/** Words in names of packages that tell no provider. */
const COMMON = /^(?:api|client|core|js|legacy|library|node|nodejs|sdk|server|v\d+)$/;

export function wordsOfSdks({ sdks = [] }: Provider): readonly string[] {
  return sdks.flatMap((sdk) => wordsOf(sdk.package)).filter((word) => !COMMON.test(word));
}

/** `this.stripe.refunds.create` as its root's name and its members' names. */
export function membersBefore(callee: Node): { root: string; names: readonly string[] } {
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
