import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { propertyName, rangeOf, type FunctionNode } from "../../../flow/tree.ts";
import { nestAppAround, type NestApp } from "../../webhooks/frameworks/nest-app.ts";
import type { Edit } from "../../observation.ts";
import { importOf, textOf } from "../modules.ts";
import { keptOn, RAW_BODY, type RawBody } from "./raw.ts";
import { isOnlyFor, type Reading } from "./reading.ts";

/** NestJS: where the app keeps the bytes, the method is given the request. */
export function rawOfNest(reading: Reading, flow: Flow): RawBody | undefined {
  if (!keepsBytes(nestAppAround(flow))) return undefined;
  const title = "Verify the bytes that the app keeps";
  const { kind, node, request, fn } = reading;
  if (kind === "member" && request !== undefined) {
    const isKnown = fn.params.some((each) => /RawBody|:\s*any\b/.test(textOf(each, flow)));
    const expression = isKnown ? `${request}.${RAW_BODY} ?? ""` : keptOn(request, RAW_BODY, true, flow);
    return { title, expression, isBytes: true, edits: [] };
  }
  if (kind !== "parameter" || node.type !== "Identifier") return undefined;
  const given = requestOf(fn);
  const name = given ?? "request";
  if (!given && fn.params.some((each) => new RegExp(`\\b${name}\\b`).test(textOf(each, flow))))
    return undefined;
  const edits = given ? [] : handedTo(node, name, reading, flow);
  return { title, expression: `${name}.${RAW_BODY} ?? ""`, isBytes: true, edits };
}

/** `NestFactory.create(AppModule, { rawBody: true })` */
function keepsBytes({ bootstraps, complete }: NestApp): boolean {
  return (
    complete &&
    bootstraps.every(({ call, flow }) =>
      call.arguments.some(
        (options) =>
          options.type === "ObjectExpression" &&
          options.properties.some(
            (each) =>
              each.type === "Property" &&
              propertyName(each) === RAW_BODY &&
              flow.constant(each.value) === true,
          ),
      ),
    )
  );
}

/** `@Req() req` */
function requestOf({ params }: FunctionNode): string | undefined {
  const isRequest = ({ expression }: TSESTree.Decorator) =>
    expression.type === "CallExpression" &&
    expression.callee.type === "Identifier" &&
    /^Req(?:uest)?$/.test(expression.callee.name);
  const found = params.find((each) => each.type === "Identifier" && each.decorators?.some(isRequest));
  return found?.type === "Identifier" ? found.name : undefined;
}

/** The request in front of the body, or in its place where the method needs nothing else of it. */
function handedTo(body: TSESTree.Identifier, name: string, { site }: Reading, flow: Flow): readonly Edit[] {
  const { name: decorator, edits } = importOf("Req", "@nestjs/common", flow);
  const parameter = `@${decorator}() ${name}: { ${RAW_BODY}?: Buffer }`;
  const start = Math.min(body.range[0], ...body.decorators.map(({ range }) => range[0]));
  if (isOnlyFor(site, body, flow))
    return [...edits, { range: { start, end: rangeOf(body).end }, text: parameter }];
  return [...edits, { range: { start, end: start }, text: `${parameter}, ` }];
}
