import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Meaning } from "../../../flow/meaning.ts";
import { bare, type Node } from "../../../flow/tree.ts";

/** One name on the way to a call, with the call itself where that name was called: `.from("orders")`. */
export interface Link {
  /** Empty for what is called without a name of its own; `new` for a construction. */
  readonly name: string;
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression | undefined;
}

/** A call as a chain of names: `db.from("orders").update({…})` is `db`, then from and update with their calls. */
export interface Chain {
  readonly call: TSESTree.CallExpression;
  /** The module a chain starts at; undefined for a chain that starts at no import. */
  readonly module: string | undefined;
  /** The name of the global, parameter, variable or default import that it starts at; the last part of a module's path. */
  readonly base: string;
  readonly links: readonly Link[];
  /** The last link: what is called. */
  readonly last: string;
  /** The name before it. */
  readonly receiver: string;
}

/** The chain of a call; names are followed to what they mean, so `const users = db.collection("users")` is in it. */
export function chainOf(call: TSESTree.CallExpression, flow: Flow): Chain {
  const meaning = flow.resolve(call.callee);
  const links: Link[] = [];
  for (const segment of meaning.path) {
    if (segment.kind === "member") links.push({ name: segment.name ?? "*", call: undefined });
    else if (segment.kind === "new") links.push({ name: "new", call: segment.node });
    else attach(links, segment.node);
  }
  attach(links, call);
  const { module, base } = startOf(meaning, call);
  return {
    call,
    module,
    base,
    links,
    last: links.at(-1)!.name || base,
    receiver: links.length > 1 ? links.at(-2)!.name || base : base,
  };
}

function attach(links: Link[], call: TSESTree.CallExpression): void {
  const last = links.at(-1);
  if (last && !last.call) links[links.length - 1] = { name: last.name, call };
  else links.push({ name: "", call });
}

function startOf(
  { root, path }: Meaning,
  call: TSESTree.CallExpression,
): { module: string | undefined; base: string } {
  const named = (base: string) => ({ module: undefined, base });
  switch (root.kind) {
    case "import": {
      // A default export goes by the name that it was given here.
      const own = path.length === 0 ? calledName(call) : undefined;
      return { module: root.module, base: own ?? root.module.split("/").at(-1) ?? "" };
    }
    case "global":
      return named(root.name);
    case "variable":
      return named(root.variable.name);
    case "this":
      return named("this");
    case "parameter": {
      const parameter = root.function.params[root.index];
      return named(parameter?.type === "Identifier" ? parameter.name : "");
    }
    case "value":
      return named(nameOfValue(root.node));
  }
}

function nameOfValue(node: Node): string {
  const value = bare(node);
  if (value.type === "Identifier") return value.name;
  if (value.type === "FunctionDeclaration" || value.type === "ClassDeclaration") return value.id?.name ?? "";
  return "";
}

/** Whether a module is the project's own: relative, or by an alias such as `@/lib/db`, `~/db`, `src/db`. */
export function isOwn(module: string | undefined): boolean {
  return module !== undefined && /^(?:[.~#]|@\/|src\/|app\/|lib\/)/.test(module);
}

/** The package that a chain ends in, through whichever files of the project its client is handed. */
export function packageBehind(chain: Chain, flow: Flow): string | undefined {
  if (!isOwn(chain.module) && chain.base !== "this") return chain.module;
  const name = flow.nameBeyond(flow.resolve(chain.call.callee));
  const colon = name?.indexOf(":") ?? -1;
  return colon > 0 ? name!.slice(0, colon) : chain.module;
}

/** The called link of a name, where the chain has one. */
export function linkOf(chain: Chain, name: RegExp): Link | undefined {
  return chain.links.find((link) => name.test(link.name) && link.call);
}

/** Every name of a chain, the base first, as one text to search words in. */
export function textOf(chain: Chain): string {
  return [chain.module ?? chain.base, ...chain.links.map(({ name }) => name)].join(" ");
}
