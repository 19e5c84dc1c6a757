import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import type { Place } from "../../../flow/link.ts";
import {
  bare,
  type FunctionNode,
  isClass,
  isFunction,
  memberOf,
  type Node,
  propertyName,
} from "../../../flow/tree.ts";
import { wordsOf } from "../../names.ts";
import type { Stage } from "../handler.ts";
import { behaviourOf } from "./behaviour.ts";
import type { Behaviour, Way } from "./ways.ts";

const OPEN: Way = { trust: "open", skip: undefined, denied: false };
const HIDDEN: Way = { trust: "maybe", skip: undefined, denied: false };

/** What is known of the sender where a middleware, guard, hook or wrapper lets a request through. */
export function waysThrough({ node, flow }: Stage): readonly Way[] {
  const found = functionIn(node, flow);
  if (!found) return [isHarmless(node, flow) ? OPEN : HIDDEN];
  const behaviour = behaviourOf(found.fn, found.flow);
  // What it tests and calls stands in another place than the handler.
  return passing(behaviour, found).map((way) => ({ ...way, skip: way.skip && node }));
}

interface Found {
  readonly fn: FunctionNode;
  readonly flow: Flow;
  readonly answers: boolean;
}

function passing({ passes, exits }: Behaviour, { fn, answers }: Found): readonly Way[] {
  if (passes) return passes;
  // A guard lets through by its answer, a hook by coming to its end; a wrapper that calls nothing cannot be followed.
  if (answers) return exits.filter(({ outcome: { truth } }) => truth !== false);
  const isHook = fn.params.length < 3 && exits.every(({ trust }) => trust !== "open");
  return isHook ? exits.filter(({ denied }) => !denied) : [HIDDEN];
}

const METHODS = ["canActivate", "use", "intercept", "handle", "transform"];

/** The function that a middleware, a guard's class, or a function that makes or wraps one comes to. */
function functionIn(node: Node, flow: Flow): Found | undefined {
  const value = bare(node);
  const place: Place | undefined = isFunction(value)
    ? { flow, node: value }
    : (flow.place(flow.resolve(value)) ?? calledPlace(value, flow));
  if (!place) return undefined;
  const target = bare(place.node);
  if (isClass(target)) {
    for (const name of METHODS) {
      const member = memberOf(target, name, false);
      if (member?.value && isFunction(member.value))
        return { fn: member.value, flow: place.flow, answers: name === "canActivate" };
    }
    return undefined;
  }
  if (!isFunction(target)) return undefined;
  const [made] = place.flow.tree.returnsOf(target).map((result) => bare(result));
  const inner = made && isFunction(made) ? made : target;
  return { fn: inner, flow: place.flow, answers: false };
}

/** `run(handler, req, res)` makes no function: what is called runs before the handler itself. */
function calledPlace(node: Node, flow: Flow): Place | undefined {
  return node.type === "CallExpression" ? flow.place(flow.resolve(node.callee)) : undefined;
}

const PACKAGES =
  /^(?:express|body-parser|cors|helmet|morgan|compression|express-rate-limit|rate-limiter-flexible|cookie-parser|multer|pino-http|express-async-handler|express-async-errors|hono\/(?:cors|logger|pretty-json|secure-headers|timing|body-limit|compress|etag)|@fastify\/\w+|firebase-functions|@sentry\/\w+|next-axiom|koa-bodyparser|@koa\/cors|co-body|raw-body|@middy\/(?:core|http-json-body-parser|http-error-handler))(?:[:/]|$)/;
const HARMLESS =
  /^(?:async|await|catch|catches|errors?|try|wrap|wrapper|cors|log|logs|logger|logging|logged|trace|sentry|axiom|rate|limit|limiter|limits|throttle|json|raw|urlencoded|text|parser|parse|body|handler|handle|request|helmet|compression|serve|on|http|with|middleware|mw|api|route|webhook|webhooks|upload|metrics|timing|safe|express|timeout|monitoring|instrument)$/;

/** Parsers, loggers and limiters that cannot be opened, by their package or by what they are called. */
function isHarmless(node: Node, flow: Flow): boolean {
  const value = bare(node);
  const callee = value.type === "CallExpression" ? value.callee : value;
  if (PACKAGES.test(flow.name(callee) ?? "")) return true;
  const words = wordsOf(nameOf(value) ?? "");
  return words.length > 0 && words.every((word) => HARMLESS.test(word));
}

function nameOf(node: Node): string | undefined {
  if (node.type === "CallExpression") return calledName(node);
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? propertyName(node) : undefined;
}
