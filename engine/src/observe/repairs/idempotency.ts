import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { bare, isFunction, isWithin, type Node, propertyName, rangeOf } from "../../flow/tree.ts";
import { isClock, isRandom, keyTraces } from "../idempotency/origins.ts";
import type { MoneyRequest } from "../money-requests.ts";
import { wordsOf } from "../names.ts";
import type { Edit, MoneyCall, Repair } from "../observation.ts";
import { textOf } from "./modules.ts";
import { isReached } from "./scope.ts";

/** Providers that take a UUID and nothing else. */
const UUIDS: ReadonlySet<string> = new Set(["circle", "wise"]);

/**
 * A key made of the number of what is paid, which stands in scope already; none where no such number does. A random
 * key would be another one for each repetition.
 */
export function repairKey(
  request: MoneyRequest,
  shape: MoneyCall["shape"],
  key: Node | undefined,
  flow: Flow,
): readonly Repair[] {
  if (request.provider !== undefined && UUIDS.has(request.provider)) return [];
  if (shape === "misplaced") return key ? movedKey(request, key, flow) : [];
  if (shape === "shared") return key ? toldApart(request, key, flow) : [];
  const id = idInScope(request, key, flow);
  if (id === undefined) return [];
  const text = `\`${prefixOf(request)}-\${${id}}\``;
  const title = `Derive the idempotency key from ${id}`;
  const edits = key ? [{ range: rangeOf(key), text }] : placed(request, text, flow);
  return edits ? [{ title, edits }] : [];
}

/** What the operation is called; a request that only carries a key is not told. */
function prefixOf({ operation }: MoneyRequest): string {
  return operation === "request" ? "attempt" : operation;
}

/** A key where its provider wants it: in the SDK's options, in the headers, in the body. */
function placed(request: MoneyRequest, text: string, flow: Flow): readonly Edit[] | undefined {
  for (const { carrier, names, argument } of request.carriers) {
    const [name] = names;
    const edit =
      carrier === "option" && argument !== undefined
        ? inOptions(request.call, argument, `${name}: ${text}`, flow)
        : carrier === "header"
          ? inObject(objectNamed("headers", request.call, flow), `"${name}": ${text}`, flow)
          : carrier === "body"
            ? inObject(bodyOf(request, flow), `${name}: ${text}`, flow)
            : undefined;
    if (edit) return [edit];
  }
  return undefined;
}

function inOptions(
  call: TSESTree.CallExpression,
  argument: number,
  member: string,
  flow: Flow,
): Edit | undefined {
  const options = call.arguments[argument];
  if (options) return inObject(bare(options), member, flow);
  const last = call.arguments.at(-1);
  if (!last || call.arguments.length !== argument || last.type === "SpreadElement") return undefined;
  return { range: { start: last.range[1], end: last.range[1] }, text: `, { ${member} }` };
}

function inObject(node: Node | undefined, member: string, flow: Flow): Edit | undefined {
  if (node?.type !== "ObjectExpression") return undefined;
  const [first] = node.properties;
  if (!first) return { range: rangeOf(node), text: `{ ${member} }` };
  const start = first.range[0];
  const gap = flow.module.text.slice(node.range[0] + 1, start);
  return { range: { start, end: start }, text: `${member},${/\n/.test(gap) ? gap : " "}` };
}

/** An object written out under a name inside of a call: its headers. */
function objectNamed(name: string, call: Node, flow: Flow): Node | undefined {
  const property = flow.tree
    .all("Property")
    .find((each) => propertyName(each) === name && isWithin(each, call) && isOwn(each, call, flow));
  return property && bare(property.value);
}

/** Whether a node stands in a call itself, not in a function or a call within. */
function isOwn(node: Node, call: Node, flow: Flow): boolean {
  let up = flow.tree.parentOf(node);
  while (up && up !== call && up.type !== "CallExpression" && !isFunction(up)) up = flow.tree.parentOf(up);
  return up === call;
}

/** The object that is sent as the body, where it is written out in the call. */
function bodyOf({ body, call }: MoneyRequest, flow: Flow): Node | undefined {
  const values = new Set([...body.values.values()].flat());
  return flow.tree
    .all("ObjectExpression")
    .find(
      (node) =>
        isWithin(node, call) &&
        node.properties.some((each) => each.type === "Property" && values.has(each.value)),
    );
}

