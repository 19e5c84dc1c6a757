import type { Flow } from "../../../flow/flow.ts";
import { type FunctionNode, isFunction, isWithin, type Node, propertyName } from "../../../flow/tree.ts";
import type { Framework, Stage } from "../handler.ts";
import { exportedFunctions } from "./definitions.ts";
import { type Endpoint, nameOfFunction, nameRange } from "./endpoint.ts";
import { frameworkByParameters, takesRequest } from "./parameters.ts";

/**
 * Functions with the parameters of a handler that others may mount: exported ones, methods, members of objects, what a
 * function makes. Who does, and what runs before, is not known.
 */
export function exportedEndpoints(flow: Flow): readonly Endpoint[] {
  return candidates(flow).flatMap(({ fn: outer, name, wrappers }): Endpoint[] => {
    const fn = frameworkOf(outer, name, flow) ? outer : madeBy(outer, flow);
    const framework = fn && frameworkOf(fn, name, flow);
    if (!framework || handsOn(fn, flow)) return [];
    return [
      {
        flow,
        fn,
        framework,
        route: undefined,
        name: name === "default" ? nameOfFunction(fn, flow) : name,
        range: nameRange(outer, flow),
        before: wrappers,
        own: wrappers,
        complete: false,
      },
    ];
  });
}

/** A function called POST is exported once more by the file of a route. */
function frameworkOf(fn: FunctionNode, name: string, flow: Flow): Framework | undefined {
  const framework = frameworkByParameters(fn, flow);
  return framework ?? (name === "POST" && takesRequest(fn, flow) ? "next-app" : undefined);
}

interface Candidate {
  readonly fn: FunctionNode;
  readonly name: string;
  readonly wrappers: readonly Stage[];
}

function candidates(flow: Flow): readonly Candidate[] {
  const exported = exportedFunctions(flow).filter((each) => each.flow === flow);
  const members = [
    ...flow.tree
      .all("MethodDefinition")
      .filter(({ kind, decorators }) => kind === "method" && !decorators?.length),
    ...flow.tree.all("PropertyDefinition"),
    ...flow.tree.all("Property"),
  ].flatMap((member): Candidate[] => {
    const name = propertyName(member);
    const { value } = member;
    return name !== undefined && value && isFunction(value) ? [{ fn: value, name, wrappers: [] }] : [];
  });
  return [...exported, ...members];
}

/** `createHandler(deps)` answers the function that serves. */
function madeBy(fn: FunctionNode, flow: Flow): FunctionNode | undefined {
  const [result, ...others] = flow.tree.returnsOf(fn);
  return result && others.length === 0 ? flow.calls.functionNamed(result) : undefined;
}

/** A middleware calls `next()` or hands it on; a handler calls it with an error at most. */
function handsOn(fn: FunctionNode, flow: Flow): boolean {
  const next = fn.params[2];
  if (next?.type !== "Identifier") return false;
  return flow.tree
    .all("CallExpression")
    .some(
      (call) =>
        isWithin(call as Node, fn) &&
        ((isNamed(call.callee, next.name) && call.arguments.length === 0) ||
          call.arguments.some((argument) => isNamed(argument, next.name))),
    );
}

function isNamed(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}
