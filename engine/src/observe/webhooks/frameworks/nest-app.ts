import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../../flow/tree.ts";
import type { Stage } from "../handler.ts";

/** What stands around a NestJS controller: the modules that lead from it to the app, and the app. */
export interface NestApp {
  /** Middlewares, guards, interceptors and pipes that modules or the app set up, for whichever route. */
  readonly before: readonly Stage[];
  /** Where the app is made: `NestFactory.create(…)`; empty where no way leads there. */
  readonly bootstraps: readonly { readonly flow: Flow; readonly call: TSESTree.CallExpression }[];
  /** Whether all files on the way are known. */
  readonly complete: boolean;
}

/** Modules in modules, and files that hand on, are followed so far. */
const DEPTH = 8;

const known = new WeakMap<Flow, NestApp>();

/** The app that a file's controllers belong to, as far as importers are known. */
export function nestAppAround(flow: Flow): NestApp {
  let app = known.get(flow);
  if (!app) known.set(flow, (app = find(flow)));
  return app;
}

function find(flow: Flow): NestApp {
  const seen = new Set([flow]);
  let complete = true;
  let level: readonly Flow[] = [flow];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const next: Flow[] = [];
    for (const importers of level.map((file) => file.importers())) {
      if (!importers) complete = false;
      for (const importer of importers ?? []) {
        if (seen.has(importer) || !leadsOn(importer)) continue;
        seen.add(importer);
        next.push(importer);
      }
    }
    level = next;
  }
  const files = [...seen];
  const bootstraps = files.flatMap((file) => factoryCalls(file).map((call) => ({ flow: file, call })));
  return {
    before: files.flatMap(stagesIn),
    bootstraps,
    complete: complete && bootstraps.length > 0 && level.length === 0,
  };
}

/** Modules, the file that makes the app, and files that only hand on. */
function leadsOn({ module: { text }, exports }: Flow): boolean {
  return /@Module\b|\bNestFactory\b/.test(text) || exports.all.length > 0;
}

function factoryCalls(flow: Flow): readonly TSESTree.CallExpression[] {
  return flow.tree.all("CallExpression").filter((call) => {
    const receiver = receiverOf(call);
    return receiver?.method === "create" && flow.name(receiver.object) === "@nestjs/core:NestFactory";
  });
}

const GLOBAL = /^useGlobal(?:Guards|Interceptors|Pipes|Filters)$/;

function stagesIn(flow: Flow): readonly Stage[] {
  const calls = flow.tree.all("CallExpression").flatMap((call): readonly Stage[] => {
    const name = calledName(call) ?? "";
    if (
      GLOBAL.test(name) ||
      (name === "use" && isOfApp(call, flow)) ||
      (name === "apply" && isOfConsumer(call))
    )
      return call.arguments.map((node) => ({ flow, node }));
    return [];
  });
  const provided = flow.tree.all("ObjectExpression").flatMap((object): readonly Stage[] => {
    const provide = valueIn(object, /^provide$/);
    if (!provide || !/^@nestjs\/core:APP_(?:GUARD|INTERCEPTOR|PIPE)$/.test(flow.name(provide) ?? ""))
      return [];
    const node = valueIn(object, /^use(?:Class|Existing|Value|Factory)$/);
    return node ? [{ flow, node }] : [];
  });
  return [...provided, ...calls];
}

function valueIn(object: TSESTree.ObjectExpression, names: RegExp): Node | undefined {
  const property = object.properties.find(
    (each) => each.type === "Property" && names.test(propertyName(each) ?? ""),
  );
  return property?.type === "Property" ? property.value : undefined;
}

function isOfApp(call: TSESTree.CallExpression, flow: Flow): boolean {
  const object = receiverOf(call)?.object;
  return object !== undefined && /^@nestjs\/core:NestFactory\.create\(\)$/.test(flow.name(object) ?? "");
}

/** `consumer.apply(middleware).forRoutes("hooks")`. */
function isOfConsumer(call: TSESTree.CallExpression): boolean {
  const object = receiverOf(call)?.object;
  const node = object && bare(object);
  return node?.type === "Identifier" && /consumer$/i.test(node.name);
}
