import type { TSESTree } from "@typescript-eslint/types";
import { receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, propertyName, rangeOf } from "../../flow/tree.ts";
import type { EntryFile } from "../../parse/entries.ts";
import { isTestFile } from "../files.ts";
import { namesSecret } from "../names.ts";
import type { BrowserExposure, Step } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { keptSecret } from "./secret-values.ts";

/** Secrets on their way to a browser: by a public name, in an answer, in a page, in a bundle. */
export const browserExposures: Observer = {
  kind: "browser-exposure",
  keywords: /secret|private_?key|passw|service_role/i,
  suits: ({ fileName, text }) =>
    !isTestFile(fileName) && (PUBLIC_NAME.test(text) || (/\benv\b|config/i.test(text) && SENDS.test(text))),
  *javascript(flow) {
    yield* publicNames(flow);
    for (const { value, way, by } of handedOver(flow)) yield* secretsIn(value, way, by, flow, 0);
  },
  entryLanguages: ["dotenv"],
  entries: (file) => publicEntries(file),
};

/** What bundlers copy into the browser's code, by the beginning of its name, when the rest names a secret. */
const PREFIX =
  "(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|GATSBY|NUXT_PUBLIC|NUXT_ENV|VUE_APP|PUBLIC|PREACT_APP)";
const SECRET = "(?:SECRET|PRIVATE_?KEY|PASSWORD|SERVICE_ROLE)";
const PUBLIC_NAME = new RegExp(`\\b${PREFIX}_\\w{0,60}${SECRET}`);
const SENDS = /json|send|render|props|define|Plugin|RuntimeConfig|runtimeConfig|\benv\s*:|<\w/;

function isPublicName(name: string): boolean {
  return PUBLIC_NAME.test(name) && !/PUBLISHABLE|PUBLIC_KEY|SECRET_?(?:NAME|ID|ARN|PATH|URL)$/.test(name);
}

function* publicNames(flow: Flow): Generator<BrowserExposure> {
  for (const node of flow.tree.all("MemberExpression")) {
    const name = propertyName(node);
    if (name === undefined || !isPublicName(name)) continue;
    const isRead = flow.traces(node).some(({ origin }) => origin.kind === "environment");
    if (isRead) yield exposure(rangeOf(node), name, "public-name", []);
  }
}

function* publicEntries({ entries }: EntryFile): Generator<BrowserExposure> {
  for (const { path, range } of entries) {
    const name = path.at(-1) ?? "";
    if (isPublicName(name)) yield exposure(range, name, "public-name", []);
  }
}

function exposure(
  range: BrowserExposure["range"],
  name: string,
  way: BrowserExposure["way"],
  steps: readonly Step[],
): BrowserExposure {
  return {
    kind: "browser-exposure",
    provider: undefined,
    range,
    hidden: { answer: "no", range, steps },
    name,
    way,
  };
}

interface HandedOver {
  readonly value: Node;
  readonly way: BrowserExposure["way"];
  /** What hands it over. */
  readonly by: Node;
}

/** Values that leave the server for a browser. */
function* handedOver(flow: Flow): Generator<HandedOver> {
  for (const call of flow.tree.all("CallExpression")) {
    const way = wayOf(call, flow);
    if (way) for (const value of call.arguments) yield { value, way, by: call };
  }
  for (const property of flow.tree.all("Property")) {
    if (isBundled(property, flow)) yield { value: property.value, way: "bundle", by: property };
    else if (isProps(property, flow)) yield { value: property.value, way: "view", by: property };
  }
  for (const node of flow.tree.all("JSXExpressionContainer"))
    if (isRendered(node, flow)) yield { value: node.expression, way: "view", by: node };
}

const RESPONSE = /^(?:res|response|reply|ctx|c|context|rep)$/;

function wayOf(call: TSESTree.CallExpression, flow: Flow): HandedOver["way"] | undefined {
  const receiver = receiverOf(call);
  if (!receiver) return undefined;
  const name = flow.name(call.callee) ?? "";
  if (/^(?:Response|next\/server:NextResponse)\.json$/.test(name)) return "answer";
  if (!RESPONSE.test(rootOf(receiver.object) ?? "")) return undefined;
  if (receiver.method === "render") return "view";
  return /^(?:json|send|jsonp)$/.test(receiver.method) ? "answer" : undefined;
}

