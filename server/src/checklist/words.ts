import type { Answer } from "@paylint/engine";

const SHOWN: Readonly<Record<string, Readonly<Record<Answer, string>>>> = {
  "signed-payload.raw": {
    yes: "The signature is checked over the bytes that were received",
    no: "The signature is not checked over the bytes that were received",
    unknown: "It cannot be told over which bytes the signature is checked",
  },
  "secret-comparison.constantTime": {
    yes: "The comparison takes the same time whatever is compared",
    no: "The time that the comparison takes tells how much of the secret was right",
    unknown: "It cannot be told whether the comparison leaks time",
  },
  "amount.exact": {
    yes: "The amount stays exact",
    no: "The amount can lose or gain a part",
    unknown: "It cannot be told whether the amount stays exact",
  },
  "money-call.idempotent": {
    yes: "Repeated, the call moves the money once",
    no: "Repeated, the call moves the money again",
    unknown: "It cannot be told whether the call, repeated, moves the money once",
  },
  "recipient.trusted": {
    yes: "The server chooses who receives the money",
    no: "The request decides who receives the money",
    unknown: "It cannot be told who decides who receives the money",
  },
  "secret.outside": {
    yes: "The secret comes from outside of the source",
    no: "The secret stands in the source",
    unknown: "It cannot be told where the secret comes from",
  },
};

/** What the code shows of a fact, as a sentence without a full stop. */
export function shown(kind: string, fact: string, answer: Answer): string {
  return SHOWN[`${kind}.${fact}`]?.[answer] ?? `${kind} ${fact}: ${answer}`;
}

/** "1 place", "2 places" */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** "a", "a and b", "a, b and c" */
export function listed(names: readonly string[]): string {
  const [last = "", ...rest] = [...names].reverse();
  return rest.length > 0 ? `${rest.reverse().join(", ")} and ${last}` : last;
}

/** `Ada Example` of `Ada Example <ada@example.com>` */
export function nameOf(who: string): string {
  return who.replace(/ <[^<>]*>$/, "");
}

/** The day of an ISO time. */
export function dayOf(when: string): string {
  return when.slice(0, 10);
}
