import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { asInstance, nameOf } from "../../flow/meaning.ts";
import { type FunctionNode, isWithin, type Node, propertyName } from "../../flow/tree.ts";
import { signatureHeaders, verifierByCallee } from "../../providers/index.ts";
import { wordsOf } from "../names.ts";
import type { Endpoint } from "./frameworks/endpoint.ts";
import { providersIn } from "./sender.ts";

/** Words of paths and names that nothing but a receiver of events has. */
const WEBHOOK = /^(?:webhooks?|ipns?|postbacks?)$/;
/** Words that say so only where a payment is meant as well. */
const MAYBE = /^(?:hooks?|notify|notifications?|callbacks?|events?|listener)$/;
const PAYMENT =
  /^(?:pay|pays|payments?|payouts?|transactions?|transfers?|checkout|billing|invoices?|charges?|refunds?|deposits?|withdrawals?|disbursements?|subscriptions?|orders?|gateway|momo|mpesa|stk|b2c|c2b|upi)$/;
const SIGN_IN =
  /^(?:oauth\d?|auth|login|signin|signup|sso|saml|oidc|google|github|facebook|connect|session)$/;
/** Words of routes and functions that manage, send or try out webhooks. */
const MANAGES =
  /^(?:create|creates|register|registers|list|lists|get|delete|remove|update|find|send|sends|trigger|triggers|dispatch|deliver|deliveries|delivery|emit|fire|test|tests|testing|simulate|simulator|mock|retry|retries|resend|replay|redeliver|setup|set|configure|config|configuration|settings?|enable|disable|subscribe|unsubscribe|validate|validator|check|checks|authenticate|is|has|use|build|format|generate|rotate|regenerate|toggle|edit|add|fetch|load|count|search|middleware|auth|limiter|guard|schema|router|routes|client|signature|secret|secrets|parser|raw|logs|history|stats|status|health|outgoing|endpoints?|sign|rate|limit|url|types?|new|all|by|manage|manager|admin|dashboard|sync|debug|sample|example|export|cleanup|queue)$/;

/** Whether a path's words say that events of a sender are received there. */
export function routeReceives(route: string, context: boolean): boolean {
  const words = wordsOfRoute(route);
  if (words.some((word) => MANAGES.test(word))) return false;
  return saysWebhook(
    words,
    context || words.some((word) => PAYMENT.test(word)) || providersIn(words).length > 0,
  );
}

