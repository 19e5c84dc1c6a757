import type { Flow } from "../../../flow/flow.ts";
import type { FunctionNode, Node } from "../../../flow/tree.ts";
import { detectProviders, type Signature, signatureHeaders } from "../../../providers/index.ts";
import { signatureHeadersReadIn } from "../evidence.ts";

/** How a provider signs what is checked at a place. */
export interface Scheme {
  readonly provider: string;
  readonly signature: Signature;
}

/** Names of headers that anybody may choose. */
const ANYBODYS = /^(?:x-)?(?:webhook-|callback-)?(?:signature|hmac|token|hash)(?:-sha\d+)?$/;

/**
 * The scheme that a check by hand belongs to, told by the header that the function around it reads, else by the only
 * one that the file names. Undefined where the code does not tell, or tells of several.
 */
export function schemeAt(check: Node, flow: Flow): Scheme | undefined {
  const fn = outermostFunction(check, flow);
  const read = fn ? signatureHeadersReadIn(fn, flow) : [];
  const [scheme, ...others] = schemesOf(read.length > 0 ? read : textsOf(flow), flow);
  return others.length === 0 ? scheme : undefined;
}

/** The function of a file that a node stands in, with all functions between. */
export function outermostFunction(node: Node, flow: Flow): FunctionNode | undefined {
  let fn = flow.tree.functionOf(node);
  for (let up = fn; up; up = flow.tree.functionOf(up)) fn = up;
  return fn;
}

/** Whether a scheme signs a time whose age its provider wants checked. */
export function signsTime({ signature: { timestamp, covers, toleranceSeconds } }: Scheme): boolean {
  return timestamp !== undefined && (covers === "timestamp-and-raw-body" || toleranceSeconds !== undefined);
}

function textsOf(flow: Flow): readonly string[] {
  return flow.tree
    .all("Literal")
    .flatMap(({ value }) => (typeof value === "string" ? [value.toLowerCase()] : []));
}

function schemesOf(headers: readonly string[], flow: Flow): readonly Scheme[] {
  const schemes = new Map<Signature, Scheme>();
  for (const header of headers) {
    for (const { provider, signature } of signatureHeaders().get(header) ?? []) {
      if (ANYBODYS.test(header) && !isMeant(provider.id, signature, flow)) continue;
      schemes.set(signature, { provider: provider.id, signature });
    }
  }
  return [...schemes.values()];
}

/** A header's name that anybody may choose tells of a provider beside its timestamp's, or beside something of its own. */
function isMeant(provider: string, { timestamp }: Signature, flow: Flow): boolean {
  if (provider === "generic")
    return timestamp !== undefined && textsOf(flow).includes(timestamp.name.toLowerCase());
  const packages = flow.tree.all("ImportDeclaration").map(({ source }) => source.value);
  return detectProviders({ packages, text: flow.module.text }).has(provider);
}
