import type { Rule, RuleSetting } from "@paylint/engine";
import { Ajv } from "ajv";
import { getNodeValue, type Node } from "jsonc-parser";
import { JsonDocument, type JsonProblem, nodeAt, propertiesOf, sentence } from "./json-document.ts";

export interface ParsedSettings {
  /** Settings by rule id, of the rules that the file names. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Patterns as in a .gitignore, relative to the file's folder. */
  readonly ignores: readonly string[];
  readonly problems: readonly JsonProblem[];
}

type KnownRule = Pick<Rule, "id"> & { readonly meta: Pick<Rule["meta"], "schema"> };

const SEVERITIES = ["off", "warning", "error"] as const;
type SettingSeverity = (typeof SEVERITIES)[number];

/**
 * Reads the text of a `paylint.json`; comments and trailing commas are allowed. It has `rules`, an object of rule ids
 * with `"off"`, `"warning"`, `"error"` or `["error", { options }]`, and `ignores`, a list of patterns.
 */
export function parseSettings(text: string, known: readonly KnownRule[]): ParsedSettings {
  return new SettingsReader(text, known).read();
}

/** A severity as written in settings or on the command line; undefined when it is none. */
export function readSeverity(value: unknown): SettingSeverity | undefined {
  return SEVERITIES.find((severity) => severity === value);
}

export function severityMessage(value: unknown): string {
  return `${JSON.stringify(value)} is no severity: write "off", "warning" or "error"`;
}

export function unknownRuleMessage(id: string, known: readonly Pick<Rule, "id">[]): string {
  return `There is no rule "${id}". The rules are: ${known.map((rule) => rule.id).join(", ")}`;
}

class SettingsReader {
  readonly #document: JsonDocument;
  readonly #known: readonly KnownRule[];

  constructor(text: string, known: readonly KnownRule[]) {
    this.#document = new JsonDocument(text, { comments: true, trailingCommas: true });
    this.#known = known;
  }

  read(): ParsedSettings {
    const { root, problems } = this.#document;
    const settings: { rules: Record<string, RuleSetting>; ignores: string[] } = { rules: {}, ignores: [] };
    if (root?.type !== "object") {
      if (problems.length === 0)
        this.#tell(0, 'The settings have to be an object: { "rules": {}, "ignores": [] }');
    } else
      for (const [key, value, node] of propertiesOf(root)) {
        if (key === "rules") settings.rules = this.#rules(value);
        else if (key === "ignores") settings.ignores = this.#ignores(value);
        else if (key !== "$schema")
          this.#tell(node.offset, `There is no setting "${key}", only "rules" and "ignores"`);
      }
    return { ...settings, problems };
  }

  #rules(node: Node): Record<string, RuleSetting> {
    const settings: Record<string, RuleSetting> = {};
    if (node.type !== "object") this.#tell(node.offset, '"rules" has to be an object: { "RULE": "error" }');
    for (const [id, value, at] of propertiesOf(node)) {
      const rule = this.#known.find((each) => each.id === id);
      const setting = rule && this.#setting(rule, value);
      if (!rule) this.#tell(at.offset, unknownRuleMessage(id, this.#known));
      if (setting) settings[id] = setting;
    }
    return settings;
  }

  #setting(rule: KnownRule, node: Node): RuleSetting | undefined {
    const [first, options, surplus] = node.type === "array" ? (node.children ?? []) : [node];
    const written: unknown = first && getNodeValue(first);
    const severity = readSeverity(written);
    if (!severity) this.#tell((first ?? node).offset, `rules.${rule.id}: ${severityMessage(written ?? "")}`);
    if (surplus)
      this.#tell(surplus.offset, `rules.${rule.id} takes a severity and one object of options, no more`);
    if (options) this.#checkOptions(rule, options);
    if (!severity) return undefined;
    return options ? { severity, options: getNodeValue(options) as object } : { severity };
  }

  #checkOptions(rule: KnownRule, node: Node): void {
    const validate = new Ajv({ allErrors: true, strict: false }).compile({
      type: "object",
      ...rule.meta.schema,
    });
    if (validate(getNodeValue(node))) return;
    for (const error of validate.errors ?? []) {
      const at = nodeAt(node, error.instancePath);
      this.#tell(
        at.offset,
        `rules.${rule.id}, options${error.instancePath.replaceAll("/", ".")}: ${sentence(error)}`,
      );
    }
  }

  #ignores(node: Node): string[] {
    if (node.type !== "array")
      this.#tell(node.offset, '"ignores" has to be a list of patterns: ["fixtures/"]');
    const patterns: string[] = [];
    for (const item of node.type === "array" ? (node.children ?? []) : []) {
      if (item.type === "string") patterns.push(item.value as string);
      else this.#tell(item.offset, '"ignores" takes patterns in quotes');
    }
    return patterns;
  }

  #tell(offset: number, message: string): void {
    this.#document.tell(offset, message);
  }
}
