import type { Range } from "../flow/tree.ts";
import type { ObservationKind, ObservationOf, Repair } from "../observe/observation.ts";

export type Severity = "error" | "warning";
export type Language =
  | "javascript"
  | "dotenv"
  | "json"
  | "prisma"
  | "yaml"
  | "toml"
  | "properties"
  | "shell"
  | "dockerfile"
  | "terraform"
  | "markdown"
  | "vue"
  | "svelte";

export interface RuleMeta {
  /** One sentence, verb first, without a full stop. */
  readonly description: string;
  readonly severity: Severity;
  /** The presets that switch the rule on; strict holds all of recommended. */
  readonly presets: readonly ("recommended" | "strict")[];
  readonly languages: readonly Language[];
  /** CWE numbers, the primary one first. */
  readonly cwe: readonly number[];
  /** Clauses the check supports (never satisfies): OWASP ASVS 5.0.0, PCI DSS 4.0.1, OWASP API 2023. */
  readonly standards: {
    readonly asvs: readonly string[];
    readonly pci: readonly string[];
    readonly api: readonly string[];
  };
  /** By message id: what is wrong, why it costs money, what to do. Placeholders as in ESLint: {{name}}. */
  readonly messages: Readonly<Record<string, string>>;
  /** JSON Schema of the options object. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Options under which the preset `strict` runs it. */
  readonly strict?: object;
}

export interface Report {
  readonly messageId: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly range: Range;
  /** Overrides the rule's own severity, e.g. a test key. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  readonly suggestions?: readonly Repair[] | undefined;
}

/** A rule judges one observation at a time: pure, and silent where a fact is unknown. */
export interface Rule<Kind extends ObservationKind = ObservationKind, Options extends object = object> {
  readonly id: string;
  readonly meta: RuleMeta;
  readonly observes: Kind;
  readonly defaultOptions: Options;
  check(observation: ObservationOf<Kind>, options: Options): Report | undefined;
}

/** Checks the types of a rule's observation and options, and hands it out as one of all rules. */
export function defineRule<Kind extends ObservationKind, Options extends object>(
  rule: Rule<Kind, Options>,
): Rule {
  return rule as unknown as Rule;
}

/** A report of a rule about a file. */
export interface Finding extends Omit<Report, "severity"> {
  readonly ruleId: string;
  readonly severity: Severity;
  /** The message with its placeholders filled. */
  readonly message: string;
}
