import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { type FunctionNode, isWithin, type Node, propertyName } from "../../../flow/tree.ts";
import { exportedFunctions, servedBy } from "../frameworks/definitions.ts";
import { nameOfFunction, nameRange } from "../frameworks/endpoint.ts";
import { filesBehind } from "../frameworks/importers.ts";
import { frameworkByParameters } from "../frameworks/parameters.ts";
import { registrationsOf } from "../frameworks/registrations.ts";
import { stages, wayTo } from "../frameworks/ways.ts";
import type { Handler, Stage } from "../handler.ts";
import { saysReturn } from "./words.ts";

/** A function that serves whoever comes back from paying: `GET /checkout/success`, a page `thank-you`, `paymentReturn`. */
export type ReturnHandler = Pick<Handler, "flow" | "fn" | "range" | "before">;

/** The functions of a file that serve customers who come back from paying, each once. */
export function returnHandlers(flow: Flow): readonly ReturnHandler[] {
  const found = new Map<FunctionNode, ReturnHandler>();
  for (const handler of [...mounted(flow), ...filed(flow), ...decorated(flow), ...named(flow)])
    if (!found.has(handler.fn)) found.set(handler.fn, handler);
  return [...found.values()];
}

/** `router.get("/payment/success", …)`, in this file or in one that imports it. */
function mounted(flow: Flow): readonly ReturnHandler[] {
  return [flow, ...filesBehind(flow)].flatMap((file) =>
    registrationsOf(file).flatMap((registration): ReturnHandler[] => {
      const { method, path, handlers } = registration;
      const last = handlers.at(-1);
      if (!/^(?:get|post|all|any)$/.test(method) || path === undefined || !last) return [];
      const served = servedBy(last, file);
      if (!served || served.flow !== flow) return [];
      const way = wayTo(registration);
      const name = nameOfFunction(served.fn, flow) ?? "";
      if (!isVisited(method === "get", `${way.prefix ?? ""}/${path}`, name, served.fn, flow)) return [];
      const own = handlers.slice(0, -1).flatMap((node) => stages(node, file));
      return [handlerOf(served.fn, flow, [...way.before, ...own, ...served.wrappers])];
    }),
  );
}

const PAGES =
  /(?:^|\/)(?:app|pages|routes|server\/(?:routes|api))\/(.{0,300}?)(?:\/(?:route|page|index|\+server|\+page\.server|\+page))?(?:\.get)?\.[cm]?[jt]sx?$/;
const SERVES_PAGE = /^(?:GET|getServerSideProps|loader|load|default)$/;

/** Pages and routes that a platform finds by the names of their files. */
function filed(flow: Flow): readonly ReturnHandler[] {
  const path = PAGES.exec(flow.module.fileName)?.[1];
  if (path === undefined || /["']use client["']/.test(flow.module.text.slice(0, 300))) return [];
  const route = path.replace(/\([^)]{0,60}\)\/?/g, "").replace(/\./g, "/");
  return exportedFunctions(flow)
    .filter(({ flow: of, name }) => of === flow && SERVES_PAGE.test(name))
    .filter(({ fn, name }) => isVisited(name !== "default" || !isApi(route), route, "", fn, flow))
    .map(({ fn, wrappers }) => handlerOf(fn, flow, wrappers));
}

function isApi(route: string): boolean {
  return /^(?:.{0,20}\/)?api(?:\/|$)/.test(route);
}

/** NestJS: `@Get("success")` of `@Controller("payments")`. */
function decorated(flow: Flow): readonly ReturnHandler[] {
  return flow.tree.all("MethodDefinition").flatMap((method): ReturnHandler[] => {
    const fn = method.value;
    if (fn.type !== "FunctionExpression") return [];
    const verb = decoratorOf(method, /^(?:Get|Post|All)$/);
    const owner = flow.tree.parentOf(flow.tree.parentOf(method) ?? method);
    if (!verb || owner?.type !== "ClassDeclaration") return [];
    const path = `${textIn(decoratorOf(owner, /^Controller$/), flow)}/${textIn(verb, flow)}`;
    const visited = isVisited(calledName(verb) === "Get", path, propertyName(method) ?? "", fn, flow);
    return visited ? [handlerOf(fn, flow, [])] : [];
  });
}

function decoratorOf(
  node: TSESTree.MethodDefinition | TSESTree.ClassDeclaration,
  name: RegExp,
): TSESTree.CallExpression | undefined {
  for (const { expression } of node.decorators ?? [])
    if (expression.type === "CallExpression" && name.test(calledName(expression) ?? "")) return expression;
  return undefined;
}

function textIn(call: TSESTree.CallExpression | undefined, flow: Flow): string {
  const value = call?.arguments[0] && flow.constant(call.arguments[0]);
  return typeof value === "string" ? value : "";
}

/** Functions with the parameters of a handler that another file mounts, by their names. */
function named(flow: Flow): readonly ReturnHandler[] {
  const methods = flow.tree
    .all("MethodDefinition")
    .flatMap(({ key, value }) =>
      key.type === "Identifier" && value.type === "FunctionExpression" ? [{ fn: value, name: key.name }] : [],
    );
  const exported = exportedFunctions(flow).flatMap(({ fn, flow: of, name }) =>
    of === flow ? [{ fn, name: nameOfFunction(fn, flow) ?? name }] : [],
  );
  return [...exported, ...methods]
    .filter(({ fn, name }) => frameworkByParameters(fn, flow) && isVisited(false, "", name, fn, flow))
    .map(({ fn }) => handlerOf(fn, flow, []));
}

function handlerOf(fn: FunctionNode, flow: Flow, before: readonly Stage[]): ReturnHandler {
  return { flow, fn, range: nameRange(fn, flow), before };
}

/** Whether customers come here themselves: by GET, or they are sent on or shown a page. */
function isVisited(byGet: boolean, path: string, name: string, fn: FunctionNode, flow: Flow): boolean {
  const text = flow.module.text.slice(fn.range[0], fn.range[1]);
  return saysReturn({ path, name, file: flow.module.fileName, text }) && (byGet || showsPage(fn, flow));
}

function showsPage(fn: FunctionNode, flow: Flow): boolean {
  return flow.tree
    .all("CallExpression")
    .some(
      (call) =>
        isWithin(call as Node, fn) &&
        /^(?:redirect|render|sendFile)$/.test(receiverOf(call)?.method ?? calledName(call) ?? ""),
    );
}
