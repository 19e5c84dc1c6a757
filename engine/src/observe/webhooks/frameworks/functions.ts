import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import {
  bare,
  type FunctionNode,
  isFunction,
  isWithin,
  type Node,
  propertyName,
} from "../../../flow/tree.ts";
import type { Framework } from "../handler.ts";
import { exportedFunctions, type Served, servedBy } from "./definitions.ts";
import { type Endpoint, nameOfFunction, nameRange } from "./endpoint.ts";

/** Functions that run by themselves: Lambda, Firebase and Google functions, Workers, Deno, Node's own server. */
export function functionEndpoints(flow: Flow): readonly Endpoint[] {
  return [...servedByCalls(flow), ...lambdas(flow), ...workers(flow)];
}

function endpoint(served: Served, framework: Framework, more: Partial<Endpoint> = {}): Endpoint {
  const { flow, fn, wrappers } = served;
  return {
    flow,
    fn,
    framework,
    route: undefined,
    name: nameOfFunction(fn, flow),
    range: nameRange(fn, flow),
    before: wrappers,
    own: wrappers,
    complete: true,
    ...more,
  };
}

/** Calls that are handed the function that serves, by their name, and by what they make of it. */
const SERVING: readonly (readonly [RegExp, Framework])[] = [
  [/^firebase-functions(?:\/\w+)*:.{0,200}\bonRequest$/, "firebase"],
  [/^@google-cloud\/functions-framework:http$/, "firebase"],
  [
    /^Deno\.serve$|^https?:\/\/deno\.land\/std[^:]{0,40}\/http\/server\.ts:serve$|^@std\/http[^:]{0,40}:serve$|(?:^|\/)std[^:]{0,40}http[^:]{0,40}:serve$/,
    "deno",
  ],
  [/^https?:createServer$/, "unknown"],
];

function servedByCalls(flow: Flow): readonly Endpoint[] {
  return flow.tree.all("CallExpression").flatMap((call): Endpoint[] => {
    if (!/^(?:onRequest|http|serve|createServer)$/.test(calledName(call) ?? "")) return [];
    const name = flow.name(call.callee) ?? "";
    const framework = SERVING.find(([pattern]) => pattern.test(name))?.[1];
    const served = framework && lastServed(call, flow);
    if (!served || served.flow !== flow) return [];
    const named = framework === "firebase" ? holderOf(call, flow) : undefined;
    return [
      endpoint(served, framework, {
        route: framework === "deno" ? routeOfFolder(flow.module.fileName) : undefined,
        name: named?.name ?? nameOfFunction(served.fn, flow),
        range: named
          ? named.range
          : framework === "deno"
            ? rangeBefore(call, served.fn)
            : nameRange(served.fn, flow),
      }),
    ];
  });
}

function lastServed({ arguments: given }: TSESTree.CallExpression, flow: Flow): Served | undefined {
  for (const argument of given.toReversed()) {
    const served = servedBy(argument, flow);
    if (served) return served;
    // Deno.serve({ port, handler })
    if (argument.type !== "ObjectExpression") continue;
    const handler = argument.properties.find(
      (each) => each.type === "Property" && propertyName(each) === "handler",
    );
    if (handler?.type === "Property") return servedBy(handler.value, flow);
  }
  return undefined;
}

function rangeBefore(call: TSESTree.CallExpression, fn: FunctionNode) {
  return isWithin(fn, call)
    ? { start: call.range[0], end: call.callee.range[1] }
    : { start: call.callee.range[0], end: call.callee.range[1] };
}

/** What a function of the cloud is exported as: `exports.hook = onRequest(…)`, `export const hook = onRequest(…)`. */
function holderOf(
  call: Node,
  flow: Flow,
): { name: string; range: { start: number; end: number } } | undefined {
  let up = flow.tree.parentOf(call);
  while (up?.type === "CallExpression" || up?.type === "MemberExpression") up = flow.tree.parentOf(up);
  const target =
    up?.type === "VariableDeclarator"
      ? up.id
      : up?.type === "AssignmentExpression"
        ? up.left
        : up?.type === "Property"
          ? up.key
          : undefined;
  if (!target) return undefined;
  const name =
    target.type === "Identifier"
      ? target.name
      : target.type === "MemberExpression"
        ? propertyName(target)
        : undefined;
  return name === undefined ? undefined : { name, range: { start: target.range[0], end: target.range[1] } };
}

