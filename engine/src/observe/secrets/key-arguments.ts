import type { Flow } from "../../flow/flow.ts";
import { calledName } from "../../flow/origin.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { packageOf, providers, verifierByCallee } from "../../providers/index.ts";
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
export function* keyArguments(flow: Flow): Generator<KeyArgument> {
  for (const call of flow.tree.all("CallExpression")) {
    const [first, second] = call.arguments;
    if (/^(?:createHmac|Hmac(?:SHA|MD)\d+)$/.test(calledName(call) ?? "") && second) {
      yield { node: second, name: "webhook signing key", provider: undefined, opens: "webhooks" };
      continue;
    }
    const name = flow.name(call.callee);
    const known = name === undefined ? undefined : verifierByCallee(name);
    const secret = known?.verifier.secret && argumentAt(call.arguments, known.verifier.secret);
    if (secret) {
      yield {
        node: secret,
        name: `${known!.provider.name} webhook secret`,
        provider: known!.provider.id,
        opens: "webhooks",
      };
    } else if (first) yield* clientKeys(call, flow);
  }
  for (const node of flow.tree.all("NewExpression")) yield* clientKeys(node, flow);
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

const clients = new Map(
  providers.flatMap((provider) =>
    (provider.sdks ?? []).flatMap((sdk) =>
      sdk.clients.map((client) => [`${sdk.package}:${client}`, provider] as const),
    ),
  ),
);

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
