import type { Flow } from "../../../flow/flow.ts";
import type { Framework } from "../handler.ts";
import { exportsByName, servedBy } from "./definitions.ts";
import { type Endpoint, nameOfFunction, nameRange } from "./endpoint.ts";

const APP_ROUTE = /(?:^|\/)app\/(.{0,400})\/route\.[cm]?[jt]sx?$/;
const PAGES_ROUTE = /(?:^|\/)pages\/(api\/.{1,400})\.[cm]?[jt]sx?$/;

/** Next.js: what a route file of the app router, or a file under pages/api, exports. */
export function nextEndpoints(flow: Flow): readonly Endpoint[] {
  const { fileName } = flow.module;
  const app = APP_ROUTE.exec(fileName);
  if (app) return exported(flow, "next-app", `/${withoutGroups(app[1]!)}`, /^(?:POST|PUT)$/);
  const page = PAGES_ROUTE.exec(fileName);
  return page ? exported(flow, "next-pages", `/${page[1]!.replace(/(?:^|\/)index$/, "")}`, /^default$/) : [];
}

/** Nothing but its wrappers runs before a function that a platform finds by its file and export. */
export function exported(
  flow: Flow,
  framework: Framework,
  route: string | undefined,
  names: RegExp,
): readonly Endpoint[] {
  return exportsByName(flow).flatMap(({ name, node }): Endpoint[] => {
    const served = names.test(name) ? servedBy(node, flow) : undefined;
    if (served?.flow !== flow) return [];
    return [
      {
        flow,
        fn: served.fn,
        framework,
        route,
        name: nameOfFunction(served.fn, flow) ?? name,
        range: nameRange(served.fn, flow),
        before: served.wrappers,
        complete: true,
      },
    ];
  });
}

/** `(ee)` and `@slot` of a folder's name are no part of the path. */
function withoutGroups(path: string): string {
  return path
    .split("/")
    .filter((part) => !/^\(.*\)$|^@/.test(part))
    .join("/");
}
