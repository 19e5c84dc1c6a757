import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { receiverOf } from "../../flow/callee.ts";
import type { Node } from "../../flow/tree.ts";
import { type Bound, type Fields, fieldsAt, fieldsOf, together } from "../objects.ts";
import { optionsIn } from "./clients.ts";
import { calleeOf } from "./instances.ts";
import { methodIn, NOTHING, type Recogniser, textOf } from "./request.ts";
import { joined, urlOf } from "./url.ts";

/** `superagent.post(url).set("Idempotency-Key", key).send(body)`. */
export const byChain: Recogniser = (call, flow, bound) => {
  const method = /^superagent[:.](?:agent\(\)\.)?(post|put|patch)$/.exec(calleeOf(call, flow))?.[1];
  const [url] = call.arguments;
  if (!method || !url) return undefined;
  const links = [...linksAfter(call, flow)];
  // A chain that is kept in a variable may go on anywhere.
  const kept = flow.tree.parentOf(links.at(-1)?.call ?? call)?.type === "VariableDeclarator";
  const sent = links.filter(({ name }) => name === "send");
  return {
    call,
    method: method.toUpperCase(),
    url: urlOf(url, flow, bound),
    headers: together(
      links.map((link) => headersBy(link, flow, bound)),
      kept,
    ),
    body: together(
      sent.map(({ call }) => fieldsOf(call.arguments[0], flow, bound)),
      kept,
    ),
    sentBy: undefined,
  };
};

interface Link {
  readonly name: string;
  readonly call: TSESTree.CallExpression;
}

/** The calls that follow in a chain, nearest first. */
function* linksAfter(call: TSESTree.CallExpression, flow: Flow): Generator<Link> {
  for (let last = call; ;) {
    const member = flow.tree.parentOf(last);
    const next = member && flow.tree.parentOf(member);
    if (member?.type !== "MemberExpression" || next?.type !== "CallExpression" || next.callee !== member)
      return;
    yield { name: receiverOf(next)?.method ?? "", call: next };
    last = next;
  }
}

/** What a link of a chain adds to the headers; what a plugin does to the request is out of sight. */
function headersBy({ name, call }: Link, flow: Flow, bound: Bound | undefined): Fields {
  if (name === "use") return { ...NOTHING, open: true };
  if (name !== "set") return NOTHING;
  const [first, value] = call.arguments;
  if (!value) return fieldsOf(first, flow, bound);
  const header = textOf(first, flow, bound);
  if (header === undefined) return { ...NOTHING, open: true };
  const reading = { home: flow, standIn: undefined, bound };
  const members = new Map([[header, [{ value, place: { node: value, flow }, reading }]]]);
  return { values: new Map([[header, [value]]]), open: false, members };
}

/** Node's own: `const req = https.request({ hostname, path, method, headers }); req.write(body)`. */
export const byStream: Recogniser = (call, flow, bound) => {
  if (!/^https?:request$/.test(calleeOf(call, flow))) return undefined;
  const [first] = call.arguments;
  const options = optionsIn(call, flow, bound);
  const fields = fieldsOf(options, flow, bound);
  const at = (...names: readonly string[]): string | undefined => {
    const place = names.flatMap((name) => fields.members.get(name) ?? [])[0]?.place;
    return place && urlOf(place.node, place.flow);
  };
  const host = at("hostname", "host");
  return {
    call,
    method: methodIn(fields, flow, bound),
    url:
      options === first ? joined(host && `https://${host}`, at("path") ?? "{}") : urlOf(first!, flow, bound),
    headers: together([fieldsAt(fields, "headers")], fields.open),
    body: fieldsOf(writtenTo(call, flow), flow, bound),
    sentBy: undefined,
  };
};

/** What is written to a request that was kept in a variable. */
function writtenTo(call: TSESTree.CallExpression, flow: Flow): Node | undefined {
  const up = flow.tree.parentOf(call);
  const variable =
    up?.type === "VariableDeclarator" && up.id.type === "Identifier"
      ? flow.scopes.variableOf(up.id)
      : undefined;
  for (const { identifier } of variable?.references ?? []) {
    const member = flow.tree.parentOf(identifier);
    const use = member && flow.tree.parentOf(member);
    if (use?.type !== "CallExpression" || use.callee !== member) continue;
    if (/^(?:write|end)$/.test(receiverOf(use)?.method ?? "") && use.arguments[0]) return use.arguments[0];
  }
  return undefined;
}
