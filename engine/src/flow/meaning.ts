import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import type { ClassNode, FunctionNode, Node } from "./tree.ts";

/** What an expression names: where the name comes from, and the way from there. */
export interface Meaning {
  readonly root: Root;
  readonly path: readonly Segment[];
}

export type Root =
  /** An import or require; the path begins with the export's name, and a default export adds none. */
  | { readonly kind: "import"; readonly module: string }
  | { readonly kind: "global"; readonly name: string }
  /** `type` names the parameter's annotation where it is a class, or anything that was imported. */
  | {
      readonly kind: "parameter";
      readonly function: FunctionNode;
      readonly index: number;
      readonly type: Meaning | undefined;
    }
  | { readonly kind: "this"; readonly class: ClassNode | undefined }
  /** A variable with more than one value. */
  | { readonly kind: "variable"; readonly variable: Variable }
  /** A value that the expression itself makes: a literal, a function, an object, an operator's result. */
  | { readonly kind: "value"; readonly node: Node };

export type Segment =
  /** `name` is undefined where the key is computed or an element is meant. */
  | { readonly kind: "member"; readonly name: string | undefined }
  | { readonly kind: "call"; readonly node: TSESTree.CallExpression }
  | { readonly kind: "new"; readonly node: TSESTree.NewExpression };

/**
 * A meaning as text, for comparing with API names: `crypto:createHmac().update`, `stripe:new().refunds.create`,
 * `process.env.KEY`; a parameter's begins with `#` and its index, `this` with `this`; undefined for other roots.
 */
export function nameOf(meaning: Meaning): string | undefined {
  const { root, path } = meaning;
  let text: string;
  let separator = ".";
  if (root.kind === "import") {
    text = root.module;
    separator = ":";
  } else if (root.kind === "global") text = root.name;
  else if (root.kind === "parameter") text = `#${root.index}`;
  else if (root.kind === "this") text = "this";
  else return undefined;
  for (const segment of path) {
    if (segment.kind === "member") text += separator + (segment.name ?? "*");
    else if (segment.kind === "new") text += `${separator}new()`;
    else text += separator === ":" ? ":call()" : "()";
    separator = ".";
  }
  return text;
}

/** The names of the members on the way, calls and constructions left out. */
export function membersOf(meaning: Meaning): readonly (string | undefined)[] {
  return meaning.path.flatMap((segment) => (segment.kind === "member" ? [segment.name] : []));
}

/** The calls on the way, outermost last: of `createHmac(…).update(…)` first createHmac's, then update's. */
export function callsOf(meaning: Meaning): readonly TSESTree.CallExpression[] {
  return meaning.path.flatMap((segment) => (segment.kind === "call" ? [segment.node] : []));
}

/** A parameter typed as a class means an instance of it; any other meaning stays as it is. */
export function asInstance(meaning: Meaning): Meaning {
  const { root, path } = meaning;
  if (root.kind !== "parameter" || !root.type) return meaning;
  const instance: Segment = { kind: "new", node: undefined as never };
  return { root: root.type.root, path: [...root.type.path, instance, ...path] };
}

export function extended(meaning: Meaning, ...segments: readonly Segment[]): Meaning {
  return { root: meaning.root, path: [...meaning.path, ...segments] };
}
