import { type Finding, languageOf, type LintResult, providerById, rulePage, rules } from "@paylint/engine";
import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { rangeIn } from "./diagnostic-of.ts";
import type { Look, Looks } from "./looks.ts";
import type { PageSample, RulePages } from "./rule-pages.ts";

/** What hovers need of the server around them. */
export interface HoversHost {
  documentOf(uri: string): TextDocument | undefined;
  readonly looks: Looks;
  readonly pages: RulePages;
  /** Whether the client shows Markdown. */
  readonly markdown: boolean;
}

/** Explains the findings of open documents where they stand; the messages themselves are shown by the diagnostics. */
export class Hovers {
  readonly #host: HoversHost;

  constructor(host: HoversHost) {
    this.#host = host;
  }

  async at({ textDocument, position }: HoverParams): Promise<Hover | null> {
    const look = await this.#host.looks.at(textDocument.uri);
    const document = this.#host.documentOf(textDocument.uri);
    if (!document || !look?.linted) return null;
    const offset = document.offsetAt(position);
    const { findings } = look.linted.result;
    const here = findings.filter(({ range }) => range.start <= offset && offset <= range.end);
    // Of several rules, the narrowest finding is what the pointer means.
    const [first] = here.sort((a, b) => lengthOf(a) - lengthOf(b));
    if (!first) return null;
    const kind = this.#host.markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
    const value = this.#text(document, look, first);
    return { contents: { kind, value }, range: rangeIn(document, first.range) };
  }

  #text(document: TextDocument, look: Look, finding: Finding): string {
    const page = this.#host.pages.pageOf(finding.ruleId);
    const context = contextOf(look, finding);
    const parts = [
      `**[${finding.ruleId}](${rulePage(finding.ruleId)})**`,
      page?.why,
      sampleText("Wrong", page?.wrong ?? [], context),
      sampleText("Right", page?.right ?? [], context),
      stepsText(document, finding),
      "Paylint reports this because the code shows it; what it cannot follow it does not report.",
      standardsText(finding.ruleId),
    ];
    return parts.filter(Boolean).join("\n\n");
  }
}

function lengthOf({ range }: Finding): number {
  return range.end - range.start;
}

/** What makes a sample close to the code at hand. */
interface Context {
  /** The fence of samples in the file's language. */
  readonly fences: readonly string[];
  /** Names of the provider and of frameworks; in lower case. */
  readonly topics: readonly string[];
  /** Names in the code around the finding. */
  readonly names: ReadonlySet<string>;
}

const FRAMEWORKS = ["express", "fastify", "hono", "nestjs", "next", "koa"];

/** UTF-16 units before and after a finding in which names count. */
const AROUND = 600;

function contextOf({ name, linted }: Look, finding: Finding): Context {
  const { text, result } = linted!;
  const provider = providerOf(result, finding);
  const used = FRAMEWORKS.filter((framework) => new RegExp(`["'/@]${framework}\\b`).test(text));
  const topics = [provider, provider && providerById(provider)?.name, ...used].flatMap((word) => word ?? []);
  const around = text.slice(Math.max(0, finding.range.start - AROUND), finding.range.end + AROUND);
  return {
    fences: fencesOf(name),
    topics: topics.map((word) => word.toLowerCase()),
    names: namesIn(around),
  };
}

function namesIn(code: string): ReadonlySet<string> {
  return new Set(code.match(/\b[A-Za-z_]\w{4,}\b/g));
}

function providerOf({ observations }: LintResult, { ruleId, range }: Finding): string | undefined {
  const observes = rules.find(({ id }) => id === ruleId)?.observes;
  return observations.find(
    ({ kind, range: { start, end } }) => kind === observes && start <= range.start && range.end <= end,
  )?.provider;
}

function fencesOf(name: string): readonly string[] {
  const language = languageOf(name);
  if (language !== "javascript") return [language ?? ""];
  return /\.[cm]?tsx?$/.test(name) ? ["ts", "tsx"] : ["js", "jsx"];
}

/** The sample that speaks of the same provider and framework, and of the same functions; else the first one. */
function sampleText(title: string, samples: readonly PageSample[], context: Context): string {
  const score = ({ language, code }: PageSample): number => {
    const lower = code.toLowerCase();
    const topics = context.topics.filter((topic) => lower.includes(topic)).length;
    const names = [...namesIn(code)].filter((name) => context.names.has(name)).length;
    return 5 * topics + names + (context.fences.includes(language) ? 1 : 0);
  };
  const [best] = [...samples].sort((a, b) => score(b) - score(a));
  return best ? `${title}:\n\n\`\`\`${best.language}\n${best.code}\n\`\`\`` : "";
}

function stepsText(document: TextDocument, { related = [] }: Finding): string {
  const steps = related.map(({ range, message }, at) => {
    const line = document.positionAt(range.start).line + 1;
    return `${at + 1}. [line ${line}](${document.uri}#L${line}): ${message}`;
  });
  return steps.length > 0 ? `How it comes about:\n\n${steps.join("\n")}` : "";
}

function standardsText(ruleId: string): string {
  const meta = rules.find(({ id }) => id === ruleId)?.meta;
  if (!meta) return "";
  const { asvs, pci, api } = meta.standards;
  return [
    ...meta.cwe.map((id) => `[CWE-${id}](https://cwe.mitre.org/data/definitions/${id}.html)`),
    ...(asvs.length > 0 ? [`OWASP ASVS ${asvs.join(", ")}`] : []),
    ...(pci.length > 0 ? [`PCI DSS ${pci.join(", ")}`] : []),
    ...(api.length > 0 ? [`OWASP API ${api.join(", ")}`] : []),
  ].join(" · ");
}
