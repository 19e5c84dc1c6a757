import type { Flow } from "../flow/flow.ts";
import { type Node, propertyName } from "../flow/tree.ts";

/** The environment variable that an expression reads, and nothing else. */
export function settingRead(node: Node, flow: Flow): string | undefined {
  const origins = flow.traces(node).map(({ origin }) => origin);
  const names = new Set(origins.map((origin) => (origin.kind === "environment" ? origin.name : undefined)));
  return names.size === 1 ? [...names][0] : undefined;
}

/** The environment variable that a pattern takes out of the environment. */
export function settingTaken(node: Node, flow: Flow): string | undefined {
  const property = flow.tree.parentOf(node);
  const pattern = property && flow.tree.parentOf(property);
  const declarator = pattern && flow.tree.parentOf(pattern);
  if (property?.type !== "Property" || declarator?.type !== "VariableDeclarator" || !declarator.init)
    return undefined;
  const isEnvironment = /^(?:process\.env|process:env|import\.meta\.env|Bun\.env)$/.test(
    flow.name(declarator.init) ?? "",
  );
  return isEnvironment ? propertyName(property) : undefined;
}
