import type { Flow } from "../../flow/flow.ts";
import type { FunctionNode, Node } from "../../flow/tree.ts";

/** Everywhere the variable of an identifier is read after the identifier, and not written anew before. */
export function* readsAfter(written: Node, flow: Flow): Generator<Node> {
  const { scopes, tree } = flow;
  const variable = scopes.variableOf(written);
  if (!variable) return;
  const home = tree.functionOf(written);
  const rewritten = scopes.writesOf(variable).length > 1;
  for (const reference of variable.references) {
    const { identifier } = reference;
    if (identifier === written || !reference.isRead()) continue;
    const local = tree.functionOf(identifier) === home;
    const later = !local || identifier.range[0] > written.range[0];
    if (local && rewritten && isSmall(home) ? sees(identifier, written, flow) : later) yield identifier;
  }
}

/** In a function of more characters than this, a bundler's, the order in the text has to do. */
const LARGE = 20_000;

function isSmall(fn: FunctionNode | undefined): boolean {
  return fn !== undefined && fn.range[1] - fn.range[0] < LARGE;
}

const visible = new WeakMap<Flow, Map<Node, ReadonlySet<Node> | undefined>>();

/** Whether a read can see what a write of its variable wrote. */
function sees(read: Node, written: Node, flow: Flow): boolean {
  let known = visible.get(flow);
  if (!known) visible.set(flow, (known = new Map()));
  if (!known.has(read)) {
    const reaching = flow.reachingWrites(read);
    known.set(
      read,
      reaching && new Set([...reaching.writes, ...reaching.escapes].map(({ target }) => target)),
    );
  }
  return known.get(read)?.has(written) ?? true;
}
