import type { Flow } from "../../../flow/flow.ts";
import { bare, type FunctionNode, isFunction, type Node, propertyName } from "../../../flow/tree.ts";
import type { Edit } from "../../observation.ts";
import { isTypeScript } from "../modules.ts";
import { asOperand } from "../places.ts";

/** How the bytes of a request are named where they are checked, with what has to change for it. */
export interface RawBody {
  readonly title: string;
  readonly expression: string;
  /** Whether it is a buffer; else a text. */
  readonly isBytes: boolean;
  readonly edits: readonly Edit[];
}

/** The name by which frameworks and parsers keep a body's bytes on a request. */
export const RAW_BODY = "rawBody";

/** The bytes that a request keeps under a name; none where the parser that keeps them does not run. */
export function keptOn(request: string, name: string, isBytes: boolean, flow: Flow): string {
  return `${withMember(request, name, isBytes, flow)} ?? ""`;
}

/** `req.rawBody`, which the types of a request do not know. */
export function withMember(request: string, name: string, isBytes: boolean, flow: Flow): string {
  const type = isBytes ? "Buffer" : "string";
  return isTypeScript(flow)
    ? `(${request} as typeof ${request} & { ${name}?: ${type} }).${name}`
    : `${request}.${name}`;
}

/** How the bytes are spelled in a place: `JSON.stringify(body)` was text there, and its precedence that of a call. */
export function spelled({ expression, isBytes }: RawBody, site: Node, isText: boolean, flow: Flow): string {
  const isPlain = /^[\w$.]+$/.test(expression);
  if (isBytes && (isText || !takesBytes(site, flow)))
    return isPlain ? `${expression}.toString()` : `(${expression}).toString()`;
  return isPlain ? expression : asOperand(expression, site, flow);
}

/** What hashes or verifies takes a buffer as it takes a text, and a template makes one of it. */
function takesBytes(site: Node, flow: Flow): boolean {
  const up = flow.tree.parentOf(site);
  if (up?.type === "TemplateLiteral") return true;
  if (up?.type !== "CallExpression" || up.callee === site) return false;
  const callee = bare(up.callee);
  return (
    callee.type === "MemberExpression" &&
    /^(?:update|constructEvent(?:Async)?)$/.test(propertyName(callee) ?? "")
  );
}

export interface Kept {
  readonly name: string;
  readonly isBytes: boolean;
}

/**
 * Under which name a callback keeps the bytes on the request, its first parameter: `req.rawBody = buf`,
 * `req.rawBody = buf.toString()`. Undefined where it does so for some requests only, or does something else.
 */
export function keptBy(callback: Node, index: number, isBuffer: boolean, flow: Flow): Kept | undefined {
  const fn = bare(callback);
  if (!isFunction(fn)) return undefined;
  for (const node of statementsOf(fn)) {
    if (node.type !== "AssignmentExpression" || node.operator !== "=") continue;
    const target = bare(node.left);
    const name = target.type === "MemberExpression" ? propertyName(target) : undefined;
    const [bytes, object] = [
      flow.name(node.right),
      target.type === "MemberExpression" ? flow.name(target.object) : undefined,
    ];
    if (name === undefined || object !== "#0") continue;
    if (bytes === `#${index}`) return { name, isBytes: isBuffer };
    if (bytes === `#${index}.toString()`) return { name, isBytes: false };
  }
  return undefined;
}

function statementsOf({ body }: FunctionNode): readonly Node[] {
  if (!body) return [];
  if (body.type !== "BlockStatement") return [bare(body)];
  return body.body.flatMap((each) => (each.type === "ExpressionStatement" ? [bare(each.expression)] : []));
}
