import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../../flow/callee.ts";
import type { Flow } from "../../../flow/flow.ts";
import { importersOf } from "../../files.ts";
import { bare, type Node, propertyName } from "../../../flow/tree.ts";
import type { Stage } from "../handler.ts";

/** What stands around a NestJS controller or guard: the modules that lead from it to the app, and the app. */
export interface NestApp {
  /** Middlewares, guards, interceptors and pipes that modules or the app set up, for whichever route. */
  readonly before: readonly Stage[];
  /** Where the app is made: `NestFactory.create(…)`; empty where no way leads there. */
  readonly bootstraps: readonly { readonly flow: Flow; readonly call: TSESTree.CallExpression }[];
  /** All files on the way. */
  readonly files: readonly Flow[];
  /** Whether they are known up to the app. */
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
    for (const importers of level.map((file) => importersOf(file))) {
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
    before: [...files.flatMap(middlewaresIn), ...files.flatMap(globalsIn)],
    bootstraps,
    files,
    complete: complete && bootstraps.length > 0 && level.length === 0,
  };
}

/** Modules, controllers that a guard is for, the file that makes the app, and files that only hand on. */
function leadsOn({ module: { text }, exports }: Flow): boolean {
  return /@(?:Module|Controller)\b|\bNestFactory\b/.test(text) || exports.all.length > 0;
}

function factoryCalls(flow: Flow): readonly TSESTree.CallExpression[] {
  return flow.tree.all("CallExpression").filter((call) => {
    const receiver = receiverOf(call);
    return receiver?.method === "create" && flow.name(receiver.object) === "@nestjs/core:NestFactory";
  });
}

/** Middlewares of the app and of modules run before what is global. */
function middlewaresIn(flow: Flow): readonly Stage[] {
  return argumentsOf(flow, (name, call) => (name === "use" ? isOfApp(call, flow) : isOfConsumer(name, call)));
}

function globalsIn(flow: Flow): readonly Stage[] {
  const provided = flow.tree.all("ObjectExpression").flatMap((object): readonly Stage[] => {
    const provide = valueIn(object, /^provide$/);
    const name = provide && flow.name(provide);
    const node = valueIn(object, /^use(?:Class|Existing|Value|Factory)$/);
    return node && /^@nestjs\/core:APP_(?:GUARD|INTERCEPTOR|PIPE)$/.test(name ?? "") ? [{ flow, node }] : [];
  });
  return [...provided, ...argumentsOf(flow, (name) => /^useGlobal(?:Guards|Interceptors|Pipes)$/.test(name))];
}

function argumentsOf(
  flow: Flow,
  isMeant: (name: string, call: TSESTree.CallExpression) => boolean,
): readonly Stage[] {
  return flow.tree
    .all("CallExpression")
    .filter((call) => isMeant(calledName(call) ?? "", call))
    .flatMap((call) => call.arguments.map((node) => ({ flow, node })));
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
function isOfConsumer(name: string, call: TSESTree.CallExpression): boolean {
  const object = name === "apply" ? receiverOf(call)?.object : undefined;
  const node = object && bare(object);
  return node?.type === "Identifier" && /consumer$/i.test(node.name);
}
