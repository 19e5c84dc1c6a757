import type { TSESTree } from "@typescript-eslint/types";
import { receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { callsOf } from "../../flow/meaning.ts";
import type { Origin } from "../../flow/origin.ts";
import { bare, type Node, rangeOf } from "../../flow/tree.ts";
import type { Recipient } from "../observation.ts";
import { wordsOf } from "../names.ts";
import { type Fields, fieldsOf } from "../objects.ts";
import { partsOf, requestsOf } from "../requests.ts";
import { namesMoneyRow, namesRecipient, namesRecordId } from "./names.ts";

const SENDS_MONEY =
  /["'`/][\w-]{0,60}(?:payout|transfer|withdraw|disburs|cash-?out|remit|offramp|\bsend\b)[\w-]{0,60}["'`?]/i;
const TYPED = /value=\{|\.val\(\)|(?:getElementById|querySelector)\([^)\n]{0,80}\)\.value\b|new FormData\(/;

/** Whether a text may be a page that asks its server to pay somebody who was typed in. */
export function hintsPosted(text: string): boolean {
  return SENDS_MONEY.test(text) && TYPED.test(text);
}

/** A request of a page to its own server. */
interface Posted {
  readonly call: TSESTree.CallExpression;
  readonly body: Fields;
}

/**
 * Recipients that people type into a page, which posts them to its own server together with an amount. The server is
 * asked to pay whomever the browser names.
 */
export function* postedRecipients(flow: Flow): Generator<Recipient> {
  for (const { call, body } of [...postsOf(flow), ...functionsOf(flow)]) {
    if (![...body.values.keys()].some((name) => /amount|value|total|sum/i.test(name))) continue;
    const found = [...body.values].find(
      ([name, values]) => isChosen(name) && values.some((value) => typedIn(value, flow)),
    );
    if (!found) continue;
    const [field, values] = found;
    const value = values.find((each) => typedIn(each, flow))!;
    const range = rangeOf(value);
    const steps = [
      { range: rangeOf(typedIn(value, flow)!), note: "whoever uses the page types it here" },
      { range: rangeOf(call.callee), note: "the server is asked to pay it here" },
    ];
    yield {
      kind: "recipient",
      provider: undefined,
      range,
      trusted: { answer: "no", range, steps },
      field,
      way: "posted",
    };
  }
}

function isChosen(name: string): boolean {
  return namesRecipient(name) && !namesRecordId(name);
}

/** Requests that the path of the page's own server names after sending money. */
function* postsOf(flow: Flow): Generator<Posted> {
  for (const { call, method, url, body } of requestsOf(flow)) {
    if (method !== undefined && !/^(?:POST|PUT)$/.test(method)) continue;
    const { host, path } = partsOf(url);
    if (host !== undefined && !/^(?:localhost|127\.0\.0\.1)(?::|$)/.test(host)) continue;
    const last = path
      .split("/")
      .filter((segment) => segment && !segment.includes("{}"))
      .at(-1);
    if (namesSending(last)) yield { call, body };
  }
}

/** Supabase's functions go by their name: `supabase.functions.invoke("send-payout", { body })`. */
function* functionsOf(flow: Flow): Generator<Posted> {
  for (const call of flow.tree.all("CallExpression")) {
    const receiver = receiverOf(call);
    if (receiver?.method !== "invoke" || call.arguments.length < 2) continue;
    const object = bare(receiver.object);
    const name = call.arguments[0] && flow.constant(call.arguments[0]);
    if (object.type !== "MemberExpression" || typeof name !== "string" || !namesSending(name)) continue;
    const [body] = fieldsOf(call.arguments[1], flow).values.get("body") ?? [];
    if (body) yield { call, body: fieldsOf(body, flow) };
  }
}

const NO_SENDING =
  /^(?:otp|code|mail|email|sms|message|notification|reset|verify|cancel|accept|approve|reject|status|request-?otp)$/;

function namesSending(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = wordsOf(name);
  if (words.some((word) => NO_SENDING.test(word))) return false;
  return namesMoneyRow(name) || words.includes("send");
}

/** Where a value is typed: the field of a form that shows it, or the element that it is read from. */
function typedIn(value: Node, flow: Flow): Node | undefined {
  for (const { origin } of flow.traces(value)) {
    if (origin.kind !== "named" || origin.name === undefined) continue;
    if (READ_FROM_PAGE.test(origin.name)) return origin.node;
    const field = STATE.test(origin.name) ? fieldsOfForms(flow).get(keyOf(origin)) : undefined;
    if (field) return field;
  }
  return undefined;
}

const READ_FROM_PAGE =
  /(?:^document\.(?:getElementById|querySelector)\(\)\.value|^(?:\$|jQuery|jquery|jquery:call)\(\)\.val\(\)|^FormData\.new\(\)\.get\(\))$/;
const STATE = /^react:useState\(\)\.0(?:\.\w+)?$/;

type NamedOrigin = Extract<Origin, { kind: "named" }>;

/** A state, or a member of one. */
function keyOf({ meaning, name }: NamedOrigin): string {
  return `${callsOf(meaning)[0]?.range[0]} ${name}`;
}

const forms = new WeakMap<Flow, ReadonlyMap<string, Node>>();

/** The fields of a page's forms by the state that each shows: `<input value={recipient} />`. */
function fieldsOfForms(flow: Flow): ReadonlyMap<string, Node> {
  let fields = forms.get(flow);
  if (!fields) {
    const pairs = flow.tree.all("JSXAttribute").flatMap((attribute) => shownBy(attribute, flow));
    forms.set(flow, (fields = new Map(pairs)));
  }
  return fields;
}

function shownBy(attribute: TSESTree.JSXAttribute, flow: Flow): readonly (readonly [string, Node])[] {
  const { name, value } = attribute;
  const element = flow.tree.parentOf(attribute);
  if (name.name !== "value" || value?.type !== "JSXExpressionContainer") return [];
  if (element?.type !== "JSXOpeningElement" || element.name.type !== "JSXIdentifier") return [];
  if (!/input|field|textarea/i.test(element.name.name)) return [];
  return flow
    .traces(value.expression)
    .flatMap(({ origin }) => (origin.kind === "named" ? [[keyOf(origin), element] as const] : []));
}
