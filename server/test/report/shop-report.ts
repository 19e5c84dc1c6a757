import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  detectProviders,
  itemsOf,
  lintText,
  languageOf,
  presetSettings,
  providerById,
} from "@paylint/engine";
import { Checklist } from "../../src/checklist/checklist.ts";
import { fileEvidence } from "../../src/checklist/file-evidence.ts";
import type { SignOffs } from "../../src/checklist/go-live.ts";
import type { ChecklistReport } from "../../src/report/checklist-report.ts";
import { Excerpts } from "../../src/report/excerpt.ts";
import { aSignOff, BEN, NOW } from "../checklist/samples.ts";

const SHOP = path.resolve(import.meta.dirname, "../../../examples/shop");

const SIGN_OFFS: SignOffs = {
  "paymongo/live-keys-issued": [
    aSignOff({
      when: "2026-05-12T09:00:00Z",
      evidence: "https://example.com/ticket/12",
      commit: "a".repeat(40),
    }),
  ],
  "paymongo/get-started-done": [
    aSignOff({
      who: BEN,
      when: "2026-05-20T16:30:00Z",
      state: "not-applicable",
      reason: "We had it already.",
    }),
  ],
};

/** The report about the sample shop that has every mistake, with a few sign-offs. */
export function shopReport(): ChecklistReport {
  const rules = presetSettings("recommended");
  const names = readdirSync(SHOP, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => languageOf(name) && !name.includes("node_modules"));
  const sources = new Map(
    names.map((fileName) => [fileName, { fileName, text: readFileSync(path.join(SHOP, fileName), "utf8") }]),
  );
  const checklist = new Checklist({
    providers: ["paymongo", "swap-pay"],
    ownProviders: [],
    itemsOf,
    shelfLife: true,
    now: () => NOW,
  });
  const evidence = [...sources.values()].map((source) =>
    fileEvidence(source, lintText(source, rules), { rules, detect: detectProviders }),
  );
  checklist.load(evidence, SIGN_OFFS);
  return {
    project: "shop",
    version: "1.2.3",
    now: NOW,
    commit: "b".repeat(40),
    statuses: checklist.statuses,
    providerName: (id) => providerById(id)!.name,
    trend: [
      { when: "2026-04-02T10:00:00+08:00", signed: 0 },
      { when: "2026-05-12T17:05:00+08:00", signed: 1 },
      { when: "2026-05-21T10:00:00+08:00", signed: 2 },
    ],
    excerptOf: (place) => {
      const source = sources.get(place.file);
      return source && new Excerpts(source).at(place);
    },
  };
}
