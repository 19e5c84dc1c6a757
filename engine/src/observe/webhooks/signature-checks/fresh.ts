import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { isWithin, type Node, propertyName, rangeOf } from "../../../flow/tree.ts";
import type { ArgumentPlace3, ProvidersVerifier, Verifier } from "../../../providers/index.ts";
import type { Answer, Fact, Repair } from "../../observation.ts";
import { repairAge, repairTolerance } from "../../repairs/age.ts";
import { fieldsOf } from "../../objects.ts";
import { mayCheck } from "../checks/hidden.ts";
import { functionsRunBy, isLibrary } from "../facts/called.ts";
import { clocksIn, comparesAge, isNoted } from "./clocks.ts";
import { outermostFunction, schemeAt, signsTime } from "./scheme.ts";

export interface Freshness {
  readonly provider: string;
  readonly fresh: Fact | undefined;
  readonly repairs?: readonly Repair[];
}

/** Whether an SDK's check, or code around it, refuses events that were signed long ago. */
export function freshOfSdk(call: TSESTree.CallExpression, found: ProvidersVerifier, flow: Flow): Freshness {
  const { provider, verifier } = found;
  const given = toleranceOf(call, verifier, flow);
  const byCall = given ? ofTolerance(given, flow) : verifier.checksAge;
  const isTimed =
    provider.signatures.length > 0 &&
    provider.signatures.every((signature) => signsTime({ provider: provider.id, signature }));
  if (byCall === "no" && !isTimed) return { provider: provider.id, fresh: undefined };
  const answer = byCall === "no" ? ageAround(call, flow, given !== undefined) : byCall;
  const place = byCall === "no" && given && given !== "hidden" ? given : call;
  const note = given ? "with this tolerance no event is too old" : "this checks no age";
  const repairs = answer === "no" && place !== call ? repairTolerance(place) : [];
  return { provider: provider.id, fresh: factOf(answer, place, note), repairs };
}

/** Whether code around a check by hand does, where its scheme signs a time. */
export function freshByHand(check: Node, flow: Flow): Freshness | undefined {
  const scheme = schemeAt(check, flow);
  if (!scheme) return undefined;
  if (!signsTime(scheme)) return { provider: scheme.provider, fresh: undefined };
  const answer = ageAround(check, flow);
  const fresh = factOf(answer, check, "nothing here compares the signed time with the clock");
  const repairs = answer === "no" ? repairAge(check, scheme.signature, flow) : [];
  return { provider: scheme.provider, fresh, repairs };
}

function factOf(answer: Answer, place: Node, note: string): Fact {
  const range = rangeOf(place);
  return { answer, range, steps: answer === "no" ? [{ range, note }] : [] };
}

/** The tolerance that a call is given; undefined for none. */
function toleranceOf(
  call: TSESTree.CallExpression,
  { tolerance }: Verifier,
  flow: Flow,
): Node | "hidden" | undefined {
  if (!tolerance) return undefined;
  if (call.arguments.some(({ type }) => type === "SpreadElement")) return "hidden";
  const given = argumentOf(call, tolerance, flow);
  if (!given || given === "hidden") return given;
  return flow.constant(given) === null || flow.name(given) === "undefined" ? undefined : given;
}

function argumentOf(call: TSESTree.CallExpression, { argument, property }: ArgumentPlace3, flow: Flow) {
  const given = call.arguments[argument];
  if (property === undefined || !given) return given;
  const { values, open } = fieldsOf(given, flow);
  const found = values.get(property) ?? [];
  return found.length === 0 && !open ? undefined : found.length === 1 ? found[0]! : "hidden";
}

/** A day: past it a tolerance is none, and one in milliseconds is told from one in seconds. */
const NO_TOLERANCE = 86_400;
/** An hour, as the clocks of two time zones differ. */
const WIDE = 3600;

