import type { ChecklistEntry, ChecklistPlace, ChecklistSignOff, FolderChecklist } from "paylint/protocol";

export const FOLDER = "file:///shop";

export function anEntry(change: Partial<ChecklistEntry> = {}): ChecklistEntry {
  return {
    id: "paymongo/raw-body",
    title: "Verify the raw body",
    look: "The bytes are those received.",
    level: "required",
    kind: "check",
    state: "open",
    why: "It waits for a person.",
    source: "paymongo",
    supports: [],
    places: [],
    morePlaces: 0,
    signOffs: [],
    ...change,
  };
}

export function aPlace(change: Partial<ChecklistPlace> = {}): ChecklistPlace {
  const range = { line: 4, column: 1, endLine: 4, endColumn: 9 };
  return { uri: `${FOLDER}/a.ts`, file: "a.ts", ...range, note: "It is parsed.", answer: "no", ...change };
}

export function aSignOff(change: Partial<ChecklistSignOff> = {}): ChecklistSignOff {
  return { state: "done", who: "Ada Example <ada@example.com>", when: "2026-05-01T08:00:00Z", ...change };
}

/** A folder with one provider and one section. */
export function aChecklist(items: readonly ChecklistEntry[], folder = FOLDER): FolderChecklist {
  const sections = [{ id: "webhooks", title: "Webhooks", items }];
  return { folder, scanning: false, providers: [{ id: "paymongo", name: "PayMongo", sections }] };
}
