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
  "amount.unit": {
    yes: "The amount is in the unit that the provider takes",
    no: "The amount is not in the unit that the provider takes",
    unknown: "It cannot be told in which unit the amount is",
  },
  "money-call.stable": {
    yes: "The idempotency key is made of what is paid",
    no: "The idempotency key is not one operation's own",
    unknown: "It cannot be told whether a repetition has the same idempotency key",
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
  "webhook-handler.verified": {
    yes: "The handler proves who sent an event before it acts",
    no: "The handler acts without proving who sent the event",
    unknown: "It cannot be told whether the handler proves who sent an event",
  },
  "webhook-handler.unskippable": {
    yes: "No way leads around the signature check",
    no: "The signature check can be skipped",
    unknown: "It cannot be told whether the signature check can be skipped",
  },
  "webhook-handler.deduplicated": {
    yes: "An event that comes twice has its effects once",
    no: "An event that comes twice has its effects twice",
    unknown: "It cannot be told what an event does that comes twice",
  },
  "webhook-handler.modeChecked": {
    yes: "The handler tells test events from live ones",
    no: "The handler does not look whether an event is live",
    unknown: "It cannot be told whether the handler looks if an event is live",
  },
  "webhook-handler.acknowledged": {
    yes: "The answer does not wait for slow work",
    no: "The answer waits for slow work",
    unknown: "It cannot be told whether the answer waits for slow work",
  },
  "webhook-handler.tolerant": {
    yes: "Events of unknown types are answered with a success",
    no: "Events of unknown types are answered with an error",
    unknown: "It cannot be told how events of unknown types are answered",
  },
  "webhook-handler.refetched": {
    yes: "What is fulfilled is read from the provider again",
    no: "What is fulfilled is taken from the event alone",
    unknown: "It cannot be told whether what is fulfilled is read from the provider again",
  },
  "signature-check.awaited": {
    yes: "The outcome of the signature check is looked at",
    no: "The outcome of the signature check is not looked at",
    unknown: "It cannot be told whether the outcome of the signature check is looked at",
  },
  "signature-check.fresh": {
    yes: "Events that were signed long ago are refused",
    no: "The age of a signature is not checked",
    unknown: "It cannot be told whether the age of a signature is checked",
  },
  "return-page.confirmed": {
    yes: "The provider is asked before anything is fulfilled",
    no: "The order is fulfilled because the customer came back",
    unknown: "It cannot be told whether the provider is asked before anything is fulfilled",
  },
  "payment-url.untouched": {
    yes: "Customers are sent to the payment page as the provider made its URL",
    no: "The payment page's URL is changed, or the page is framed",
    unknown: "It cannot be told what happens to the payment page's URL",
  },
  "error-answer.discreet": {
    yes: "The answer holds nothing of the provider's own words",
    no: "The answer holds the provider's own words about the error",
    unknown: "It cannot be told whether the answer holds the provider's own words",
  },
  "environment-setting.consistent": {
    yes: "The setting is for the mode of its environment",
    no: "The setting is for another mode than its environment",
    unknown: "It cannot be told for which mode the setting is",
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