function ofTolerance(given: Node | "hidden", flow: Flow): Answer {
  if (given === "hidden") return "unknown";
  if (/^(?:Infinity|Number\.(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER|MAX_VALUE))$/.test(flow.name(given) ?? ""))
    return "no";
  const seconds = flow.constant(given);
  if (typeof seconds !== "number") return "unknown";
  if (seconds <= 0 || seconds > NO_TOLERANCE) return "no";
  return seconds > WIDE ? "unknown" : "yes";
}

const NAMES_AGE =
  /fresh|stale|too_?old|replay|max_?age|skew|drift|is_?expired|has_?expired|is_?recent|time_?window|valid_?timestamp|timestamp_?valid|check_?timestamp|verify_?timestamp/i;

/**
 * Whether the age of a signature is looked at on the way that a check stands on, as far as its file shows. What is named
 * a tolerance says nothing where the check itself takes one.
 */
function ageAround(check: Node, flow: Flow, hasTolerance = false): Answer {
  const fn = outermostFunction(check, flow);
  if (!fn) return "unknown";
  const around = functionsAround(fn, flow);
  const isAround = (node: Node) => around.some((each) => isWithin(node, each));
  if (flow.tree.all("BinaryExpression").some((each) => isAround(each) && comparesAge(each, flow)))
    return "yes";
  if (clocksIn(flow.module.program, flow).some((clock) => !isNoted(clock, flow))) return "unknown";
  const namesAge = (name: string) => NAMES_AGE.test(name) || (!hasTolerance && /toleran/i.test(name));
  if (flow.tree.all("Identifier").some(({ name }) => namesAge(name))) return "unknown";
  const hides = (call: TSESTree.CallExpression) => call !== check && isAround(call) && mayLook(call, flow);
  if (flow.tree.all("CallExpression").some(hides) || handsTimeOn(fn, flow)) return "unknown";
  return "no";
}

/** A function, and those of its file that call it or are called by it. */
function functionsAround(fn: Node, flow: Flow): readonly Node[] {
  const around = new Set<Node>([fn]);
  for (const each of around) {
    for (const call of flow.tree.all("CallExpression")) {
      const runs = functionsRunBy(call, flow).filter((called) => called.flow === flow && !called.callback);
      if (isWithin(call, each)) for (const called of runs) around.add(called.fn);
      const caller = runs.some((called) => called.fn === each) ? outermostFunction(call, flow) : undefined;
      if (caller) around.add(caller);
    }
  }
  return [...around];
}

/** Whether a call that this file does not show may look at the age: it is given what was signed. */
function mayLook(call: TSESTree.CallExpression, flow: Flow): boolean {
  const opened = functionsRunBy(call, flow).find(({ callback }) => !callback);
  if (opened?.flow === flow) return false;
  return mayCheck(call, flow) || (isOwn(call, flow) && call.arguments.some((given) => isTime(given, flow)));
}

/** Whether a call's function belongs to the project, or is given to this code. */
function isOwn(call: TSESTree.CallExpression, flow: Flow): boolean {
  const { root } = flow.resolve(call.callee);
  return root.kind === "import" ? !isLibrary(root.module) : root.kind !== "global" && root.kind !== "value";
}

function isTime(node: Node, flow: Flow): boolean {
  // The name of a header is not what it holds.
  if (flow.constant(node) !== undefined) return false;
  return /\bts?\b|time|\bparts?\b/i.test(flow.module.text.slice(...node.range));
}

/** Whether a function answers the time that it took out of what was sent. */
function handsTimeOn(fn: NonNullable<ReturnType<typeof outermostFunction>>, flow: Flow): boolean {
  return flow.tree
    .returnsOf(fn)
    .some(
      (returned) =>
        returned.type === "ObjectExpression" &&
        returned.properties.some(
          (each) => each.type === "Property" && /^ts?$|time|signedAt|created/i.test(propertyName(each) ?? ""),
        ),
    );
}
