/** One mistake of the sample shop. Its repair is the file of the same name in the repaired twin. */
export interface Mistake {
  readonly rule: string;
  readonly file: string;
  /** Text that stands only on the line of the finding. */
  readonly line: string;
}

export const mistakes: readonly Mistake[] = [
  { rule: "verify-before-parse", file: "server/webhooks/paymongo.ts", line: "JSON.stringify(req.body)" },
  { rule: "timing-safe-compare", file: "lib/signature.ts", line: "expected === signature" },
  { rule: "no-hardcoded-secrets", file: "services/paymongo.ts", line: "process.env.PAYMONGO_SECRET_KEY ||" },
  { rule: "no-hardcoded-secrets", file: "config/payments.json", line: '"apiKey"' },
  { rule: "no-float-amounts", file: "lib/money.ts", line: "pesos / PHP_PER_USDT" },
  { rule: "require-idempotency-key", file: "services/paymongo.ts", line: "/v1/payment_intents`" },
  {
    rule: "no-untrusted-recipient",
    file: "server/routes/payouts.ts",
    line: "destination_account: {",
  },
];

/** What the suite tries, by the names under which it reports. */
export const caseNames = [
  ...mistakes.map(nameOf),
  "a key in a .env file is found",
  "a text that was never saved is checked, and forgotten when it is closed",
  "a server that was killed comes back and checks what is open",
  "the command Restart Server brings up another server",
  "a quick fix repairs its finding",
  "all that is safe is repaired by one action",
  "the commands of the walkthrough repair, check again and open",
  "suppressing asks for a reason, and the finding is gone once there is one",
  "a hover explains the finding, with the right way and the standards",
  "the page of a rule opens beside the code, without a network",
  "files that nobody opened are checked, too",
  "the checklist shows what the code of the shop contradicts",
  "repairing the handler in the editor ends the contradiction without a save",
  "repairing the comparison in the editor proves the item without a save",
  "no parent has a checkbox",
  "the filters show open and required items only",
];

export function nameOf(mistake: Mistake): string {
  return `${mistake.rule} in ${mistake.file}: found, cleared by repair, found again`;
}

/** Stands before each line of the suite's log that reports a case, as JSON. */
export const REPORT = "PAYLINT-CASE ";

export interface CaseReport {
  readonly name: string;
  /** Undefined when it passed. */
  readonly error?: string;
}
