import { type Node, type Range, rangeOf } from "../../../flow/tree.ts";
import { providerById } from "../../../providers/index.ts";
import type { Answer, Fact, Step } from "../../observation.ts";
import { behaviourOf } from "../checks/behaviour.ts";
import type { Act, Behaviour, Way } from "../checks/ways.ts";
import { waysThrough } from "../checks/stages.ts";
import { combined } from "../checks/states.ts";
import type { Handler } from "../handler.ts";

/** How a handler stands towards checking who sent an event. */
interface Standing {
  readonly verified: Fact;
  readonly unskippable: Fact | undefined;
}

const known = new WeakMap<Handler, Standing>();

/**
 * Whether nothing is done because of an event before it is proved who sent it. No: an effect on ways that show nothing
 * of the sender, or that goes on after a check came out wrong.
 */
export function verified(handler: Handler): Fact {
  return standingOf(handler).verified;
}

/** Whether no way leads around the check: a header, a field or a secret that is left out; undefined without a check. */
export function unskippable(handler: Handler): Fact | undefined {
  return standingOf(handler).unskippable;
}

function standingOf(handler: Handler): Standing {
  let standing = known.get(handler);
  if (!standing) known.set(handler, (standing = judge(handler)));
  return standing;
}

function judge(handler: Handler): Standing {
  const before = handler.before.reduce<readonly Way[]>(
    (ways, stage) => crossed(ways, waysThrough(stage)),
    [{ trust: "open", skip: undefined, denied: false }],
  );
  const behaviour = behaviourOf(handler.fn, handler.flow);
  const acts = behaviour.acts.map((act) => ({ ...act, ways: crossed(before, act.ways) }));
  const ends = crossed(before, behaviour.exits);
  const checks = [...acts.flatMap(({ ways }) => ways), ...ends].some(
    ({ trust }) => trust === "checked" || trust === "refused",
  );
  return {
    verified: judgeVerified(handler, behaviour, acts, ends, checks),
    unskippable: checks ? judgeUnskippable(handler, acts, ends) : undefined,
  };
}

function crossed(before: readonly Way[], after: readonly Way[]): readonly Way[] {
  const ways = new Map<string, Way>();
  for (const first of before)
    for (const next of after) {
      const way = {
        trust: combined(first.trust, next.trust),
        skip: first.skip ?? next.skip,
        denied: first.denied || next.denied,
      };
      ways.set(`${way.trust} ${way.denied} ${way.skip?.range[0]}`, way);
    }
  return [...ways.values()];
}

function fact(answer: Answer, range: Range, steps: readonly Step[] = []): Fact {
  return { answer, range, steps };
}

function judgeVerified(
  handler: Handler,
  behaviour: Behaviour,
  acts: readonly Act[],
  ends: readonly Way[],
  checks: boolean,
): Fact {
  const ignored = acts.find((act) => !act.settled && has(act, "refused") && has(act, "checked"));
  if (ignored)
    return fact("no", handler.range, [
      { range: rangeOf(ignored.node), note: "this is done although the signature was found to be wrong" },
    ]);
  const open = acts.find((act) => isOpen(act, checks));
  if (open && (handler.complete || checks) && isSigned(handler))
    return fact("no", handler.range, [...gaps(behaviour), step(open)]);
  return fact(checks && isSure(acts, ends) ? "yes" : "unknown", handler.range);
}

function has({ ways }: Act, trust: Way["trust"]): boolean {
  return ways.some((way) => way.trust === trust);
}

/** Whether an effect is only reached on ways that show nothing of the sender. */
function isOpen(act: Act, checks: boolean): boolean {
  if (act.settled) return false;
  const ways = act.ways.filter(({ denied }) => !denied);
  return ways.length > 0 && ways.every(({ trust, skip }) => trust === "open" && (!skip || !checks));
}

/** A provider that signs nothing has its events read again instead; that is asked elsewhere. */
function isSigned({ provider }: Handler): boolean {
  const signatures = provider === undefined ? [] : (providerById(provider)?.signatures ?? []);
  return !signatures.some(({ scheme }) => scheme === "none");
}

/** Whether everything is done after a check; where nothing surely is, whether every success is answered after one. */
function isSure(acts: readonly Act[], ends: readonly Way[]): boolean {
  const ways = acts.length > 0 ? acts.flatMap((act) => act.ways) : ends.filter(({ denied }) => !denied);
  return ways.every(({ trust }) => trust === "checked" || trust === "refused");
}

/** What looks like a check and is none. */
function gaps({ stubs, presence }: Behaviour): readonly Step[] {
  if (stubs.length > 0)
    return stubs.map((stub) => ({
      range: rangeOf(stub),
      note: "this looks at nothing that would prove the sender",
    }));
  return presence
    .slice(0, 1)
    .map((test) => ({ range: rangeOf(test), note: "only that it is there is looked at" }));
}

function step({ node }: Act): Step {
  return { range: rangeOf(node), note: "this is done for whoever sends a request" };
}

function judgeUnskippable(handler: Handler, acts: readonly Act[], ends: readonly Way[]): Fact {
  const skipped = acts
    .filter(({ settled }) => !settled)
    .flatMap((act) => act.ways.map((way) => ({ act, way })))
    .find(({ way: { trust, skip, denied } }) => skip && trust === "open" && !denied);
  if (skipped) {
    const skip: Node = skipped.way.skip!;
    return fact("no", rangeOf(skip), [
      { range: rangeOf(skipped.act.node), note: "this is done without the check" },
    ]);
  }
  return fact(isSure(acts, ends) ? "yes" : "unknown", handler.range);
}
