import type { Range } from "../flow/tree.ts";

/** What the code shows of a fact. Unknown is never an alarm. */
export type Answer = "yes" | "no" | "unknown";

/** A place that belongs to an explanation, in the order a reader follows it. */
export interface Step {
  readonly range: Range;
  readonly note: string;
}

/** A fact about payment code with the place that shows it. */
export interface Fact {
  readonly answer: Answer;
  /** Where the answer shows; where the fact would have to stand when nothing shows it. */
  readonly range: Range;
  readonly steps: readonly Step[];
}

interface Common<Kind extends string> {
  readonly kind: Kind;
  /** Id of a provider file, or undefined when the code does not tell. */
  readonly provider: string | undefined;
  /** What the observation is about: a handler, a call, an expression. */
  readonly range: Range;
}

/**
 * Bytes that a signature is checked over.
 * `raw`: they are the bytes as they were received, not parsed and not serialised again before the check.
 */
export interface SignedPayload extends Common<"signed-payload"> {
  readonly raw: Fact;
  readonly shape:
    "reserialised" | "parsed-to-verifier" | "parsed-first" | "parser-before-raw-route" | "received";
}

/** Two values compared, at least one of them secret. `constantTime`: the comparison leaks no timing. */
export interface SecretComparison extends Common<"secret-comparison"> {
  readonly constantTime: Fact;
  readonly subject: "mac" | "token";
  /** How they are compared: the operator, or the called function's name. */
  readonly operator: string;
}

/** A sum of money worked on. `exact`: no binary fraction can change it. */
export interface Amount extends Common<"amount"> {
  readonly exact: Fact;
  readonly shape:
    | "unrounded-factor"
    | "truncated"
    | "rounded-trip"
    | "parsed-fraction"
    | "rate"
    | "float-column"
    | "unrounded-unit"
    | "parsed-sum"
    | "fixed-string"
    | "whole";
}

/** A call that creates a movement of money. `idempotent`: repeated, it moves the money once. */
export interface MoneyCall extends Common<"money-call"> {
  readonly idempotent: Fact;
  readonly operation: string;
  readonly shape: "missing" | "misplaced" | "changes-on-retry" | "present";
  /** How the provider takes the key, e.g. "the Idempotency-Key header". */
  readonly carrier: string;
  /** Whether the provider's SDK adds keys of its own to the retries that it makes itself. */
  readonly sdkRetries: boolean;
}

/** A recipient of money. `trusted`: the server chose it, or checked that it belongs to the caller. */
export interface Recipient extends Common<"recipient"> {
  readonly trusted: Fact;
  /** The field that names the recipient, as written. */
  readonly field: string;
}

/** A value shaped, named or used as a secret. `outside`: the source does not hold it. */
export interface Secret extends Common<"secret"> {
  readonly outside: Fact;
  /** What it is, e.g. "PayMongo secret key"; never the value. */
  readonly name: string;
  readonly mode: "live" | "test" | "unknown";
  /** What whoever reads it can do: use the API, forge webhooks, spend from a wallet. */
  readonly opens: "api" | "webhooks" | "wallet";
  readonly place: "literal" | "fallback" | "config";
}

export type Observation = SignedPayload | SecretComparison | Amount | MoneyCall | Recipient | Secret;
export type ObservationKind = Observation["kind"];
export type ObservationOf<Kind extends ObservationKind> = Extract<Observation, { kind: Kind }>;