export function wordsOfRoute(route: string): readonly string[] {
  return route
    .split("/")
    .filter((part) => !/^[:[{(*$]/.test(part))
    .flatMap((part) => joinedWords(part));
}

/** `web-hook` and `webHook` are one word. */
function joinedWords(text: string): readonly string[] {
  return wordsOf(text.replace(/web[-_ ]?(?=hook)/gi, "Web").replace(/WebHook/g, "Webhook"));
}

function saysWebhook(words: readonly string[], context: boolean): boolean {
  if (words.some((word) => WEBHOOK.test(word))) return true;
  if (!context || words.some((word) => SIGN_IN.test(word))) return false;
  return words.some(
    (word) => MAYBE.test(word) && word !== "events" && word !== "event" && word !== "listener",
  );
}

const SERVES =
  /^(?:handle|handles|handler|on|process|receive|receiver|incoming|webhook|webhooks|ipn|do|post|execute|run)$/;

/** Whether a function's name says that it is given the events of a sender. */
export function nameReceives(name: string, context = false): boolean {
  const all = joinedWords(name);
  // `createWebhookHandler` answers the function that serves.
  const isMaker = /^(?:create|make|build|get)$/.test(all[0] ?? "") && all.at(-1) === "handler";
  const words = isMaker ? all.slice(1) : all;
  if (words.some((word) => MANAGES.test(word))) return false;
  return (
    words.some((word) => WEBHOOK.test(word)) ||
    (context &&
      words.some((word) => /^(?:callback|notification|notify|hook)$/.test(word)) &&
      words.some((word) => SERVES.test(word) || PAYMENT.test(word) || providersIn([word]).length > 0))
  );
}

const SIGNED_HEADER =
  /^(?:x-)?(?:[a-z0-9]+-){1,4}(?:signature|hmac)(?:-[a-z0-9]+)*$|^x-(?:signature|hmac)(?:-[a-z0-9]+)*$/;

/** The headers read within a function that carry a signature or a token of a sender, in lower case. */
export function signatureHeadersReadIn(fn: FunctionNode, flow: Flow): readonly string[] {
  return flow.tree
    .all("Literal")
    .filter((literal) => isWithin(literal, fn) && isHeaderRead(literal, flow))
    .flatMap(({ value }) => {
      const name = typeof value === "string" ? value.toLowerCase() : "";
      const isKnown = signatureHeaders().has(name) && name !== "authorization";
      return isKnown || SIGNED_HEADER.test(name) ? [name] : [];
    });
}

/** `headers["x-signature"]`, `req.get("x-signature")`, `@Headers("x-signature")`. */
function isHeaderRead(literal: TSESTree.Literal, flow: Flow): boolean {
  const up = flow.tree.parentOf(literal);
  if (up?.type === "MemberExpression") return up.computed && up.property === literal && !isAssigned(up, flow);
  if (up?.type === "Property") return up.key === literal && flow.tree.parentOf(up)?.type === "ObjectPattern";
  if (up?.type !== "CallExpression" || up.arguments[0] !== literal) return false;
  return /^(?:get|header|headers?|getHeader|getFirstHeader)$/i.test(calledName(up) ?? "");
}

function isAssigned(node: Node, flow: Flow): boolean {
  const up = flow.tree.parentOf(node);
  return up?.type === "AssignmentExpression" && up.left === node;
}

/** The providers whose SDK verifies something within a function. */
export function verifiersIn(fn: FunctionNode, flow: Flow): readonly (string | undefined)[] {
  return flow.tree.all("CallExpression").flatMap((call) => {
    if (!isWithin(call, fn)) return [];
    const verifier = verifierByCallee(nameOf(asInstance(flow.resolve(call.callee))) ?? "");
    if (verifier) return [verifier.provider.id];
    return /^constructEvent(?:Async)?$/.test(calledName(call) ?? "") ? [undefined] : [];
  });
}

/** Functions that find out who is signed in, by their name. */
const SESSION =
  /^(?:get(?:Server|Current|LoggedIn|Auth|My)?(?:Session|User|Auth)(?:FromRequest|OrThrow)?|currentUser|auth|require(?:User|Auth|Admin|Session|Login)\w{0,20}|with(?:Workspace|Session|Auth|User|Team|Org|Organization|Admin|Partner|Profile|Permission|Tenant)\w{0,20}|authenticated\w{0,30}|authenticate(?:User|Request|ApiKey)?|validateSession|verifySession|checkAuth)$/;
const SESSION_MIDDLEWARE =
  /^(?:require|ensure|is|check|verify|validate|with|use|jwt|passport|user|admin|api)?_?(?:auth|authn|authed|authenticated?|authentication|authenticateUser|authenticateToken|authMiddleware|authGuard|login|loggedIn|session|jwt|jwtAuth|jwtAuthGuard|accessToken|user|admin|adminAuth|workspace|protect|protected|authorize|clerk)(?:Middleware|Guard|Handler)?$/i;
/** Members in which frameworks keep who is signed in. */
const SIGNED_IN = /^(?:req|request|ctx\.state|c\.var)[?!]?\.(?:user|userId|auth|session)\b/;

/** Whether a function asks who is signed in: people do that, senders of events have no session. */
export function asksForSession({ fn, flow, own }: Endpoint): boolean {
  if (own.some(({ node }) => isSessionStage(node))) return true;
  const isIn = (node: Node) => isWithin(node, fn);
  return (
    flow.tree.all("CallExpression").some((call) => isIn(call) && SESSION.test(calledName(call) ?? "")) ||
    flow.tree.all("MemberExpression").some((member) => isIn(member) && SIGNED_IN.test(textOf(member, flow)))
  );
}

function isSessionStage(node: Node): boolean {
  const name = nameOfStage(node);
  return SESSION_MIDDLEWARE.test(name) || SESSION.test(name);
}

const ADDRESS =
  /^(?:(?:target|endpoint|callback|webhook|receiver|postback|notification|delivery)[-_]?url|url|endpoint)$/i;
const REGISTERS = /^(?:create|register|add|save|insert)\w{0,20}(?:Webhook|Postback|Endpoint)$/i;

/** Whether a function takes down where events are to be sent: it registers webhooks and receives none. */
export function takesAddress(fn: FunctionNode, flow: Flow): boolean {
  const isIn = (node: Node) => isWithin(node, fn);
  const registers = flow.tree
    .all("CallExpression")
    .some(
      (call) =>
        isIn(call) &&
        (REGISTERS.test(calledName(call) ?? "") ||
          /\bwebhook(?:Endpoint|Subscription|Config)s?\.(?:create|add|insert)/i.test(
            textOf(call.callee, flow),
          )),
    );
  return (
    registers ||
    flow.tree
      .all("ObjectPattern")
      .some(
        (pattern) =>
          isIn(pattern) &&
          pattern.properties.some(
            (each) => each.type === "Property" && ADDRESS.test(propertyName(each) ?? ""),
          ) &&
          isOfBody(pattern, flow),
      ) ||
    flow.tree
      .all("MemberExpression")
      .some(
        (member) =>
          isIn(member) &&
          ADDRESS.test(propertyName(member) ?? "") &&
          /(?:^|\.)(?:body|dto|input)$/i.test(textOf(member.object, flow)),
      )
  );
}

/** `const { url } = req.body`, `const { url } = await request.json()`. */
function isOfBody(pattern: Node, flow: Flow): boolean {
  const up = flow.tree.parentOf(pattern);
  if (up?.type !== "VariableDeclarator" || !up.init) return false;
  return /(?:\bbody|\bdto|\binput|\bjson\(\)|\bparsed?\(\w{0,20}body\w{0,20}\)|\bdata)$/i.test(
    flow.module.text.slice(up.init.range[0], up.init.range[1]),
  );
}

function textOf(node: Node, flow: Flow): string {
  return flow.module.text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 40));
}

function nameOfStage(node: Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "CallExpression") return calledName(node) ?? "";
  return node.type === "MemberExpression" && node.property.type === "Identifier" ? node.property.name : "";
}
