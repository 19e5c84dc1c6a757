import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { type Node, propertyName } from "../../flow/tree.ts";
import type { Edit } from "../observation.ts";

/** How code calls a function of a Node module, with the edit that makes it known where it is not yet. */
export interface Imported {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** `timingSafeEqual` of `node:crypto`, by whatever import the file has, or by a new one. */
export function importOf(member: string, module: string, flow: Flow): Imported {
  const found = importedBy(member, module, flow) ?? requiredBy(member, module, flow);
  if (found) return found;
  const isModule = /^(?:Import|Export)/;
  const line = flow.module.program.body.some(({ type }) => isModule.test(type))
    ? `import { ${member} } from "node:${module}";`
    : `const { ${member} } = require("node:${module}");`;
  return { name: member, edits: [{ range: startOf(flow), text: `${line}\n` }] };
}

function isModuleName(node: Node | undefined, module: string): boolean {
  return node?.type === "Literal" && String(node.value).replace(/^node:/, "") === module;
}

function importedBy(member: string, module: string, flow: Flow): Imported | undefined {
  const declarations = flow.tree
    .all("ImportDeclaration")
    .filter(({ source, importKind }) => importKind !== "type" && isModuleName(source, module));
  for (const { specifiers } of declarations) {
    for (const specifier of specifiers) {
      if (specifier.type !== "ImportSpecifier")
        return { name: `${specifier.local.name}.${member}`, edits: [] };
      if (specifier.imported.type === "Identifier" && specifier.imported.name === member)
        return { name: specifier.local.name, edits: [] };
    }
  }
  const last = declarations.flatMap(({ specifiers }) => specifiers).at(-1);
  return last && { name: member, edits: [after(last, `, ${member}`)] };
}

function requiredBy(member: string, module: string, flow: Flow): Imported | undefined {
  for (const { id, init } of flow.tree.all("VariableDeclarator")) {
    if (!init || !isRequire(init, module) || flow.tree.functionOf(init)) continue;
    if (id.type === "Identifier") return { name: `${id.name}.${member}`, edits: [] };
    if (id.type !== "ObjectPattern") continue;
    const taken = id.properties.find((item) => item.type === "Property" && propertyName(item) === member);
    if (taken?.type === "Property" && taken.value.type === "Identifier")
      return { name: taken.value.name, edits: [] };
    const last = id.properties.at(-1);
    if (last?.type === "Property") return { name: member, edits: [after(last, `, ${member}`)] };
  }
  return undefined;
}

function isRequire(node: Node, module: string): boolean {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "Identifier" &&
    node.callee.name === "require" &&
    isModuleName(node.arguments[0], module)
  );
}

function after(node: Node, text: string): Edit {
  return { range: { start: node.range[1], end: node.range[1] }, text };
}

/** In front of the first statement, behind directives such as `"use strict"`. */
function startOf(flow: Flow): Edit["range"] {
  const { body } = flow.module.program;
  const isDirective = (node: TSESTree.ProgramStatement) =>
    node.type === "ExpressionStatement" && node.directive !== undefined;
  const first = body.find((statement) => !isDirective(statement));
  const start = first?.range[0] ?? 0;
  return { start, end: start };
}

/** Whether the whole file is a script, and not a part of it, as in a component. */
export function isScript({ module }: Flow): boolean {
  return /\.[cm]?[jt]sx?$/i.test(module.fileName);
}

/** Whether the file is written in TypeScript. */
export function isTypeScript({ module }: Flow): boolean {
  return /\.[cm]?tsx?$/i.test(module.fileName);
}

/** The text of a node as it stands in the file. */
export function textOf(node: Node, { module }: Flow): string {
  return module.text.slice(node.range[0], node.range[1]);
}

/** A function added at the end of the file, where every place can call it; none where its very text is there. */
export function addedFunction(text: string, flow: Flow): readonly Edit[] {
  const file = flow.module.text;
  if (file.includes(text)) return [];
  const gap = file.endsWith("\n") ? "\n" : "\n\n";
  return [{ range: { start: file.length, end: file.length }, text: `${gap}${text}\n` }];
}

/** A name that nothing at the top of the file has, unless the very function has it. */
export function freeName(wanted: string, textFor: (name: string) => string, flow: Flow): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if (!flow.scopes.topLevel(name) || flow.module.text.includes(textFor(name))) return name;
  }
}
