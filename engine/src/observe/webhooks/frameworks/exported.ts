import type { Flow } from "../../../flow/flow.ts";
import { type FunctionNode, isFunction, isWithin, type Node, propertyName } from "../../../flow/tree.ts";
import { exportsByName, servedBy } from "./definitions.ts";
import { type Endpoint, nameOfFunction, nameRange } from "./endpoint.ts";
import { frameworkByParameters } from "./mounted.ts";

/**
 * Functions and methods of classes with the parameters of a handler that this file exports for others to mount; who
 * does, and what runs before, is not known.
 */
export function exportedEndpoints(flow: Flow): readonly Endpoint[] {
  const named = exportsByName(flow).flatMap(({ name, node }) => {
    const served = servedBy(node, flow);
    return served?.flow === flow ? [{ fn: served.fn, name, wrappers: served.wrappers }] : [];
  });
  const methods = flow.tree.all("MethodDefinition").flatMap((method) => {
    const name = propertyName(method);
    return name !== undefined &&
      method.kind === "method" &&
      isFunction(method.value) &&
      !method.decorators?.length
      ? [{ fn: method.value, name, wrappers: [] }]
      : [];
  });
  const fields = flow.tree
    .all("PropertyDefinition")
    .flatMap(({ value, key }) =>
      value && isFunction(value) && key.type === "Identifier"
        ? [{ fn: value, name: key.name, wrappers: [] }]
        : [],
    );
  return [...named, ...methods, ...fields].flatMap(({ fn, name, wrappers }): Endpoint[] => {
    const framework = frameworkByParameters(fn, flow);
    if (!framework || handsOn(fn, flow)) return [];
    return [
      {
        flow,
        fn,
        framework,
        route: undefined,
        name: name === "default" ? nameOfFunction(fn, flow) : name,
        range: nameRange(fn, flow),
        before: wrappers,
        complete: false,
      },
    ];
  });
}

/** A middleware calls `next()`; a handler does so with an error at most. */
function handsOn(fn: FunctionNode, flow: Flow): boolean {
  const next = fn.params[2];
  if (next?.type !== "Identifier") return false;
  return flow.tree
    .all("CallExpression")
    .some(
      (call) =>
        call.callee.type === "Identifier" &&
        call.callee.name === next.name &&
        call.arguments.length === 0 &&
        isWithin(call as Node, fn),
    );
}
