import { propertyName, rangeOf } from "../../../flow/tree.ts";
import { providerById } from "../../../providers/index.ts";
import type { Fact } from "../../observation.ts";
import { wordsOf } from "../../names.ts";
import type { Handler } from "../handler.ts";
import { hidesEvent, provesSender } from "./called.ts";
import { effectAt } from "./deduplicated.ts";
import { inside } from "./inside.ts";
import { type Place, placesOf } from "./walk.ts";

const MODE_WORDS = new Set(["livemode", "testmode", "sandbox", "environment", "mode"]);

/** Whether a name tells live from test in another way: the key or secret that was used, a switch of one's own. */
function namesMode(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => MODE_WORDS.has(word))) return true;
  return words.length > 1 && words.some((word) => /^(?:live|test|prod|production|env)$/.test(word));
}

/**
 * Whether a test event is told from a live one. No: the provider asks its handlers to compare the event's mode, and
 * nothing that the handler runs reads it. Undefined where the provider's events do not say their mode.
 */
export function modeChecked(handler: Handler): Fact | undefined {
  const mode = handler.provider === undefined ? undefined : providerById(handler.provider)?.event?.mode;
  if (!mode) return undefined;
  const places = placesOf(handler);
  if (!places.some(hasEffects)) return undefined;
  const fields = new Set((mode.paths ?? []).map((path) => path.split(".").at(-1)!));
  const headers = new Set((mode.headers ?? []).map((header) => header.toLowerCase()));
  const unknown: Fact = { answer: "unknown", range: handler.range, steps: [] };
  for (const place of places) {
    const read = readOf(place, fields, headers);
    if (read)
      return place.flow === handler.flow
        ? { answer: "yes", range: rangeOf(read), steps: [] }
        : { ...unknown, answer: "yes" };
  }
  if (!mode.asked || places.some(tellsModeOtherwise) || places.some(hides)) return unknown;
  return { ...unknown, answer: "no" };
}

function hasEffects(place: Place): boolean {
  const types = ["CallExpression", "TaggedTemplateExpression", "AssignmentExpression"] as const;
  return types.some((type) => inside(place, type).some((node) => effectAt(node, place.flow) !== undefined));
}

/** Where a function reads the field or the header that holds the mode. */
function readOf(place: Place, fields: ReadonlySet<string>, headers: ReadonlySet<string>) {
  return (
    inside(place, "MemberExpression").find((node) => fields.has(propertyName(node) ?? "")) ??
    inside(place, "Property").find(
      (node) =>
        fields.has(propertyName(node) ?? "") && place.flow.tree.parentOf(node)?.type === "ObjectPattern",
    ) ??
    inside(place, "Literal").find(
      ({ value }) => typeof value === "string" && headers.has(value.toLowerCase()),
    )
  );
}

function tellsModeOtherwise(place: Place): boolean {
  return (
    inside(place, "Identifier").some(({ name }) => namesMode(name)) ||
    inside(place, "Literal").some(
      ({ value }) => typeof value === "string" && value.length < 80 && namesMode(value),
    )
  );
}

function hides(place: Place): boolean {
  return inside(place, "CallExpression").some(
    (call) => hidesEvent(call, place.flow) && !provesSender(call, place.flow),
  );
}
