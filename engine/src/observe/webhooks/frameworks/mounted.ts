import type { Flow } from "../../../flow/flow.ts";
import { isWithin, type Range } from "../../../flow/tree.ts";
import type { Framework } from "../handler.ts";
import { type Served, servedBy } from "./definitions.ts";
import { type Endpoint, nameOfFunction, nameRange } from "./endpoint.ts";
import { filesThatMount } from "./importers.ts";
import { joined } from "./paths.ts";
import { frameworkByParameters } from "./parameters.ts";
import { mayServe, type Registration, registrationsOf } from "./registrations.ts";
import { stages, wayTo } from "./ways.ts";

/** Express, Koa, Hono, Fastify and their like: functions of a file that it, or a file that imports it, mounts. */
export function mountedEndpoints(flow: Flow): readonly Endpoint[] {
  return filesThatMount(flow).flatMap((file) =>
    registrationsOf(file).flatMap((registration) => endpointOf(registration, flow)),
  );
}

function endpointOf(registration: Registration, flow: Flow): readonly Endpoint[] {
  const { method, handlers } = registration;
  if (!/^(?:use|all|any|post|put)$/.test(method)) return [];
  const last = handlers.at(-1);
  const served = last && mayServe(last) ? servedBy(last, registration.flow) : undefined;
  if (!served || served.flow !== flow || (method === "use" && !answers(served))) return [];
  const way = wayTo(registration);
  const direct = [
    ...handlers.slice(0, -1).flatMap((node) => stages(node, registration.flow)),
    ...served.wrappers,
  ];
  return [
    {
      flow,
      fn: served.fn,
      framework: frameworkOf(registration, served),
      route: registration.path === undefined ? undefined : joined(way.prefix, registration.path),
      name: nameOfFunction(served.fn, flow),
      range: mountRange(registration, served),
      before: [...way.before, ...direct],
      own: [...way.own, ...direct],
      complete: way.complete,
      mountedBy: way.files,
    },
  ];
}

/** A middleware hands on; what is mounted with use() to answer takes no `next`. */
function answers({ fn }: Served): boolean {
  return fn.params.length === 2;
}

/** The call up to its path where the function stands in it, else the function's name. */
function mountRange({ flow, call }: Registration, { fn, flow: of }: Served): Range {
  if (of !== flow || !isWithin(fn, call)) return nameRange(fn, of);
  const [first] = call.arguments;
  const end = first && first.range[1] <= fn.range[0] ? first.range[1] : call.callee.range[1];
  return { start: call.range[0], end };
}

function frameworkOf({ target }: Registration, { fn, flow }: Served): Framework {
  const made = target.flow.name(target.node) ?? "";
  const [, name] = /^(?:@\w+\/)?(express|fastify|hono|koa)\b/.exec(made) ?? [];
  if (name) return name as Framework;
  return frameworkByParameters(fn, flow) ?? "unknown";
}
