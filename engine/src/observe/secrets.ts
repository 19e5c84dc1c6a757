import type { Flow } from "../flow/flow.ts";
import { bare, type Node, type Range, rangeOf } from "../flow/tree.ts";
import { detectProviders, keyPatterns, packageOf } from "../providers/index.ts";
import type { Fact, Secret, Step } from "./observation.ts";
import type { Observer } from "./observer.ts";
import { repairSecret, type SpelledSecret } from "./repairs/secrets.ts";
import { configSecrets } from "./secrets/config.ts";
import { namedCredentials, namesPayment } from "./secrets/credentials.ts";
import type { Found, Surroundings } from "./secrets/found.ts";
import { type Holding, holdingOf } from "./secrets/held.ts";
import { type KeyArgument, keyArguments } from "./secrets/key-arguments.ts";
import { pairedSecrets } from "./secrets/key-pairs.ts";
import { entryKeywords, keywords } from "./secrets/keywords.ts";
import { looksGenerated } from "./secrets/placeholder.ts";
import { shapedSecrets } from "./secrets/shaped.ts";
import { isSpecFile } from "./secrets/spec-files.ts";
import { sourceTexts, type SourceText } from "./secrets/strings.ts";

/** Secrets of payment systems: in source and configuration, and where code puts a key to use. */
export const secrets: Observer = {
  kind: "secret",
  keywords,
  javascript: (flow) => new CodeSearch(flow).run(),
  entryKeywords,
  entries: configSecrets,
};

/** A secret that an expression spells, or one in a comment. */
type Told = SpelledSecret | Pick<SpelledSecret, "found" | "range" | "holding">;

const NOT_HELD: Holding = { names: [], fallbackOf: undefined, takenBy: undefined };

class CodeSearch {
  readonly #flow: Flow;
  readonly #detected: ReadonlySet<string>;
  readonly #isSpec: boolean;
  readonly #isPaymentCode: boolean;
  readonly #packages: readonly string[];
  readonly #told: Range[] = [];

  constructor(flow: Flow) {
    this.#flow = flow;
    this.#packages = packagesOf(flow);
    const { text, fileName } = flow.module;
    this.#detected = new Set(detectProviders({ packages: this.#packages, text }).keys());
    this.#isSpec = isSpecFile(fileName);
    this.#isPaymentCode =
      this.#detected.size > 0 ||
      this.#packages.some((specifier) => isPaymentPackage(packageOf(specifier).name));
  }

