import { type ListedItem, type ObservationKind, rules } from "@paylint/engine";
import type { Located } from "./evidence-index.ts";
import { type EvidenceFinding, type ObservedCode, shortHash } from "./file-evidence.ts";
import { inOrder, type SignOff } from "./go-live.ts";
import type { EvidencePlace, ItemStatus } from "./item-status.ts";
import { signedStatus, type SigningRules } from "./sign-off-state.ts";
import { count, shown } from "./words.ts";

const ruleOfId = new Map(rules.map((rule) => [rule.id, rule]));
const judgedKinds = new Set(rules.map((rule) => rule.observes));

/** The kinds of observations that speak of an item. A rule that is still to come observes nothing. */
export function kindsOf({ facts = [], rules: ids = [] }: ListedItem): ReadonlySet<ObservationKind> {
  const observed = ids.flatMap((id) => ruleOfId.get(id)?.observes ?? []);
  return new Set([...facts.map(({ kind }) => kind), ...observed]);
}

/** Where an item stands; `evidence` are the observations of the item's kinds that count for its provider. */
export function evaluate(
  item: ListedItem,
  evidence: readonly Located[],
  signOffs: readonly SignOff[],
  signing: SigningRules,
): ItemStatus {
  const code = kindsOf(item).size > 0 ? stampOf(evidence) : undefined;
  const status = (state: ItemStatus["state"], why: string, places: readonly EvidencePlace[]): ItemStatus => ({
    item,
    state,
    why,
    places,
    signOffs: inOrder(signOffs),
    code,
  });
  const shownPlaces = evidence.flatMap((located) => placesOf(item, located));
  const against = shownPlaces.filter(({ answer }) => answer === "no");
  const unclear = shownPlaces.filter(({ answer }) => answer === "unknown");
  const rest = shownPlaces.filter(({ answer }) => answer === "yes");
  const signed = signedStatus(item, signOffs, code, signing);
  if (against.length > 0)
    return status("contradicted", contradiction(against), [...against, ...unclear, ...rest]);
  if (isProved(item, evidence, shownPlaces) && signed.state !== "reopened")
    return status("proved", `The code shows it in ${count(rest.length, "place")}.`, rest);
  const places = [...unclear, ...rest];
  if (signed.state === "done" || signed.state === "not-applicable" || signed.state === "stale")
    return status(signed.state, signed.why, places);
  const heard = signed.state === "unsigned" ? "" : `${signed.why} `;
  if (unclear.length > 0) return status("needs-review", heard + question(unclear), places);
  return status("open", heard + waiting(item, evidence), places);
}

/** What an observation shows of an item: findings against it, else its facts. */
function placesOf(item: ListedItem, { file: { file }, code }: Located): EvidencePlace[] {
  const isOfItem = ({ ruleId }: EvidenceFinding): boolean => (item.rules ?? []).some((id) => id === ruleId);
  const findings = code.findings.filter(isOfItem);
  if (findings.length > 0) return findings.map((finding) => findingPlace(file, finding));
  const facts = (item.facts ?? []).filter(({ kind, fact }) => kind === code.kind && code.facts[fact]);
  if (facts.length > 0) return facts.flatMap(({ fact }) => factPlaces(file, code, fact));
  return code.suppressed.filter(isOfItem).map(({ ruleId, message, place }) => ({
    file,
    ...place,
    answer: "unknown",
    note: `A comment suppresses ${ruleId}: ${message}`,
  }));
}

function findingPlace(file: string, { ruleId, message, place }: EvidenceFinding): EvidencePlace {
  return { file, ...place, answer: "no", note: message, ruleId };
}

/** A "no" that no rule reports because people said so, in a comment or the settings, is a question to a person. */
function factPlaces(file: string, code: ObservedCode, fact: string): EvidencePlace[] {
  const { answer, place } = code.facts[fact]!;
  if (answer === "no" && code.findings.length > 0)
    return code.findings.map((finding) => findingPlace(file, finding));
  const note = shown(code.kind, fact, answer);
  if (answer !== "no" || !judgedKinds.has(code.kind)) return [{ file, ...place, answer, note }];
  const because = code.suppressed.length > 0 ? "a comment suppresses the finding" : "the settings allow it";
  return [{ file, ...place, answer: "unknown", note: `${note}; ${because}` }];
}

/** Every fact that the item names is seen, and yes wherever it is. What cannot be taken back is for people alone. */
function isProved(item: ListedItem, evidence: readonly Located[], places: readonly EvidencePlace[]): boolean {
  const { facts = [], kind } = item;
  if (facts.length === 0 || kind === "irreversible" || places.some(({ answer }) => answer !== "yes"))
    return false;
  return facts.every((fact) => evidence.some(({ code }) => code.kind === fact.kind && code.facts[fact.fact]));
}

/** A stamp of all code that speaks of an item; where it stands, and in which order, does not matter. */
function stampOf(evidence: readonly Located[]): string {
  return shortHash(evidence.map(({ code }) => code.stamp).sort());
}

function contradiction(places: readonly EvidencePlace[]): string {
  const [first] = places;
  const by = first!.ruleId === undefined ? "" : ` (${first!.ruleId})`;
  const others = places.length > 1 ? ` and in ${count(places.length - 1, "other place")}` : "";
  return `The code contradicts it at ${at(first!)}${by}${others}.`;
}

function question(places: readonly EvidencePlace[]): string {
  const [first] = places;
  const others = places.length > 1 ? `, and so in ${count(places.length - 1, "other place")}` : "";
  return `A person has to look: ${first!.note.replace(/^./, (letter) => letter.toLowerCase())} at ${at(first!)}${others}.`;
}

function waiting({ facts = [], kind }: ListedItem, evidence: readonly Located[]): string {
  if (kind === "irreversible") return "It waits for two people: this cannot be taken back.";
  if (facts.length > 0 && evidence.length === 0)
    return "It waits for a person: there is no code yet that could show it.";
  return "It waits for a person.";
}

function at({ file, line }: EvidencePlace): string {
  return `${file}:${line}`;
}