/** Supabase serves a folder's index: `supabase/functions/stripe-webhook/index.ts`. */
function routeOfFolder(fileName: string): string | undefined {
  const [, folder] = /(?:^|\/)functions\/([^/]{1,200})\/(?:index|main|mod)\.[jt]sx?$/.exec(fileName) ?? [];
  return folder === undefined ? undefined : `/${folder}`;
}

const LAMBDA_EVENT = /^_*(?:event|evt)\b|APIGateway|HandlerEvent\b|LambdaFunctionURLEvent/;

/** AWS Lambda behind an API gateway: an exported function that is given an event with a body and headers. */
function lambdas(flow: Flow): readonly Endpoint[] {
  return exportedFunctions(flow).flatMap((served): Endpoint[] => {
    const { fn, name, flow: of } = served;
    const [first] = fn.params;
    if (of !== flow || !first || fn.params.length > 3) return [];
    const text = flow.module.text.slice(first.range[0], first.range[1]);
    if (!LAMBDA_EVENT.test(text) || !readsRequest(fn, flow)) return [];
    const named = /^(?:handler|default|main|lambdaHandler)$/.test(name)
      ? nameOfFile(flow.module.fileName)
      : name;
    return [endpoint(served, "lambda", { name: named })];
  });
}

function readsRequest(fn: FunctionNode, flow: Flow): boolean {
  const { params } = fn;
  const [first] = params;
  if (first?.type === "ObjectPattern")
    return first.properties.some((each) => each.type === "Property" && propertyName(each) === "body");
  return flow.tree
    .all("MemberExpression")
    .some(
      (member) =>
        isWithin(member, fn) &&
        propertyName(member) === "body" &&
        first?.type === "Identifier" &&
        bare(member.object).type === "Identifier" &&
        (bare(member.object) as TSESTree.Identifier).name === first.name,
    );
}

/** The last parts of a file's path that say something: `stripe-webhook` of `src/stripe-webhook/index.ts`. */
function nameOfFile(fileName: string): string {
  return fileName
    .replace(/\.[cm]?[jt]sx?$/, "")
    .split("/")
    .filter(
      (part) => !/^(?:index|handler|main|src|functions?|lambdas?|handlers|app|api|worker|mod)$/i.test(part),
    )
    .slice(-2)
    .join("/");
}

/** Cloudflare Workers: `export default { fetch(request, env) { … } }`, and the functions it hands its request to. */
function workers(flow: Flow): readonly Endpoint[] {
  const fetchers = exportedFunctions(flow).filter(({ name, flow: of }) => of === flow && name === "fetch");
  return fetchers.flatMap((served): Endpoint[] => {
    const [request] = served.fn.params;
    if (request?.type !== "Identifier") return [];
    const own = servesManyPaths(served.fn, flow)
      ? []
      : [endpoint(served, "workers", { name: nameOfFile(flow.module.fileName) })];
    return [
      ...own,
      ...handedOn(served.fn, request.name, flow).map((fn) =>
        endpoint({ flow, fn, wrappers: [] }, "workers", { complete: false }),
      ),
    ];
  });
}

/** What tells paths apart is no handler of one sender. */
function servesManyPaths(fn: FunctionNode, flow: Flow): boolean {
  const asked = flow.tree
    .all("BinaryExpression")
    .filter(
      (test) =>
        isWithin(test, fn) &&
        /^[!=]==?$/.test(test.operator) &&
        /path(?:name)?$/i.test(flow.module.text.slice(test.left.range[0], test.left.range[1])),
    );
  return asked.length > 1;
}

function handedOn(fn: FunctionNode, request: string, flow: Flow): readonly FunctionNode[] {
  const functions = flow.tree.all("CallExpression").flatMap((call) => {
    const [first] = call.arguments;
    if (!isWithin(call, fn) || first?.type !== "Identifier" || first.name !== request) return [];
    const called = flow.calls.functionNamed(call.callee);
    return called && isFunction(called) ? [called] : [];
  });
  return [...new Set(functions)];
}
