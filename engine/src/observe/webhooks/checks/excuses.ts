import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import type { Assumption } from "../../../flow/graph.ts";
import type { Origin } from "../../../flow/origin.ts";
import { bare, type Node, propertyName } from "../../../flow/tree.ts";
import { signatureHeaders } from "../../../providers/index.ts";
import { isSecret, settingOf } from "../../macs.ts";
import { namesSecret, namesSignature, wordsOf } from "../../names.ts";
import { sourceOf } from "../../sources.ts";
import { isProof } from "./hidden.ts";

/** What a test says of a path that it lets through. */
export type Excuse =
  /** Something that the check needs was left out, or somebody switched it off. */
  | "skips"
  /** Only outside production. */
  | "develops"
  /** Perhaps it finds out who sent the request. */
  | "may-check";

/** What follows for the check of a request from a test that came out so. */
export function excuseOf(
  test: Node,
  holds: boolean,
  about: Assumption["about"],
  flow: Flow,
): Excuse | undefined {
  const node = bare(test);
  const mode = modeOf(node, flow);
  if (mode) return (mode === "production") === holds ? undefined : "develops";
  if (switchesOff(node, holds, flow)) return "skips";
  if (!holds && isValue(node)) return missing(node, flow);
  if (about !== "truth") return undefined;
  return mayTell(node, flow) ? "may-check" : undefined;
}

function isValue(node: Node): boolean {
  return node.type === "Identifier" || node.type === "MemberExpression" || node.type === "CallExpression";
}

/** A header, a signed field or a secret that is not there. */
function missing(node: Node, flow: Flow): Excuse | undefined {
  const origins = flow.traces(node).map(({ origin }) => origin);
  if (origins.some((origin) => isNeeded(origin, flow))) return "skips";
  // A shop's own secret, read from a database: whether each has one cannot be seen.
  return namesNeeded(nameIn(node)) ? "develops" : undefined;
}

function isNeeded(origin: Origin, flow: Flow): boolean {
  const source = sourceOf(origin, flow);
  if (source.kind === "environment") return namesKey(source.name);
  if (source.kind === "request")
    return source.part === "header" ? namesNeeded(source.field) : namesNeeded(source.field);
  if (source.kind === "parameter") return namesNeeded(source.name);
  return isSecret(origin) && isSetting(origin);
}

/** A member of an import or of `this`, and not what a look-up answered. */
function isSetting(origin: Origin): boolean {
  if (origin.kind !== "named") return origin.kind === "environment";
  const { root, path } = origin.meaning;
  if (settingOf(origin) !== undefined) return true;
  return (
    (root.kind === "import" || root.kind === "this" || root.kind === "global") &&
    path.every((segment) => segment.kind === "member")
  );
}

function namesKey(name: string | undefined): boolean {
  if (name === undefined || LETS.test(name)) return false;
  return (
    namesSecret(name) || /(?:webhook|signing|signature|hmac)(?:_\w{1,20})?_KEY$|_KEY$|WEBHOOK_ID$/i.test(name)
  );
}

function namesNeeded(name: string | undefined): boolean {
  if (name === undefined) return false;
  if (namesSignature(name) || namesSecret(name)) return true;
  return signatureHeaders().has(name.toLowerCase()) || /timestamp|authorization|signing|^auth$/i.test(name);
}

function nameIn(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? propertyName(node) : undefined;
}

const MODE = /(?:^|_)(?:ENV|ENVIRONMENT|STAGE|NODE_ENV|APP_ENV|MODE)$/i;
const PRODUCTION = /^(?:prod|production|live|prd)$/i;
const DEVELOPMENT = /^(?:dev|develop|development|test|tests|testing|local|staging|sandbox|ci|debug)$/i;

/** Which mode of the program a test asks for. */
function modeOf(node: Node, flow: Flow): "production" | "development" | undefined {
  if (node.type === "BinaryExpression") {
    if (!/^[!=]==?$/.test(node.operator)) return undefined;
    const mode = comparedMode(node.left, node.right, flow) ?? comparedMode(node.right, node.left, flow);
    if (!mode || node.operator.startsWith("=")) return mode;
    return mode === "production" ? "development" : "production";
  }
  if (node.type !== "Identifier" && node.type !== "MemberExpression" && node.type !== "CallExpression")
    return undefined;
  return namedMode(node.type === "CallExpression" ? nameIn(bare(node.callee)) : nameIn(node), node, flow);
}

