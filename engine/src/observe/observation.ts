import type { Range } from "../flow/tree.ts";

/** What the code shows of a fact. Unknown is never an alarm. */
export type Answer = "yes" | "no" | "unknown";

/** A place that belongs to an explanation, in the order a reader follows it. */
export interface Step {
  readonly range: Range;
  readonly note: string;
}

/** A replacement of text; several of one repair never overlap. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** A change that repairs what a fact answered with no; applied, the fact is no longer so. */
export interface Repair {
  /** What it does, as an editor offers it. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** It may be applied without a look at it: what was right before works as before. */
  readonly isSafe?: boolean;
  /** The environment variable that the repaired code wants to be set, and the one before it did not. */
  readonly setting?: string;
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
  readonly repairs?: readonly Repair[] | undefined;
}

/** Two values compared, at least one of them secret. `constantTime`: the comparison leaks no timing. */
export interface SecretComparison extends Common<"secret-comparison"> {
  readonly constantTime: Fact;
  readonly subject: "mac" | "token";
  /** How they are compared: the operator, or the called function's name. */
  readonly operator: string;
  readonly repairs?: readonly Repair[] | undefined;
}

/** A sum of money worked on. */
export interface Amount extends Common<"amount"> {
  /** No binary fraction can change it. */
  readonly exact: Fact;
  /** It is in the unit that its provider takes; undefined for a sum that is not sent to one. */
  readonly unit: Fact | undefined;
  /** What is wrong with the unit, where something is. */
  readonly mistake: UnitMistake | undefined;
  /** The currency where the request writes it out, such as "JPY". */
  readonly currency: string | undefined;
  readonly shape:
    | "unrounded-factor"
    | "truncated"
    | "rounded-trip"
    | "parsed-fraction"
    | "rate"
    | "float-column"
    | "unrounded-unit"
    | "parsed-sum"
    | "narrowed"
    | "fixed-string"
    | "whole";
  readonly repairs?: readonly Repair[] | undefined;
}

/**
 * `minor-units` sent to a provider that takes major ones, or `major-units` to one that takes minor ones; a
 * `zero-decimal` or `three-decimal` currency written as if it had two.
 */
export type UnitMistake = "minor-units" | "major-units" | "zero-decimal" | "three-decimal";

/** A call that creates a movement of money. `idempotent`: repeated, it moves the money once. */
export interface MoneyCall extends Common<"money-call"> {
  readonly idempotent: Fact;
  /** The key is the same on each try and another one for each operation; undefined where no key is seen. */
  readonly stable: Fact | undefined;
  readonly operation: string;
  /**
   * `constant`: a key that all calls have; `clock`: one made of the moment; `minted`: one drawn anew on each try;
   * `shared`: one that another operation has, too.
   */
  readonly shape: "missing" | "misplaced" | "constant" | "clock" | "minted" | "shared" | "present";
  /** How the provider takes the key, e.g. "the Idempotency-Key header". */
  readonly carrier: string;
  /** Whether the provider's SDK adds keys of its own to the retries that it makes itself. */
  readonly sdkRetries: boolean;
  /** Whether the provider refuses the request without a key. */
  readonly required: boolean;
  readonly repairs?: readonly Repair[] | undefined;
}

/** A recipient of money. `trusted`: the server chose it, or checked that it belongs to the caller. */
export interface Recipient extends Common<"recipient"> {
  readonly trusted: Fact;
  /** The field that names the recipient, as written. */
  readonly field: string;
  /** `posted`: a page asks its own server to pay whom people type in. */
  readonly way: "handed" | "posted";
  readonly repairs?: readonly Repair[] | undefined;
}

/** A value shaped, named or used as a secret. `outside`: the source does not hold it. */
export interface Secret extends Common<"secret"> {
  readonly outside: Fact;
  /** What it is, e.g. "PayMongo secret key"; never the value. */
  readonly name: string;
  readonly mode: "live" | "test" | "unknown";
  /** What whoever reads it can do: use the payment API, forge webhooks, spend from a wallet, use another service. */
  readonly opens: "api" | "webhooks" | "wallet" | "service" | "database";
  readonly place: "literal" | "fallback" | "config";
  readonly repairs?: readonly Repair[] | undefined;
}

