import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { type ClassNode, isFunction, propertyName, rangeOf } from "../../../flow/tree.ts";
import type { Stage } from "../handler.ts";
import type { Endpoint } from "./endpoint.ts";
import { nestAppAround } from "./nest-app.ts";
import { joined } from "./paths.ts";

/** NestJS: methods of controllers; their guards, interceptors and pipes run before. */
export function nestEndpoints(flow: Flow): readonly Endpoint[] {
  return [...flow.tree.all("ClassDeclaration"), ...flow.tree.all("ClassExpression")].flatMap((node) => {
    const controller = node.decorators?.find((decorator) => isOf(decorator, /^Controller$/));
    if (!controller) return [];
    return node.body.body.flatMap((member) =>
      member.type === "MethodDefinition" ? endpointsOf(member, node, pathOf(controller, flow), flow) : [],
    );
  });
}

function endpointsOf(
  method: TSESTree.MethodDefinition,
  owner: ClassNode,
  prefix: string,
  flow: Flow,
): readonly Endpoint[] {
  const verb = method.decorators?.find((decorator) => isOf(decorator, /^(?:Post|Put|All)$/));
  if (!verb || !isFunction(method.value)) return [];
  const decorators = [...(owner.decorators ?? []), ...(method.decorators ?? [])];
  const app = nestAppAround(flow);
  const own = decorators.flatMap((decorator) => stagesOf(decorator, flow));
  return [
    {
      flow,
      fn: method.value,
      framework: "nestjs",
      route: joined(prefix, pathOf(verb, flow)),
      name: propertyName(method),
      range: rangeOf(method.key),
      before: [...app.before, ...own],
      own,
      complete: app.complete,
      mountedBy: app.files,
    },
  ];
}

function nameOf({ expression }: TSESTree.Decorator): string {
  const callee = expression.type === "CallExpression" ? expression.callee : expression;
  return callee.type === "Identifier" ? callee.name : "";
}

function isOf(decorator: TSESTree.Decorator, names: RegExp): boolean {
  return names.test(nameOf(decorator));
}

/** `@Controller("hooks")`, `@Controller({ path: "hooks", version: "1" })`, `@Post(["a", "b"])`: the first path. */
function pathOf({ expression }: TSESTree.Decorator, flow: Flow): string {
  const [first] = expression.type === "CallExpression" ? expression.arguments : [];
  if (!first) return "";
  if (first.type === "ObjectExpression") {
    const path = first.properties.find((each) => each.type === "Property" && propertyName(each) === "path");
    return path?.type === "Property" ? textOf(path.value, flow) : "";
  }
  const [element] = first.type === "ArrayExpression" ? first.elements : [first];
  return element ? textOf(element, flow) : "";
}

function textOf(node: TSESTree.Node, flow: Flow): string {
  const text = flow.constant(node);
  return typeof text === "string" ? text : "";
}

/** Decorators that document, or that set what the answer looks like. */
const SILENT =
  /^(?:Controller|Post|Put|All|Http\w*|Header|Redirect|Version|Api\w*|Throttle|SkipThrottle|Public|Injectable|ExcludeEndpoint\w*|Render|Serialize|SetMetadata|Roles?|Log\w*)$/;

/** What guards name, and decorators of one's own, which may stand for guards. */
function stagesOf(decorator: TSESTree.Decorator, flow: Flow): readonly Stage[] {
  const { expression } = decorator;
  if (isOf(decorator, /^Use(?:Guards|Interceptors|Pipes|Filters)$/))
    return expression.type === "CallExpression" ? expression.arguments.map((node) => ({ flow, node })) : [];
  return isOf(decorator, SILENT) ? [] : [{ flow, node: expression }];
}
