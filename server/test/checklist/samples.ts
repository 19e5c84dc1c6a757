import type { ListedItem } from "@paylint/engine";
import type { EvidenceFinding, FileEvidence, ObservedCode } from "../../src/checklist/file-evidence.ts";
import type { SignOff } from "../../src/checklist/go-live.ts";

export const NOW = new Date("2026-06-01T08:00:00Z");
export const ADA = "Ada Example <ada@example.com>";
export const BEN = "Ben Sample <ben@example.com>";

/** An item that the code proves by raw bodies, unless it says otherwise. */
export function anItem(change: Partial<ListedItem> = {}): ListedItem {
  const item = {
    id: "raw-body",
    provider: "paymongo",
    section: "webhooks",
    sectionTitle: "Webhooks",
    title: "Verify the raw body",
    look: "It is.",
    level: "required",
    kind: "check",
    source: { document: "paymongo" },
    rules: ["verify-before-parse"],
    facts: [{ kind: "signed-payload", fact: "raw" }],
    ...change,
  } as const;
  return { ...item, fullId: `${item.provider}/${item.id}` } as ListedItem;
}

export function aSignOff(change: Partial<SignOff> = {}): SignOff {
  return { state: "done", who: ADA, when: "2026-05-01T08:00:00Z", ...change };
}

export function placeOn(line: number) {
  return { line, column: 1, endLine: line, endColumn: 9 };
}

export function aFinding(ruleId = "verify-before-parse", line = 1): EvidenceFinding {
  return { ruleId, message: `${ruleId} says no.`, place: placeOn(line) };
}

type CodeChange = Partial<ObservedCode> & {
  readonly answer?: "yes" | "no" | "unknown";
  readonly line?: number;
};

/** A checked signature; a "no" comes with the rule's finding. */
export function someCode({ answer = "yes", line = 1, ...change }: CodeChange = {}): ObservedCode {
  return {
    kind: "signed-payload",
    provider: "paymongo",
    facts: { raw: { answer, place: placeOn(line) } },
    findings: answer === "no" ? [aFinding("verify-before-parse", line)] : [],
    suppressed: [],
    stamp: `stamp-${answer}`,
    ...change,
  };
}

export function aFile(
  file: string,
  observations: readonly ObservedCode[],
  providers: readonly string[] = [],
): FileEvidence {
  return { file, providers: Object.fromEntries(providers.map((id) => [id, `${id}.example`])), observations };
}
