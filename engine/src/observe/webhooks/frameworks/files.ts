import type { Flow } from "../../../flow/flow.ts";
import type { FunctionNode } from "../../../flow/tree.ts";
import type { Framework } from "../handler.ts";
import { type ExportedFunction, exportedFunctions } from "./definitions.ts";
import { type Endpoint, nameOfFunction, nameRange } from "./endpoint.ts";
import { filesThatMount } from "./importers.ts";
import { frameworkByParameters, takesRequest } from "./parameters.ts";

/** How a platform finds the functions of a file: by the file's path and the names that it exports. */
interface Convention {
  readonly framework: Framework;
  /** The first group is the part of the path that makes the route. */
  readonly file: RegExp;
  readonly exports: RegExp;
  readonly route?: (path: string) => string;
  /** What the file's text has to have as well, where the path alone says little. */
  readonly text?: RegExp;
  /** Whether a server of one's own can run something first. */
  readonly open?: (text: string) => boolean;
}

const withoutIndex = (path: string): string => path.replace(/(?:^|\/)index$/, "");
/** `(shop)` and `@slot` of a folder's name are no part of the path. */
const withoutGroups = (path: string): string =>
  path
    .split("/")
    .filter((part) => !/^\(.{0,100}\)$|^@/.test(part))
    .join("/");
/** Remix: `api.webhooks.$shop.tsx`, `webhooks+/stripe.tsx`, `webhooks/route.tsx`. */
const ofDots = (path: string): string =>
  path
    .replace(/\/(?:route|index)$/, "")
    .replace(/\+\//g, "/")
    .replace(/\./g, "/");

const SCRIPT = String.raw`\.[cm]?[jt]sx?$`;

/** The first one that fits a file is its own. */
const CONVENTIONS: readonly Convention[] = [
  {
    framework: "next-app",
    file: new RegExp(`(?:^|/)app/(.{0,400}/)?route${SCRIPT}`),
    exports: /^(?:POST|PUT)$/,
    route: withoutGroups,
  },
  {
    framework: "sveltekit",
    file: new RegExp(String.raw`(?:^|/)routes/(.{0,400}/)?\+server${SCRIPT}`),
    exports: /^(?:POST|PUT|fallback)$/,
    route: withoutGroups,
  },
  {
    framework: "remix",
    file: new RegExp(`(?:^|/)app/routes/(.{1,400})${SCRIPT}`),
    exports: /^action$/,
    route: ofDots,
  },
  // Medusa calls them with Express's request and response.
  {
    framework: "express",
    file: new RegExp(`(?:^|/)src/(api/.{1,400}/)route${SCRIPT}`),
    exports: /^(?:POST|PUT)$/,
    text: /Medusa/,
    open: () => true,
  },
  // Nitro and Nuxt.
  {
    framework: "unknown",
    file: new RegExp(String.raw`(?:^|/)server/(?:routes/)?(.{1,400}?)(?:\.post)?${SCRIPT}`),
    exports: /^default$/,
    route: withoutIndex,
    text: /[eE]ventHandler\b/,
  },
  {
    framework: "netlify",
    file: new RegExp(`(?:^|/)netlify/(?:edge-)?functions/(.{1,400})${SCRIPT}`),
    exports: /^(?:handler|default)$/,
    route: withoutIndex,
  },
  {
    framework: "workers",
    file: new RegExp(`(?:^|/)functions/(.{1,400})${SCRIPT}`),
    exports: /^onRequest(?:Post)?$/,
    route: withoutIndex,
  },
  {
    framework: "next-pages",
    file: new RegExp(`(?:^|/)pages/(api/.{1,400})${SCRIPT}`),
    exports: /^default$/,
    route: withoutIndex,
  },
  {
    framework: "astro",
    file: new RegExp(`(?:^|/)pages/(.{1,400})${SCRIPT}`),
    exports: /^(?:POST|ALL|post|all)$/,
    route: withoutIndex,
  },
  {
    framework: "vercel",
    file: new RegExp(`(?:^|/)(api/(?!.{0,400}\\broute\\.).{1,400})${SCRIPT}`),
    exports: /^(?:default|POST)$/,
    route: withoutIndex,
    open: (text) => !/Vercel|export const config\b/.test(text),
  },
];

/** The functions of a file that a platform finds by the names of this file, or of one that exports them again. */
export function filedEndpoints(flow: Flow): readonly Endpoint[] {
  return filesThatMount(flow).flatMap((file) => {
    const convention = CONVENTIONS.find((each) => suits(each, file));
    return convention
      ? exported(convention, file).flatMap((each) => endpointOf(each, convention, file, flow))
      : [];
  });
}

function suits(convention: Convention, file: Flow): boolean {
  const { fileName, text } = file.module;
  if (!convention.file.test(fileName) || !(convention.text?.test(text) ?? true)) return false;
  return exported(convention, file).length > 0;
}

const known = new WeakMap<Flow, readonly ExportedFunction[]>();

function exported({ exports }: Convention, file: Flow): readonly ExportedFunction[] {
  let functions = known.get(file);
  if (!functions) known.set(file, (functions = exportedFunctions(file)));
  return functions.filter(({ name }) => exports.test(name));
}

/** Nothing but its wrappers runs before a function that a platform calls. */
function endpointOf(
  { fn, flow: of, name, wrappers }: ExportedFunction,
  { framework, file: pattern, route, open }: Convention,
  file: Flow,
  flow: Flow,
): readonly Endpoint[] {
  if (of !== flow || (framework === "vercel" && !isServing(fn, of))) return [];
  const path = pattern.exec(file.module.fileName)?.[1] ?? "";
  return [
    {
      flow,
      fn,
      framework,
      route: `/${(route ?? String)(path).replace(/\/$/, "")}`,
      name: nameOfFunction(fn, flow) ?? name,
      range: nameRange(fn, flow),
      before: wrappers,
      own: wrappers,
      complete: !open?.(file.module.text),
    },
  ];
}

/** A default export of a folder called api may be anything. */
function isServing(fn: FunctionNode, flow: Flow): boolean {
  return fn.params.length === 1 ? takesRequest(fn, flow) : frameworkByParameters(fn, flow) === "express";
}
