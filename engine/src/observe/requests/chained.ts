import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { receiverOf } from "../../flow/callee.ts";
import type { Node } from "../../flow/tree.ts";
import { type Bound, type Fields, fieldsOf } from "../objects.ts";
import { merged, type Recogniser, requestOf, textOf } from "./request.ts";
import { calleeOf, optionsIn } from "./clients.ts";
import { joined, urlOf } from "./url.ts";

/** `superagent.post(url).set("Idempotency-Key", key).send(body)`. */
export const byChain: Recogniser = (call, flow, bound) => {
  const method = /^superagent[:.](?:agent\(\)\.)?(post|put|patch)$/.exec(calleeOf(call, flow))?.[1];
  const [url] = call.arguments;
  if (!method || !url) return undefined;
  const links = [...linksAfter(call, flow)];
  const sent = links.filter(({ name }) => name === "send").map(({ call }) => call.arguments[0]);
  const request = requestOf(
    call,
    { method, url: urlOf(url, flow, bound), headers: [], open: false, body: sent[0] },
    flow,
    bound,
  );
  // A chain that is kept in a variable may go on anywhere.
  const kept = flow.tree.parentOf(links.at(-1)?.call ?? call)?.type === "VariableDeclarator";
  return {
    ...request,
    headers: headersOf(links, kept, flow, bound),
    body: merged(
      sent.filter((node) => node !== undefined),
      kept,
      flow,
      bound,
    ),
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

function headersOf(links: readonly Link[], kept: boolean, flow: Flow, bound: Bound): Fields {
  const values = new Map<string, readonly Node[]>();
  let open = kept;
  for (const { name, call } of links) {
    // What a plugin does to the request is out of sight.
    if (name === "use") open = true;
    if (name !== "set") continue;
    const [first, second] = call.arguments;
    const header = first && textOf(first, flow);
    if (header !== undefined && second) values.set(header, [second]);
    else if (second) open = true;
    else {
      const fields = fieldsOf(first, flow, bound);
      for (const [key, found] of fields.values) values.set(key, found);
      open ||= fields.open;
    }
  }
  return { values, open };
}

/** Node's own: `const req = https.request({ hostname, path, method, headers }); req.write(body)`. */
export const byStream: Recogniser = (call, flow, bound) => {
  if (!/^https?:request$/.test(calleeOf(call, flow))) return undefined;
  const [first] = call.arguments;
  const options = optionsIn(call, flow, bound);
  const fields = fieldsOf(options, flow, bound);
  const at = (...names: readonly string[]): string | undefined => {
    const node = names.map((name) => fields.values.get(name)?.[0]).find(Boolean);
    return node && urlOf(node, flow, bound);
  };
  const host = at("hostname", "host");
  const method = fields.values.get("method")?.[0];
  return requestOf(
    call,
    {
      method: method ? textOf(method, flow) : fields.open ? undefined : "GET",
      url:
        options === first
          ? joined(host && `https://${host}`, at("path") ?? "{}")
          : urlOf(first!, flow, bound),
      headers: fields.values.get("headers") ?? [],
      open: fields.open,
      body: writtenTo(call, flow),
    },
    flow,
    bound,
  );
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
