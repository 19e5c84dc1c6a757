import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { calledName } from "../../flow/callee.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { packageOf, type Provider, providers, verifierByCallee } from "../../providers/index.ts";
import { namesPayment } from "./credentials.ts";
import type { Found } from "./found.ts";

/** A place of code where a key is put to use. */
export interface KeyArgument {
  readonly node: Node;
  readonly name: string;
  readonly provider: string | undefined;
  readonly opens: Found["opens"];
}

/** Where a file hands keys to MACs, to the webhook verifiers of SDKs and to their clients. */
export function* keyArguments(flow: Flow, packages: readonly string[]): Generator<KeyArgument> {
  const hasClients = packages.some(makesClients);
  for (const call of flow.tree.all("CallExpression")) {
    const name = calledName(call) ?? "";
    const [, second] = call.arguments;
    if (MAC.test(name)) {
      if (second) yield { node: second, name: "webhook signing key", provider: undefined, opens: "webhooks" };
    } else if (verifierNames.has(name)) yield* verifierSecret(call, flow);
    else if (hasClients) yield* clientKeys(call, flow);
  }
  if (!hasClients) return;
  for (const node of flow.tree.all("NewExpression")) yield* clientKeys(node, flow);
}

const MAC = /^(?:createHmac|Hmac(?:SHA|MD)\d+)$/;
const verifierNames = new Set(
  providers.flatMap(({ verifiers }) => verifiers.map(({ callee }) => callee.split(/[.:]/).at(-1)!)),
);

/** Whether a package makes clients of a payment API, by a provider's file or by its name. */
function makesClients(specifier: string): boolean {
  const { name, path } = packageOf(specifier);
  return clientPackages.has(path) || namesPayment(name);
}

function* verifierSecret(call: TSESTree.CallExpression, flow: Flow): Generator<KeyArgument> {
  const callee = flow.name(call.callee);
  const known = callee === undefined ? undefined : verifierByCallee(callee);
  const node = known?.verifier.secret && argumentAt(call.arguments, known.verifier.secret);
  if (!known || !node) return;
  const { id, name } = known.provider;
  yield { node, name: `${name} webhook secret`, provider: id, opens: "webhooks" };
}

function argumentAt(
  given: readonly Node[],
  { argument, property }: { argument: number; property?: string },
): Node | undefined {
  const node = given[argument];
  if (!node || property === undefined) return node;
  const object = bare(node);
  if (object.type !== "ObjectExpression") return undefined;
  const found = object.properties.find((item) => item.type === "Property" && propertyName(item) === property);
  return found?.type === "Property" ? found.value : undefined;
}

const clients = new Map<string, Provider>();
for (const provider of providers) {
  for (const sdk of provider.sdks ?? []) {
    for (const client of sdk.clients) clients.set(`${sdk.package}:${client}`, provider);
  }
}
const clientPackages = new Set([...clients.keys()].map((client) => client.slice(0, client.lastIndexOf(":"))));

/**
 * The arguments of an SDK's client that may be keys by themselves; options are found by their names. A package that
 * is known only to speak of payments by its name takes its keys in an order of its own.
 */
function* clientKeys(
  node: Extract<Node, { type: "CallExpression" | "NewExpression" }>,
  flow: Flow,
): Generator<KeyArgument> {
  const keys = node.arguments.filter((argument) => bare(argument).type !== "ObjectExpression");
  const meaning = flow.resolve(node);
  if (keys.length === 0 || meaning.root.kind !== "import" || meaning.path.length > 2) return;
  const { module } = meaning.root;
  const provider = clients.get(`${packageOf(module).path}:${flow.name(node)!.slice(module.length + 1)}`);
  if (provider) {
    yield { node: keys[0]!, name: `${provider.name} API key`, provider: provider.id, opens: "api" };
  } else if (node.type === "NewExpression" && namesPayment(packageOf(module).name)) {
    for (const key of keys)
      yield { node: key, name: "payment API secret", provider: undefined, opens: "api" };
  }
}