function comparedMode(side: Node, other: Node, flow: Flow) {
  const value = flow.constant(other);
  if (typeof value !== "string") return undefined;
  if (!flow.traces(side).some(({ origin }) => isMode(origin, flow))) return undefined;
  return PRODUCTION.test(value) ? "production" : DEVELOPMENT.test(value) ? "development" : undefined;
}

function isMode(origin: Origin, flow: Flow): boolean {
  const source = sourceOf(origin, flow);
  if (source.kind === "environment") return MODE.test(source.name ?? "");
  return source.kind === "other" && /(?:env|environment|stage|mode)$/i.test(source.name ?? "");
}

function namedMode(name: string | undefined, node: Node, flow: Flow) {
  const words = wordsOf(name ?? "");
  const mode = words.some((word) => PRODUCTION.test(word))
    ? "production"
    : words.some((word) => DEVELOPMENT.test(word))
      ? "development"
      : undefined;
  // What the sender says of the mode is no excuse.
  const isSent =
    mode &&
    flow.traces(node).some(({ origin }) => /^(?:request|parameter)$/.test(sourceOf(origin, flow).kind));
  return isSent ? undefined : mode;
}

/** Settings that let pass what was not checked, and settings that have it checked. */
const LETS = /skip|disable|bypass|insecure|unsafe|allow|ignore|accept|trust|without|no_?verif/i;
const CHECKS = /verif|check|valid|enforce|require|enable|strict/i;

/** Whether a test came out so because of a setting that switches the check off. */
function switchesOff(node: Node, holds: boolean, flow: Flow): boolean {
  const asked =
    node.type === "BinaryExpression" ? settingIn(node, holds, flow) : { value: node, isOn: holds };
  if (!asked || !isValue(bare(asked.value))) return false;
  return flow.traces(asked.value).some(({ origin }) => {
    const name = nameOfSetting(origin);
    if (name === undefined) return false;
    return LETS.test(name) ? asked.isOn : CHECKS.test(name) && !asked.isOn;
  });
}

/** `process.env.SKIP === "true"`: what is asked, and whether it is on. */
function settingIn({ left, right, operator }: TSESTree.BinaryExpression, holds: boolean, flow: Flow) {
  if (!/^[!=]==?$/.test(operator)) return undefined;
  const [value, other] = flow.constant(right) === undefined ? [right, left] : [left, right];
  const literal = flow.constant(other);
  if (literal === undefined) return undefined;
  const isTruthy = literal !== false && !/^(?:false|0|no|off|)$/.test(String(literal));
  return { value, isOn: operator.startsWith("=") === holds ? isTruthy : !isTruthy };
}

/** The name of a setting that is no secret. */
function nameOfSetting(origin: Origin): string | undefined {
  if (origin.kind === "environment") return namesKey(origin.name) ? undefined : origin.name;
  if (origin.kind !== "named" || !isSetting(origin)) return undefined;
  const name = settingOf(origin) ?? origin.name?.split(".").at(-1);
  return namesSecret(name) ? undefined : name;
}

/** Whether a test holds what may prove the sender against something that is not written out. */
function mayTell(node: Node, flow: Flow): boolean {
  if (node.type === "BinaryExpression") {
    if (!/^(?:[!=]==?|in)$/.test(node.operator)) return false;
    const sides = [node.left, node.right];
    if (sides.some((side) => isWrittenOut(side, flow))) return false;
    return sides.some((side) => proves(side, flow));
  }
  if (node.type !== "CallExpression") return false;
  const [first] = node.arguments;
  return first !== undefined && !isWrittenOut(first, flow) && proves(first, flow);
}

function isWrittenOut(node: Node, flow: Flow): boolean {
  const value = bare(node);
  if (value.type === "UnaryExpression" || value.type === "Literal") return true;
  if (value.type === "MemberExpression" && /^(?:length|byteLength)$/.test(propertyName(value) ?? ""))
    return true;
  return (value.type === "Identifier" && value.name === "undefined") || flow.constant(value) !== undefined;
}

function proves(node: Node, flow: Flow): boolean {
  return flow.traces(node).some(({ origin }) => {
    const source = sourceOf(origin, flow);
    return (
      isProof(source) || (origin.kind === "named" && /\.(?:ip|ips|remoteAddress)$/.test(origin.name ?? ""))
    );
  });
}
