import type { Rule, RuleSetting } from "@paylint/engine";
import { Ajv } from "ajv";
import type { Node } from "jsonc-parser";
import { JsonDocument, type JsonProblem, nodeAt, propertiesOf, sentence, valueOf } from "./json-document.ts";

/** Which items of the go-live checklist have to be settled before the switch to live keys. */
export const GATES = ["required", "all"] as const;
export type Gate = (typeof GATES)[number];

/** A text of the settings and where it stands; line and column count from one. */
export interface WrittenText {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** What is set otherwise for some files. */
export interface ParsedOverride {
  /** Patterns as in a .gitignore, relative to the file's folder. */
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

export interface ParsedSettings {
  /** Settings by rule id, of the rules that the file names. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Of several that fit a file, the last one counts. */
  readonly overrides: readonly ParsedOverride[];
  /** Patterns as in a .gitignore, relative to the file's folder. */
  readonly ignores: readonly string[];
  /** Ids of the providers that the project uses; undefined when the code tells. */
  readonly providers?: readonly WrittenText[] | undefined;
  /** Provider files of the project's own, relative to the file's folder. */
  readonly customProviders: readonly WrittenText[];
  readonly gate?: Gate | undefined;
  /** Whether sign-offs of the checklist grow stale with time. */
  readonly shelfLife: boolean;
  readonly problems: readonly JsonProblem[];
}

const SETTINGS = ["rules", "overrides", "ignores", "providers", "customProviders", "gate", "shelfLife"].map(
  (name) => `"${name}"`,
);

const OVERRIDE = '{ "files": ["scripts/"], "rules": { "RULE": "warning" } }';

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

type KnownRule = Pick<Rule, "id"> & { readonly meta: Pick<Rule["meta"], "schema"> };

const SEVERITIES = ["off", "warning", "error"] as const;
type SettingSeverity = (typeof SEVERITIES)[number];

/**
 * Reads the text of a `paylint.json`; comments and trailing commas are allowed. All of its settings may be left out:
 *
 * - `rules`: by rule id, `"off"`, `"warning"`, `"error"` or `["error", { options }]`
 * - `overrides`: `[{ files, rules }]`, rules that are set otherwise for some files
 * - `ignores`: patterns as in a .gitignore
 * - `providers`: ids of the payment providers that the project uses
 * - `customProviders`: paths of provider files of the project's own
 * - `gate`: `"required"` or `"all"`
 * - `shelfLife`: false when sign-offs do not grow stale with time
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
    const settings: Writable<ParsedSettings> = {
      rules: {},
      overrides: [],
      ignores: [],
      customProviders: [],
      shelfLife: true,
      problems,
    };
    if (root?.type === "object") {
      for (const [key, value, node] of propertiesOf(root)) this.#setting(key, value, node, settings);
    } else if (problems.length === 0)
      this.#tell(0, 'The settings have to be an object: { "rules": {}, "ignores": [] }');
    return settings;
  }

  #setting(key: string, value: Node, node: Node, settings: Writable<ParsedSettings>): void {
    if (key === "rules") settings.rules = this.#rules(key, value);
    else if (key === "overrides") settings.overrides = this.#overrides(value);
    else if (key === "ignores")
      settings.ignores = this.#texts(key, value, "patterns", "fixtures/").map(textOf);
    else if (key === "providers") settings.providers = this.#texts(key, value, "ids of providers", "stripe");
    else if (key === "customProviders")
      settings.customProviders = this.#texts(key, value, "paths of files", "payments/acquirer.json");
    else if (key === "gate") settings.gate = this.#gate(value);
    else if (key === "shelfLife") settings.shelfLife = this.#shelfLife(value);
    else if (key !== "$schema")
      this.#tell(node.offset, `There is no setting "${key}"; the settings are ${SETTINGS.join(", ")}`);
  }

  #gate(node: Node): Gate | undefined {
    const gate = GATES.find((each) => each === node.value);
    if (!gate) this.#tell(node.offset, '"gate" has to be "required" or "all"');
    return gate;
  }

  #shelfLife(node: Node): boolean {
    if (node.type !== "boolean")
      this.#tell(
        node.offset,
        '"shelfLife" has to be true, or false for sign-offs that never grow stale with time',
      );
    return node.value !== false;
  }

  #overrides(node: Node): ParsedOverride[] {
    if (node.type === "array") return (node.children ?? []).map((item) => this.#override(item));
    this.#tell(node.offset, `"overrides" has to be a list: [${OVERRIDE}]`);
    return [];
  }

  #override(node: Node): ParsedOverride {
    const override: Writable<ParsedOverride> = { files: [], rules: {} };
    for (const [key, value, at] of propertiesOf(node)) {
      if (key === "files")
        override.files = this.#texts("overrides.files", value, "patterns", "scripts/").map(textOf);
      else if (key === "rules") override.rules = this.#rules("overrides.rules", value);
      else this.#tell(at.offset, `"overrides" takes "files" and "rules", not "${key}"`);
    }
    const names = propertiesOf(node).map(([key]) => key);
    if (!names.includes("files") || !names.includes("rules"))
      this.#tell(node.offset, `"overrides" takes objects such as ${OVERRIDE}`);
    return override;
  }

  #rules(name: string, node: Node): Record<string, RuleSetting> {
    const settings: Record<string, RuleSetting> = {};
    if (node.type !== "object") this.#tell(node.offset, `"${name}" has to be an object: { "RULE": "error" }`);
    for (const [id, value, at] of propertiesOf(node)) {
      const rule = this.#known.find((each) => each.id === id);
      const setting = rule && this.#ruleSetting(rule, value);
      if (!rule) this.#tell(at.offset, unknownRuleMessage(id, this.#known));
      if (setting) settings[id] = setting;
    }
    return settings;
  }

  #ruleSetting(rule: KnownRule, node: Node): RuleSetting | undefined {
    const [first, options, surplus] = node.type === "array" ? (node.children ?? []) : [node];
    const written: unknown = first && valueOf(first);
    const severity = readSeverity(written);
    if (!severity) this.#tell((first ?? node).offset, `rules.${rule.id}: ${severityMessage(written ?? "")}`);
    if (surplus)
      this.#tell(surplus.offset, `rules.${rule.id} takes a severity and one object of options, no more`);
    if (options) this.#checkOptions(rule, options);
    if (!severity) return undefined;
    return options ? { severity, options: valueOf(options) as object } : { severity };
  }

  #checkOptions(rule: KnownRule, node: Node): void {
    const validate = new Ajv({ allErrors: true, strict: false }).compile({
      type: "object",
      ...rule.meta.schema,
    });
    if (validate(valueOf(node))) return;
    for (const error of validate.errors ?? []) {
      const at = nodeAt(node, error.instancePath);
      this.#tell(
        at.offset,
        `rules.${rule.id}, options${error.instancePath.replaceAll("/", ".")}: ${sentence(error)}`,
      );
    }
  }

  #texts(key: string, node: Node, what: string, example: string): WrittenText[] {
    if (node.type !== "array")
      this.#tell(node.offset, `"${key}" has to be a list of ${what}: ["${example}"]`);
    const texts: WrittenText[] = [];
    for (const item of node.type === "array" ? (node.children ?? []) : []) {
      if (item.type === "string")
        texts.push({ text: item.value as string, ...this.#document.placeOf(item.offset) });
      else this.#tell(item.offset, `"${key}" takes ${what} in quotes`);
    }
    return texts;
  }

  #tell(offset: number, message: string): void {
    this.#document.tell(offset, message);
  }
}

function textOf({ text }: WrittenText): string {
  return text;
}
