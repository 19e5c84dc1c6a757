import { LineIndex, type Rule, type RuleSetting } from "@paylint/engine";
import { Ajv, type ErrorObject } from "ajv";
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** What is wrong in a settings file and where; lines and columns count from one. */
export interface SettingsProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface ParsedSettings {
  /** Settings by rule id, of the rules that the file names. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Patterns as in a .gitignore, relative to the file's folder. */
  readonly ignores: readonly string[];
  readonly problems: readonly SettingsProblem[];
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
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #known: readonly KnownRule[];
  readonly #problems: SettingsProblem[] = [];

  constructor(text: string, known: readonly KnownRule[]) {
    this.#text = text;
    this.#lines = new LineIndex(text);
    this.#known = known;
  }

  read(): ParsedSettings {
    const errors: ParseError[] = [];
    const tree = parseTree(this.#text, errors, { allowTrailingComma: true });
    const settings: { rules: Record<string, RuleSetting>; ignores: string[] } = { rules: {}, ignores: [] };
    // Further errors are mostly echoes of the first.
    const [broken] = errors;
    if (broken) this.#tell(broken.offset, `This is no JSON: ${inWords(printParseErrorCode(broken.error))}`);
    else if (tree?.type !== "object")
      this.#tell(0, 'The settings have to be an object: { "rules": {}, "ignores": [] }');
    else
      for (const [key, value, node] of propertiesOf(tree)) {
        if (key === "rules") settings.rules = this.#rules(value);
        else if (key === "ignores") settings.ignores = this.#ignores(value);
        else if (key !== "$schema")
          this.#tell(node.offset, `There is no setting "${key}", only "rules" and "ignores"`);
      }
    return { ...settings, problems: this.#problems };
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
    const { line, column } = this.#lines.positionAt(offset);
    this.#problems.push({ message, line: line + 1, column: column + 1 });
  }
}

/** Keys and values of an object, each with the node of the pair. */
function propertiesOf(node: Node): [string, Node, Node][] {
  if (node.type !== "object") return [];
  return (node.children ?? []).flatMap((pair) => {
    const [key, value] = pair.children ?? [];
    return key && value ? [[key.value as string, value, pair] as [string, Node, Node]] : [];
  });
}

/** The node that a JSON pointer leads to; the last one on the way where it leads nowhere. */
function nodeAt(node: Node, pointer: string): Node {
  let at = node;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const next =
      at.type === "array" ? at.children?.[Number(name)] : propertiesOf(at).find(([key]) => key === name)?.[1];
    if (!next) break;
    at = next;
  }
  return at;
}

function sentence({ keyword, message, params }: ErrorObject): string {
  if (keyword === "additionalProperties")
    return `there is no option "${String((params as { additionalProperty: unknown }).additionalProperty)}"`;
  if (keyword === "enum")
    return `has to be one of ${(params as { allowedValues: unknown[] }).allowedValues.map((v) => JSON.stringify(v)).join(", ")}`;
  return message ?? keyword;
}

/** "CommaExpected" as words. */
function inWords(code: string): string {
  return code.replace(/(?!^)([A-Z])/g, " $1").toLowerCase();
}
