import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, rangeOf } from "../../flow/tree.ts";
import { providers, providersOfHost } from "../../providers/index.ts";
import { isTestFile } from "../files.ts";
import { wordsOf } from "../names.ts";
import type { Address, Fact, Step } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { escaped } from "../patterns.ts";
import { requestsOf } from "../requests.ts";
import { hintsTakenUrl, type TakenUrl, takenUrls } from "./customer-urls.ts";
import { secretIn } from "./secret-values.ts";

/** URLs of payments: whether they are encrypted, and whether a secret stands in them. */
export const addresses: Observer = {
  kind: "address",
  keywords: /http:\/\/|redirect|ur[li]|link|page/i,
  suits: ({ fileName, text }) =>
    !isTestFile(fileName) &&
    (hintsTakenUrl(text) ? UNENCRYPTED.test(text) || SECRETS.test(text) : CALLED_OPENLY.test(text)),
  *javascript(flow) {
    const taken = [...takenUrls(flow)];
    for (const url of taken) yield* observed(url, taken, flow);
    for (const request of requestsOf(flow)) {
      const host = /^http:\/\/([^/:?#{}]+)/.exec(request.url)?.[1];
      if (host !== undefined && providersOfHost(host).length > 0) yield calling(request.call, host);
    }
  },
};

/** In quotes: comments are full of them. Names of markup languages are written like addresses, and stand in every picture. */
const UNENCRYPTED = /["'`]http:\/\/(?!www\.w3\.org\/)/;
const CALLED_OPENLY = new RegExp(
  `http://[\\w.-]{0,80}(?:${providers
    .flatMap(({ hosts, detect }) => [...hosts.live, ...hosts.sandbox, ...detect.hosts])
    .map(escaped)
    .join("|")})`,
  "i",
);
const SECRETS = /token|jwt|secret|passw|api_?key/i;

function* observed(taken: TakenUrl, all: readonly TakenUrl[], flow: Flow): Generator<Address> {
  const encrypted = encryption(taken, all, flow);
  const discreet = taken.redirects ? discretion(taken, flow) : undefined;
  if (encrypted || discreet)
    yield {
      kind: "address",
      provider: undefined,
      range: rangeOf(taken.url),
      encrypted,
      discreet,
      taker: taken.taker,
    };
}

function calling(call: Node, host: string): Address {
  const range = rangeOf(call);
  const encrypted: Fact = { answer: "no", range, steps: [] };
  return { kind: "address", provider: undefined, range, encrypted, discreet: undefined, taker: host };
}

function encryption(taken: TakenUrl, all: readonly TakenUrl[], flow: Flow): Fact | undefined {
  const scheme = schemeOf(taken.url, flow);
  if (scheme === undefined) return undefined;
  const range = rangeOf(taken.url);
  if (scheme.name === "https") return { answer: "yes", range, steps: [] };
  if (!scheme.isLocal) return { answer: "no", range, steps: [] };
  const live = all.find((other) => other !== taken && other.group === taken.group && isLive(other.url, flow));
  // Alone it is an address of development; beside a live one it was forgotten.
  if (!live) return undefined;
  const steps: Step[] = [{ range: rangeOf(live.url), note: "this one beside it is live" }];
  return { answer: "no", range, steps };
}

function isLive(url: Node, flow: Flow): boolean {
  const scheme = schemeOf(url, flow);
  return scheme?.name === "https" && !scheme.isLocal;
}

interface Scheme {
  readonly name: "http" | "https";
  readonly isLocal: boolean;
}

/** This machine, a private network, a name that only a private network knows. */
const LOCAL =
  /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|[\w-]+|.+\.(?:local|localhost|test|internal|lan|example|invalid))$/i;
const PLACEHOLDER =
  /^(?:(?:www\.|api\.)?example\.(?:com|org|net)|.*(?:your|my)[-_]?(?:domain|site|app|shop|store|url|host).*|.*[<>{}$].*)$/i;

/** The scheme and host that a URL is written with; undefined for one that comes from elsewhere or is a placeholder. */
function schemeOf(url: Node, flow: Flow): Scheme | undefined {
  const match = /^(https?):\/\/([^/:?#]+)/.exec(startOf(url, flow) ?? "");
  if (!match || PLACEHOLDER.test(match[2]!)) return undefined;
  return { name: match[1] as Scheme["name"], isLocal: LOCAL.test(match[2]!) };
}

/** The written beginning of a text. */
function startOf(url: Node, flow: Flow): string | undefined {
  const constant = flow.constant(url);
  if (typeof constant === "string") return constant;
  const node = bare(url);
  if (node.type === "TemplateLiteral") {
    const [quasi] = node.quasis;
    if (quasi?.value.cooked) return quasi.value.cooked;
    const [first] = node.expressions;
    const start = first && flow.constant(first);
    return typeof start === "string" ? start : undefined;
  }
  if (node.type === "BinaryExpression" && node.operator === "+") return startOf(node.left, flow);
  if (node.type === "NewExpression" && calledName(node) === "URL" && node.arguments[0])
    return startOf(node.arguments[1] ?? node.arguments[0], flow);
  return undefined;
}

/** Names of tokens that open an account for whoever holds them; those made for one use in a link are others. */
const SESSION =
  /^(?:(?:access|session|auth|authentication|refresh|id|bearer|login|user)_?(?:token|jwt)|jwt(?:_?token)?)$/i;
const SIGNS =
  /(?:^|[:.])(?:jsonwebtoken:sign|SignJWT\.new\(\)(?:\.\w+\(\))*\.sign|jwtService\.sign(?:Async)?|generateAuthToken)\(\)$/;

function discretion(taken: TakenUrl, flow: Flow): Fact | undefined {
  const parts = valuesIn(taken.url, flow);
  const secret = parts.find((part) => isSecretPart(part, flow));
  if (!secret) return undefined;
  return {
    answer: "no",
    range: rangeOf(secret),
    steps: [{ range: rangeOf(taken.url), note: "the address that it stands in" }],
  };
}

function isSecretPart(part: Node, flow: Flow): boolean {
  if (secretIn(part, flow) !== undefined) return true;
  const node = bare(part);
  const name =
    node.type === "Identifier"
      ? node.name
      : node.type === "MemberExpression" && node.property.type === "Identifier"
        ? node.property.name
        : undefined;
  if (name !== undefined && SESSION.test(name)) return true;
  const isToken = name !== undefined && wordsOf(name).includes("token");
  return (
    isToken &&
    flow.traces(node).some(({ origin }) => origin.kind === "named" && SIGNS.test(origin.name ?? ""))
  );
}

/** What varies in a URL behind its host: the expressions of a template or of a sum, and what is encoded in them. */
function valuesIn(url: Node, flow: Flow, depth = 0): Node[] {
  const node = bare(url);
  if (depth > 4) return [];
  const inner = (parts: readonly Node[]): Node[] => parts.flatMap((part) => valuesIn(part, flow, depth + 1));
  if (node.type === "TemplateLiteral") return inner(node.expressions);
  if (node.type === "BinaryExpression") return node.operator === "+" ? inner([node.left, node.right]) : [];
  if (node.type === "CallExpression" && /^encodeURI(?:Component)?$/.test(flow.name(node.callee) ?? ""))
    return inner(node.arguments);
  if (depth > 0) return [node];
  const variable = node.type === "Identifier" ? flow.scopes.variableOf(node) : undefined;
  const [write, ...others] = variable ? flow.scopes.writesOf(variable) : [];
  return write?.value && others.length === 0 && write.path.length === 0 && write.how === "declared"
    ? valuesIn(write.value, flow, depth)
    : [];
}
