/**
 * Writes the sign-offs of the sample shops: none for the broken one, those of made-up people for its repaired twin,
 * for everything that its code does not prove. Run it when items came or went, or the shops' code proves less.
 *
 *     node tools/sign-examples.ts
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { formatGoLive, type SignOff } from "../server/src/checklist/go-live.ts";
import type { ItemStatus } from "../server/src/checklist/item-status.ts";
import { lookAt } from "../server/src/commands/workspace.ts";

const examples = path.resolve(import.meta.dirname, "../examples");
const worker = new URL("../server/src/worker.ts", import.meta.url);

const PEOPLE = ["Marisol Example <marisol@kape.example>", "Jun Sample <jun@kape.example>"] as const;
const FIRST_DAY = Date.parse("2026-06-02T01:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What the sample shop has no use for. */
const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  "paychain-hq/contract-key-scoped": "The shop executes no contracts.",
  "paychain-hq/two-billing-plan": "The shop keeps the plan that it was approved with.",
  "paymongo/payment-channels-checklist": "The shop uses none of PayMongo's payment channels.",
};

const EVIDENCE: Readonly<Partial<Record<ItemStatus["item"]["kind"], string>>> = {
  step: "https://wiki.kape.example/go-live/rehearsal",
  monitor: "https://status.kape.example/payments",
  irreversible: "https://wiki.kape.example/go-live/two-person-acts",
};

function signOffsOf({ item, state }: ItemStatus, at: number): SignOff[] {
  if (state === "proved") return [];
  const when = (day: number): string =>
    new Date(FIRST_DAY + day * DAY + at * 2 * MINUTE).toISOString().replace(".000Z", "Z");
  const reason = NOT_APPLICABLE[item.fullId];
  const [first, second] = at % 3 === 0 ? PEOPLE : [PEOPLE[1], PEOPLE[0]];
  if (reason !== undefined) return [{ state: "not-applicable", who: first, when: when(0), reason }];
  const evidence = EVIDENCE[item.kind];
  const done = { state: "done", ...(evidence !== undefined && { evidence }) } as const;
  return item.kind === "irreversible"
    ? [
        { ...done, who: first, when: when(0) },
        { ...done, who: second, when: when(1) },
      ]
    : [{ ...done, who: first, when: when(0) }];
}

for (const shop of ["shop", "shop-repaired"]) {
  const { project, checklist } = await lookAt(path.join(examples, shop), worker);
  checklist.replaceSignOffs({});
  const items = checklist.statuses.map((status, at) => [
    status.item.fullId,
    shop === "shop" ? [] : signOffsOf(status, at),
  ]);
  writeFileSync(
    project.goLiveFile,
    formatGoLive({ items: Object.fromEntries(items) as Record<string, SignOff[]> }),
  );
}
