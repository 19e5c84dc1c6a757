import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../../flow/flow.ts";
import { propertyName, rangeOf } from "../../../flow/tree.ts";
import type { Edit } from "../../observation.ts";
import { bodyParserOf } from "../../webhooks/body.ts";
import { definitionOf } from "../../webhooks/frameworks/definitions.ts";
import type { Handler } from "../../webhooks/handler.ts";
import { type Kept, keptBy, keptOn, RAW_BODY, type RawBody, withMember } from "./raw.ts";
import type { Reading } from "./reading.ts";

const TITLE = "Keep the bytes in the parser, and verify those";

/** Express: the parser that reads the body keeps its bytes in the callback that it has for that. */
export function rawOfExpress({ request, node }: Reading, handler: Handler, flow: Flow): RawBody | undefined {
  const found = bodyParserOf(handler);
  const place = found && definitionOf(found.stage.node, found.stage.flow);
  if (request === undefined || place?.node.type !== "CallExpression") return undefined;
  if (found!.parser.kind === "bytes")
    return {
      title: "Verify the bytes as they are",
      expression: flow.module.text.slice(...node.range),
      isBytes: true,
      edits: [],
    };
  const kept = keptByParser(place.node, place.flow);
  const edit = kept || found!.parser.keeps || place.flow !== flow ? undefined : keeping(place.node, flow);
  if (!kept && !edit) return undefined;
  const { name, isBytes } = kept ?? { name: RAW_BODY, isBytes: true };
  return {
    title: TITLE,
    expression: keptOn(request, name, isBytes, flow),
    isBytes,
    edits: edit ? [edit] : [],
  };
}

function keptByParser({ arguments: [options] }: TSESTree.CallExpression, flow: Flow): Kept | undefined {
  if (options?.type !== "ObjectExpression") return undefined;
  const verify = options.properties.find(
    (each) => each.type === "Property" && propertyName(each) === "verify",
  );
  return verify?.type === "Property" ? keptBy(verify.value, 2, true, flow) : undefined;
}

/** The callback, added to the parser's options. */
function keeping(call: TSESTree.CallExpression, flow: Flow): Edit | undefined {
  const [options, ...others] = call.arguments;
  const verify = `verify: (req, _res, buf) => { ${withMember("req", RAW_BODY, true, flow)} = buf; }`;
  if (!options) {
    const end = call.range[1] - 1;
    return { range: { start: end, end }, text: `{ ${verify} }` };
  }
  if (options.type !== "ObjectExpression" || others.length > 0) return undefined;
  const last = options.properties.at(-1);
  if (!last) return { range: rangeOf(options), text: `{ ${verify} }` };
  const end = last.range[1];
  return { range: { start: end, end }, text: `, ${verify}` };
}