/** From the parameters, where it has no effect, to the options. */
function movedKey(request: MoneyRequest, key: Node, flow: Flow): readonly Repair[] {
  const option = request.carriers.find(({ carrier }) => carrier === "option");
  const property = flow.tree.parentOf(key);
  const object = property && flow.tree.parentOf(property);
  if (option?.argument === undefined || property?.type !== "Property" || object?.type !== "ObjectExpression")
    return [];
  const added = inOptions(request.call, option.argument, `${option.names[0]}: ${textOf(key, flow)}`, flow);
  if (!added) return [];
  const at = object.properties.indexOf(property);
  const [before, after] = [object.properties[at - 1], object.properties[at + 1]];
  const range = after
    ? { start: property.range[0], end: after.range[0] }
    : { start: before?.range[1] ?? property.range[0], end: property.range[1] };
  return [{ title: "Move the key to the request's options", edits: [{ range, text: "" }, added] }];
}

/** The key with the operation in front of it. */
function toldApart(request: MoneyRequest, key: Node, flow: Flow): readonly Repair[] {
  const node = bare(key);
  const inner =
    node.type === "TemplateLiteral"
      ? flow.module.text.slice(node.range[0] + 1, node.range[1] - 1)
      : `\${${textOf(node, flow)}}`;
  const id = idOfRound(request.call, flow);
  const text = id === undefined ? `\`${prefixOf(request)}-${inner}\`` : `\`${inner}-\${${id}}\``;
  return [{ title: "Tell the operations apart", edits: [{ range: rangeOf(key), text }] }];
}

/** What tells the rounds of the loop around a call apart: the id of its element, where that is used. */
function idOfRound(call: Node, flow: Flow): string | undefined {
  const loop = loopAround(call, flow);
  if (!loop) return undefined;
  return flow.tree
    .all("MemberExpression")
    .filter((node) => isWithin(node, loop) && /^_?id$/.test(propertyName(node) ?? ""))
    .filter(({ object }) => {
      const variable = flow.scopes.variableOf(bare(object));
      return variable && flow.scopes.writesOf(variable).some(({ target }) => isWithin(target, loop));
    })
    .map((node) => textOf(node, flow))[0];
}

function loopAround(call: Node, flow: Flow): Node | undefined {
  let up = flow.tree.parentOf(call);
  while (up && !/^For(?:Of|In)Statement$/.test(up.type) && !isFunction(up)) up = flow.tree.parentOf(up);
  return up && (!isFunction(up) || flow.calls.hostOf(up)) ? up : undefined;
}

/** What is paid once, by the words of its names, those first that are made for one attempt. */
const RANKS: readonly RegExp[] = [
  /^(?:idempotency|attempt|request|operation|job)$/,
  /^(?:refund|payout|transfer|withdrawal|payment|charge|transaction|donation)$/,
  /^(?:order|invoice|booking|reservation|purchase|cart|checkout|subscription)$/,
];

interface Found {
  readonly text: string;
  readonly rank: number;
}

/** The number of what is paid, as code in the reach of a request spells it. */
function idInScope(request: MoneyRequest, key: Node | undefined, flow: Flow): string | undefined {
  const { call } = request;
  const found = [...flow.tree.all("Identifier"), ...flow.tree.all("MemberExpression")].flatMap(
    (node) => rankOf(node, call, key, flow) ?? [],
  );
  found.sort((a, b) => a.rank - b.rank);
  return found[0]?.text;
}

function rankOf(node: Node, call: Node, key: Node | undefined, flow: Flow): Found | undefined {
  if (key && isWithin(node, key)) return undefined;
  const words = idWords(node);
  const rank = words ? RANKS.findIndex((rank) => words.some((word) => rank.test(word))) : -1;
  if (rank < 0 || !isReached(node, call, flow) || isMadeUp(node, flow)) return undefined;
  return { text: textOf(node, flow), rank };
}

/** The words of `orderId`, `order.id`, `order._id`; undefined for what is no number of something. */
function idWords(node: Node): readonly string[] | undefined {
  if (node.type === "Identifier") {
    const words = wordsOf(node.name);
    return words.length > 1 && /^(?:id|key|reference)$/.test(words.at(-1)!) ? words : undefined;
  }
  if (node.type !== "MemberExpression" || node.optional) return undefined;
  const [object, name] = [bare(node.object), propertyName(node)];
  if (object.type !== "Identifier" || name === undefined || !/^(?:_?id|\w+(?:Id|_id))$/.test(name))
    return undefined;
  return /^_?id$/.test(name) ? wordsOf(object.name) : wordsOf(name);
}

/** Whether a number is one of the moment, or drawn at random, where it is made. */
function isMadeUp(node: Node, flow: Flow): boolean {
  return keyTraces(node, flow).some((trace) => isClock(trace) || isRandom(trace));
}
