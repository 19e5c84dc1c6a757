import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { callsOf, type Meaning, membersOf } from "../../flow/meaning.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";
import { detectProviders, providerById, type Provider, providers } from "../../providers/index.ts";
import { sdkCall } from "../money-requests/sdk-calls.ts";
import { wordsOf } from "../names.ts";
import { askedWithin } from "../provider-calls.ts";

const WITH_PAGES = providers.filter(({ hostedPage }) => hostedPage);

/** The names by which a provider's answers hold the URL of its payment page, as their words run together. */
function namesIn({ hostedPage }: Provider): readonly string[] {
  return (hostedPage?.urls ?? []).map((path) => lettersOf(path.split(".").at(-1)!));
}

function lettersOf(name: string): string {
  return wordsOf(name).join("");
}

/** The provider whose payment page an expression is the URL of, as that provider made it. */
export function pageAt(expression: Node, flow: Flow): Provider | undefined {
  const node = bare(expression);
  const own =
    node.type === "Identifier"
      ? node.name
      : node.type === "MemberExpression"
        ? propertyName(node)
        : undefined;
  if (own === undefined) return undefined;
  for (const { origin, steps } of flow.traces(node)) {
    // A URL that is configured is the same for all, and nobody has signed it.
    if (origin.kind === "literal" || origin.kind === "environment") continue;
    if (steps.some(({ kind }) => /^(?:operand|template|call|element)$/.test(kind))) continue;
    const meaning = origin.kind === "named" ? origin.meaning : undefined;
    const last = meaning && membersOf(meaning).at(-1);
    const provider = (meaning && answered(last ?? own, meaning, flow)) ?? named([last, own], flow);
    if (provider) return provider;
  }
  return undefined;
}

/** A member of what a provider answered to a request of this file, or of a function that it calls. */
function answered(name: string, meaning: Meaning, flow: Flow): Provider | undefined {
  for (const call of callsOf(meaning)) {
    const asked = askedWithin(call, flow, () => true);
    const provider = asked && providerById(asked.provider);
    if (provider && namesIn(provider).includes(lettersOf(name)) && (isTelling(name) || makesPage(call, flow)))
      return provider;
  }
  return undefined;
}

/** A name of more than one word says by itself what it holds. */
function isTelling(name: string): boolean {
  return wordsOf(name).length > 1;
}

function makesPage(call: TSESTree.CallExpression, flow: Flow): boolean {
  return sdkCall(call, flow)?.call.operation === "checkout";
}

/** The provider of a page by the name alone, in a file that speaks of that provider and of no other. */
function named(names: readonly (string | undefined)[], flow: Flow): Provider | undefined {
  const telling = names
    .filter((name) => name !== undefined && isTelling(name))
    .map((name) => lettersOf(name!));
  const provider = WITH_PAGES.find((each) => namesIn(each).some((name) => telling.includes(name)));
  return provider && spokenOf(flow) === provider.id ? provider : undefined;
}

const spoken = new WeakMap<Flow, string | undefined>();

/** The one provider that a file speaks of. */
function spokenOf(flow: Flow): string | undefined {
  if (!spoken.has(flow)) {
    const { text } = flow.module;
    const packages = flow.tree.all("ImportDeclaration").map(({ source }) => source.value);
    const ids = new Set([...detectProviders({ packages, text }).keys()].filter((id) => id !== "generic"));
    for (const { id, hostedPage } of WITH_PAGES)
      if (hostedPage?.signed && new RegExp(id.replace("-", "[-_ ]?"), "i").test(text)) ids.add(id);
    spoken.set(flow, ids.size === 1 ? [...ids][0] : undefined);
  }
  return spoken.get(flow);
}