/** `res` of `res.status(200)`. */
function rootOf(node: Node): string | undefined {
  const object = bare(node);
  if (object.type === "Identifier") return object.name;
  if (object.type === "CallExpression") return rootOf(receiverOf(object)?.object ?? object.callee);
  return undefined;
}

/** `define` of Vite, `env` and `publicRuntimeConfig` of Next.js, Nuxt's public settings, webpack's plugins. */
function isBundled(property: TSESTree.Property, flow: Flow): boolean {
  const name = propertyName(property) ?? "";
  if (!/^(?:define|env|publicRuntimeConfig|public)$/.test(name)) return false;
  const { fileName } = flow.module;
  if (name === "define") return /(?:^|\/)(?:vite|vitest|astro|electron\.vite)\.config\.\w+$/.test(fileName);
  if (name === "public") return /(?:^|\/)nuxt\.config\.\w+$/.test(fileName);
  return /(?:^|\/)next\.config\.\w+$/.test(fileName);
}

/** What `getServerSideProps` and its like return as `props` is written into the page. */
function isProps(property: TSESTree.Property, flow: Flow): boolean {
  if (propertyName(property) !== "props") return false;
  for (let up = flow.tree.parentOf(property); up; up = flow.tree.parentOf(up)) {
    if (up.type === "FunctionDeclaration") return isLoader(up.id?.name);
    if (up.type === "VariableDeclarator") return up.id.type === "Identifier" && isLoader(up.id.name);
  }
  return false;
}

function isLoader(name: string | undefined): boolean {
  return /^get(?:ServerSide|Static|Initial)Props$/.test(name ?? "");
}

/** An attribute or a child of an element, and not of a component that may run on the server alone. */
function isRendered(node: TSESTree.JSXExpressionContainer, flow: Flow): boolean {
  let up = flow.tree.parentOf(node);
  if (up?.type === "JSXAttribute") up = flow.tree.parentOf(up);
  const name =
    up?.type === "JSXElement"
      ? up.openingElement.name
      : up?.type === "JSXOpeningElement"
        ? up.name
        : undefined;
  return name?.type === "JSXIdentifier" && /^[a-z]/.test(name.name);
}

const DEPTH = 6;

function* secretsIn(
  expression: Node,
  way: HandedOver["way"],
  by: Node,
  flow: Flow,
  depth: number,
): Generator<BrowserExposure> {
  const node = bare(expression);
  if (depth > DEPTH) return;
  if (node.type === "ObjectExpression") {
    for (const item of node.properties) {
      // A server that hands out tokens hands them to whoever has proved who he is.
      if (item.type === "Property" && /token$/i.test(propertyName(item) ?? "")) continue;
      yield* secretsIn(item.type === "Property" ? item.value : item.argument, way, by, flow, depth + 1);
    }
  } else if (node.type === "ArrayExpression") {
    for (const item of node.elements) if (item) yield* secretsIn(item, way, by, flow, depth + 1);
  } else if (node.type === "TemplateLiteral") {
    for (const item of node.expressions) yield* secretsIn(item, way, by, flow, depth + 1);
  } else if (/^(?:Identifier|MemberExpression|LogicalExpression)$/.test(node.type)) {
    const name = environmentSecret(node, flow);
    if (name !== undefined) yield exposure(rangeOf(node), name, way, stepsOf(node, way, by));
  } else if (node.type === "CallExpression" && flow.name(node.callee) === "JSON.stringify") {
    for (const item of node.arguments) yield* secretsIn(item, way, by, flow, depth + 1);
  }
}

const NOTES: Readonly<Record<BrowserExposure["way"], string>> = {
  "public-name": "it is read here",
  answer: "this answer carries it",
  view: "this page carries it",
  bundle: "this setting copies it into the browser's code",
};

function stepsOf(node: Node, way: BrowserExposure["way"], by: Node): Step[] {
  return by === node ? [] : [{ range: rangeOf(by), note: NOTES[way] }];
}

/** The secret of the environment or of the settings that a value surely is, and not something made of it. */
function environmentSecret(node: Node, flow: Flow): string | undefined {
  for (const { origin, steps } of flow.traces(node)) {
    if (steps.some(({ kind }) => kind === "call" || kind === "operand" || kind === "template")) continue;
    const isKept =
      origin.kind === "environment" || (origin.kind === "named" && /\(\)$/.test(origin.name ?? ""));
    const name = isKept ? keptSecret(origin) : undefined;
    if (name !== undefined && namesSecret(name) && !/token|hash/i.test(name)) return name;
  }
  return undefined;
}