  *run(): Generator<Secret> {
    for (const source of sourceTexts(this.#flow)) yield* this.#inText(source);
    for (const argument of keyArguments(this.#flow, this.#packages)) yield* this.#inUse(argument);
    for (const comment of this.#flow.module.comments) yield* this.#inComment(comment);
  }

  /** What is commented out is committed all the same; without code around it only a shape tells. */
  *#inComment({ range }: { readonly range: Range }): Generator<Secret> {
    const text = this.#flow.module.text.slice(range.start, range.end);
    const around = { names: [], detected: this.#detected, isSpec: this.#isSpec };
    for (const found of shapedSecrets(text, around)) {
      const place = { start: range.start + found.start, end: range.start + found.end };
      yield* this.#tell({ found, range: place, holding: NOT_HELD }, []);
    }
  }

  *#inText(source: SourceText): Generator<Secret> {
    const { node, text, parts } = source;
    if (text.length < 8) return;
    const holding = holdingOf(node, this.#flow);
    const around = { names: holding.names, detected: this.#detected, isSpec: this.#isSpec };
    const isPayment = holding.takenBy === undefined ? this.#isPaymentCode : isPaymentPackage(holding.takenBy);
    for (const found of this.#secretsIn(source, around, isPayment)) {
      const value = text.slice(found.start, found.end);
      if (parts.some((part) => part.includes(value))) continue;
      const range = this.#placeOf(value, node);
      yield* this.#tell({ node, text, found, range, holding }, []);
    }
  }

  *#secretsIn({ node, text }: SourceText, around: Surroundings, isPayment: boolean): Generator<Found> {
    const shaped = shapedSecrets(text, around);
    yield* shaped;
    if (shaped.length > 0 || node.type === "JSXText") return;
    yield* pairedSecrets(text, () => siblingTexts(node, this.#flow), around);
    yield* namedCredentials(text, around, isPayment);
  }

  /** A key in use: hard-coded, read from the environment, or from where this file does not show. */
  *#inUse(argument: KeyArgument): Generator<Secret> {
    const origins = this.#flow.traces(argument.node).map(({ origin }) => origin);
    const step: Step = { range: rangeOf(argument.node), note: "it is used as a key here" };
    let isHardCoded = false;
    for (const origin of origins) {
      if (origin.kind !== "literal" || typeof origin.value !== "string") continue;
      if (!this.#isSecret(origin.value, argument)) continue;
      isHardCoded = true;
      const { name, provider, opens } = argument;
      const found: Found = { start: 0, end: origin.value.length, name, provider, opens, mode: "unknown" };
      const steps = origin.node === bare(argument.node) ? [] : [step];
      const { node, value: text } = origin;
      const holding = holdingOf(node, this.#flow);
      yield* this.#tell({ node, text, found, range: rangeOf(node), holding }, steps);
    }
    if (isHardCoded) return;
    const answer = origins.every(({ kind }) => kind === "environment") ? "yes" : "unknown";
    const range = rangeOf(argument.node);
    const outside: Fact = { answer, range, steps: [] };
    const { name, provider, opens } = argument;
    yield { kind: "secret", provider, range, outside, name, mode: "unknown", opens, place: "literal" };
  }

  #isSecret(text: string, { opens }: KeyArgument): boolean {
    if (this.#isSpec || !looksGenerated(text) || isPublicKey(text)) return false;
    return opens === "api" || this.#isPaymentCode || /webhook|payment/i.test(this.#flow.module.text);
  }

  *#tell(secret: Told, steps: readonly Step[]): Generator<Secret> {
    const { found, range } = secret;
    const { fallbackOf } = secret.holding;
    if (this.#told.some((other) => range.start < other.end && other.start < range.end)) return;
    this.#told.push(range);
    const { name, provider, mode, opens } = found;
    const note = "when this is missing, the secret in the source is used";
    const outside: Fact = {
      answer: "no",
      range,
      steps: fallbackOf ? [{ range: rangeOf(fallbackOf), note }, ...steps] : steps,
    };
    const place = fallbackOf ? "fallback" : "literal";
    const repairs = "node" in secret ? repairSecret(secret, this.#flow) : [];
    yield { kind: "secret", provider, range, outside, name, mode, opens, place, repairs };
  }

  /** The value's own place where the source spells it in one piece, else the whole expression. */
  #placeOf(value: string, node: Node): Range {
    const whole = rangeOf(node);
    const start = this.#flow.module.text.indexOf(value, whole.start);
    return start >= 0 && start + value.length <= whole.end ? { start, end: start + value.length } : whole;
  }
}

/** Whether a package deals with payments: a provider's file names it, or its own name tells. */
function isPaymentPackage(name: string): boolean {
  return detectProviders({ packages: [name], text: "" }).size > 0 || namesPayment(name);
}

function packagesOf(flow: Flow): string[] {
  const { tree } = flow;
  const sources: Node[] = tree.all("ImportDeclaration").map(({ source }) => source);
  for (const call of tree.all("CallExpression")) {
    const { callee, arguments: given } = call;
    if (callee.type === "Identifier" && callee.name === "require" && given[0]) sources.push(given[0]);
  }
  return sources.flatMap((source) => (source.type === "Literal" ? [String(source.value)] : []));
}

/** The texts beside a text in the same object. */
function siblingTexts(node: Node, flow: Flow): string[] {
  let property = flow.tree.parentOf(node);
  while (property && property.type !== "Property" && /^(?:TS|Logical|Conditional)/.test(property.type)) {
    property = flow.tree.parentOf(property);
  }
  const object = property?.type === "Property" ? flow.tree.parentOf(property) : undefined;
  if (object?.type !== "ObjectExpression") return [];
  return object.properties.flatMap((item) => {
    if (item === property || item.type !== "Property") return [];
    return flow
      .traces(item.value)
      .flatMap(({ origin }) =>
        origin.kind === "literal" && typeof origin.value === "string" ? [origin.value] : [],
      );
  });
}

function isPublicKey(text: string): boolean {
  return keyPatterns().some(({ key, pattern }) => key.visibility === "public" && pattern.test(text));
}
