import type { TSESTree } from "@typescript-eslint/types";
import { type Meaning, nameOf } from "./meaning.ts";
import { bare, type Node, propertyName } from "./tree.ts";

/** Functions of the language and of Node whose result is made of their arguments: name → which arguments. */
const FUNCTIONS: Readonly<Record<string, "first" | "all">> = {
  String: "first",
  Number: "first",
  BigInt: "first",
  Boolean: "first",
  Object: "first",
  parseInt: "first",
  parseFloat: "first",
  "Number.parseInt": "first",
  "Number.parseFloat": "first",
  encodeURIComponent: "first",
  decodeURIComponent: "first",
  encodeURI: "first",
  atob: "first",
  btoa: "first",
  structuredClone: "first",
  "JSON.stringify": "first",
  "JSON.parse": "first",
  "Buffer.from": "first",
  "Buffer.concat": "first",
  "buffer:Buffer.from": "first",
  "buffer:Buffer.concat": "first",
  "Uint8Array.from": "first",
  "Object.assign": "all",
  "Object.freeze": "first",
  "Object.entries": "first",
  "Object.values": "first",
  "Object.fromEntries": "first",
  "Array.from": "first",
  "Array.of": "all",
  "Promise.resolve": "first",
  "Promise.all": "first",
  "Math.round": "first",
  "Math.floor": "first",
  "Math.ceil": "first",
  "Math.trunc": "first",
  "Math.abs": "first",
  "Math.min": "all",
  "Math.max": "all",
  "util:format": "all",
};

const CONSTRUCTORS = new Set(["Uint8Array", "String", "Number", "Array", "URLSearchParams", "Set", "Map"]);

/** Methods whose result is made of what they are called on. */
const METHODS = new Set([
  "toString",
  "valueOf",
  "toJSON",
  "toLowerCase",
  "toUpperCase",
  "trim",
  "trimStart",
  "trimEnd",
  "normalize",
  "slice",
  "substring",
  "substr",
  "replace",
  "replaceAll",
  "padStart",
  "padEnd",
  "split",
  "join",
  "at",
  "charAt",
  "concat",
  "reverse",
  "flat",
  "filter",
  "find",
  "sort",
  "pop",
  "shift",
  "values",
  "entries",
  "toFixed",
  "toPrecision",
  "toLocaleString",
  "subarray",
]);

/** Schema libraries hand back what they were given, once it has the right form. */
const VALIDATORS = new Set([
  "parse",
  "parseAsync",
  "safeParse",
  "safeParseAsync",
  "validate",
  "validateAsync",
  "validateSync",
]);

/** The parts of a call that its result is made of; undefined for a function that is not known here. */
export function passedThrough(call: TSESTree.CallExpression, callee: Meaning): readonly Node[] | undefined {
  const name = callee.root.kind === "global" || callee.root.kind === "import" ? nameOf(callee) : undefined;
  const which = name === undefined ? undefined : Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (which) return which === "all" ? call.arguments : call.arguments.slice(0, 1);
  const target = bare(call.callee);
  if (target.type !== "MemberExpression") return undefined;
  const method = propertyName(target);
  if (method === undefined) return undefined;
  if (VALIDATORS.has(method) && call.arguments.length > 0) return call.arguments.slice(0, 1);
  // `lib.slice(x)` is a function of a library that merely has a method's name.
  const onNamespace =
    callee.path.length === 1 && (callee.root.kind === "import" || callee.root.kind === "global");
  return METHODS.has(method) && !onNamespace
    ? [target.object, ...(method === "concat" ? call.arguments : [])]
    : undefined;
}

/** The parts that a constructed value is made of, e.g. the bytes of `new Uint8Array(bytes)`. */
export function passedToConstructor(
  node: TSESTree.NewExpression,
  callee: Meaning,
): readonly Node[] | undefined {
  return callee.root.kind === "global" && callee.path.length === 0 && CONSTRUCTORS.has(callee.root.name)
    ? node.arguments.slice(0, 1)
    : undefined;
}

/** Methods that call their first argument with the elements of what they are called on, and as which parameter. */
export const PER_ELEMENT: ReadonlyMap<string, number> = new Map([
  ["map", 0],
  ["forEach", 0],
  ["filter", 0],
  ["find", 0],
  ["findLast", 0],
  ["findIndex", 0],
  ["some", 0],
  ["every", 0],
  ["flatMap", 0],
  ["reduce", 1],
]);

/** Methods whose result is what their callback returns. */
export const MADE_BY_CALLBACK = new Set(["then", "map", "flatMap", "reduce"]);