/** A function that receives the events of a payment provider or of another sender. */
export interface WebhookHandler extends Common<"webhook-handler"> {
  /** The path it serves, as far as it is known. */
  readonly route: string | undefined;
  /** Nothing is done because of an event before it is proved who sent it. */
  readonly verified: Fact;
  /** No way leads around the check, such as a header or a secret that is missing; undefined without a check. */
  readonly unskippable: Fact | undefined;
  /** An event that comes twice has its effects once; undefined where nothing is done that could be done twice. */
  readonly deduplicated: Fact | undefined;
  /** A test event is told from a live one; undefined where the provider's events do not say which they are. */
  readonly modeChecked: Fact | undefined;
  /** The answer does not wait for slow work; undefined where there is none. */
  readonly acknowledged: Fact | undefined;
  /** An event of an unknown type is answered with a success; undefined where types are not told apart. */
  readonly tolerant: Fact | undefined;
  /** What is fulfilled was read from the provider again; undefined where the provider does not ask for it. */
  readonly refetched: Fact | undefined;
}

/** A place where a signature is checked, by an SDK or by hand, in a handler or in a helper. */
export interface SignatureCheck extends Common<"signature-check"> {
  /** The outcome is waited for and looked at. */
  readonly awaited: Fact;
  /** `unawaited`: it is a promise's, and nothing waits for it. `ignored`: it is there, and nothing looks at it. */
  readonly outcome: "unawaited" | "ignored" | "looked-at";
  /** Events that were signed long ago are refused; undefined where no time is signed. */
  readonly fresh: Fact | undefined;
  /** What repairs each of the two. */
  readonly repairs?: Readonly<Record<"awaited" | "fresh", readonly Repair[]>> | undefined;
}

/** A page or route that customers come back to after paying. `confirmed`: the provider is asked before fulfilment. */
export interface ReturnPage extends Common<"return-page"> {
  readonly confirmed: Fact;
}

/** Something written to a log, an error report or a trace. `discreet`: no secret goes along. */
export interface LogEntry extends Common<"log-entry"> {
  readonly discreet: Fact;
  /** What goes along, e.g. "STRIPE_SECRET_KEY"; never the value. */
  readonly name: string;
  /** The secret itself, a header or an error of an HTTP client that holds one. */
  readonly carries: "secret" | "credentials";
}

/** A setting of how a connection's certificate is checked. `checked`: it is. */
export interface TlsSetting extends Common<"tls-setting"> {
  readonly checked: Fact;
  /** Whether every connection of the process is meant, not only this one. */
  readonly everywhere: boolean;
}

/** A URL that customers are sent to, or that a provider calls. */
export interface Address extends Common<"address"> {
  /** What it is reached by is encrypted; undefined where the scheme is not written out. */
  readonly encrypted: Fact | undefined;
  /** Nothing secret stands in it; undefined where nothing varies in it. */
  readonly discreet: Fact | undefined;
  /** The field or call that takes it, e.g. "success_url". */
  readonly taker: string;
}

/** A secret on its way to a browser. `hidden`: it stays on the server. */
export interface BrowserExposure extends Common<"browser-exposure"> {
  readonly hidden: Fact;
  /** The secret's name, e.g. "NEXT_PUBLIC_STRIPE_SECRET_KEY". */
  readonly name: string;
  readonly way: "public-name" | "answer" | "view" | "bundle";
}

/** What stands in for a setting that is missing. `live`: nothing of a provider's test mode does. */
export interface SettingFallback extends Common<"setting-fallback"> {
  readonly live: Fact;
  /** The environment variable that may be missing. */
  readonly setting: string;
  readonly standIn: "key" | "host" | "mode";
  readonly repairs?: readonly Repair[] | undefined;
}

/** A provider's payment page on its way to the customer. `untouched`: it is opened as the provider made its URL. */
export interface PaymentUrl extends Common<"payment-url"> {
  readonly untouched: Fact;
  readonly shape: "changed" | "framed" | "handed-on";
}

/** An answer about a request to a provider that failed. `discreet`: it holds nothing of the provider's own words. */
export interface ErrorAnswer extends Common<"error-answer"> {
  readonly discreet: Fact;
  /** What goes along, as written, e.g. "error.message". */
  readonly detail: string;
}

/** A setting of one environment that says in which mode payments run. `consistent`: it is that environment's mode. */
export interface EnvironmentSetting extends Common<"environment-setting"> {
  readonly consistent: Fact;
  readonly environment: "production" | "test";
  readonly shape: "key" | "host" | "mode";
  /** The name of the setting, e.g. "PAYPAL_BASE_URL". */
  readonly setting: string;
}

export type Observation =
  | SignedPayload
  | SecretComparison
  | Amount
  | MoneyCall
  | Recipient
  | Secret
  | WebhookHandler
  | SignatureCheck
  | ReturnPage
  | LogEntry
  | TlsSetting
  | Address
  | BrowserExposure
  | SettingFallback
  | PaymentUrl
  | ErrorAnswer
  | EnvironmentSetting;
export type ObservationKind = Observation["kind"];
export type ObservationOf<Kind extends ObservationKind> = Extract<Observation, { kind: Kind }>;
