import type { Flow } from "../../flow/flow.ts";
import { bare, type Node } from "../../flow/tree.ts";
import type { MoneyRequest } from "../money-requests.ts";
import { type Fields, fieldsOf } from "../objects.ts";

/** The idempotency keys of a request, as far as the code shows them. */
export interface Keys {
  readonly values: readonly Node[];
  /** One that stands where the provider ignores it. */
  readonly misplaced: Node | undefined;
  /** Whether there may be one out of sight. */
  readonly hidden: boolean;
}

export function keysOf(request: MoneyRequest, flow: Flow): Keys {
  const { carriers, headers, body, options, key } = request;
  const values: Node[] = key ? [key] : [];
  let hidden = carriers.length === 0;
  for (const { carrier, names } of carriers) {
    const fields = carrier === "header" ? headers : carrier === "body" ? body : options;
    if (!fields) continue;
    values.push(...(carrier === "header" ? headersNamed(fields, names) : membersNamed(fields, names, flow)));
    hidden ||= fields.open;
  }
  // A header of another spelling is the team's gateway's, not an oversight; older SDKs spell the option otherwise.
  if (headers) values.push(...namedLike(headers, /idempot|request-?id$/i));
  if (options) values.push(...namedLike(options, /^idempotency_key$/i));
  const misplaced = options && namedLike(body, /^idempotency_?key$/i)[0];
  return { values: values.filter((value) => !isNothing(value, flow)), misplaced, hidden };
}

/** `undefined`, `null` or an empty text in the place of a key. */
function isNothing(value: Node, flow: Flow): boolean {
  const node = bare(value);
  if (node.type === "Identifier" && node.name === "undefined") return !flow.scopes.variableOf(node);
  const constant = flow.constant(node);
  return constant === null || constant === "";
}

function headersNamed(fields: Fields, names: readonly string[]): readonly Node[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return [...fields.values].flatMap(([name, values]) => (wanted.has(name.toLowerCase()) ? values : []));
}

/** Members by name or by dotted path, also one object further down: `sender_batch_header: { sender_batch_id }`. */
function membersNamed(fields: Fields, names: readonly string[], flow: Flow): readonly Node[] {
  const last = new Set(names.map((name) => name.slice(name.lastIndexOf(".") + 1)));
  const direct = [...last].flatMap((name) => fields.values.get(name) ?? []);
  const inner = [...fields.values.values()].flat().filter((value) => bare(value).type === "ObjectExpression");
  return [
    ...direct,
    ...inner.flatMap((value) => [...last].flatMap((name) => fieldsOf(value, flow).values.get(name) ?? [])),
  ];
}

function namedLike(fields: Fields, pattern: RegExp): readonly Node[] {
  return [...fields.values].flatMap(([name, values]) => (pattern.test(name) ? values : []));
}

/** How a provider takes its key, for reading. */
export function describeCarrier({ carrier, names }: MoneyRequest["carriers"][number]): string {
  const [name] = names;
  if (carrier === "header") return `the ${name} header`;
  if (carrier === "argument") return "the argument for the key";
  return carrier === "body" ? `the body field ${name}` : `the request option ${name}`;
}
