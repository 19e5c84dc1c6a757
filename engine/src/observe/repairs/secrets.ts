import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, type Range, rangeOf } from "../../flow/tree.ts";
import type { Edit, Repair } from "../observation.ts";
import { isEncodedKey } from "../secrets/base64.ts";
import type { Found } from "../secrets/found.ts";
import type { Holding } from "../secrets/held.ts";
import { settingNameOf } from "../secrets/setting-names.ts";
import { isScript, isTypeScript, textOf } from "./modules.ts";
import { repairStandIn, standsInFor } from "./stand-ins.ts";

/** A secret in a text that an expression spells out. */
export interface SpelledSecret {
  readonly node: Node;
  /** The text that the expression stands for. */
  readonly text: string;
  readonly found: Found;
  /** Where the value stands. */
  readonly range: Range;
  readonly holding: Holding;
}

/**
 * The environment in the place of a secret in the source; where the secret stands in for a setting, an error at the
 * start. What runs in a browser has no environment, so there nothing is offered.
 */
export function repairSecret(
  { node, text, found, range, holding }: SpelledSecret,
  flow: Flow,
): readonly Repair[] {
  const value = text.slice(found.start, found.end);
  if (!isScript(flow) || isForBrowser(flow) || isEncodedKey(value)) return [];
  const isWhole = value === text;
  if (holding.fallbackOf) {
    const missing = isWhole ? standsInFor(node, flow) : undefined;
    return missing ? repairStandIn(node, missing.setting, flow, missing.name) : [];
  }
  const setting = settingNameOf(found, holding.names);
  const edit = isWhole
    ? inPlaceOf(node, readOf(setting, flow), flow)
    : within(node, value, range, setting, flow);
  return edit ? [{ title: `Read ${setting} from the environment`, edits: [edit], setting }] : [];
}

function isForBrowser({ module }: Flow): boolean {
  return /^\s*["']use client["']/.test(module.text);
}

/** How the file reads the environment already, else as Node does. */
function readOf(setting: string, flow: Flow): string {
  const { text } = flow.module;
  const isSure = isTypeScript(flow) ? "!" : "";
  if (/\bDeno\.env\b/.test(text)) return `Deno.env.get("${setting}")${isSure}`;
  if (/\bimport\.meta\.env\b/.test(text) && !/\bprocess\.env\b/.test(text))
    return `import.meta.env.${setting}`;
  return `process.env.${setting}${isSure}`;
}

function inPlaceOf(node: Node, read: string, flow: Flow): Edit | undefined {
  return takesExpression(node, flow) ? { range: rangeOf(node), text: read } : undefined;
}

/** `"Bearer sk_…"` becomes `` `Bearer ${process.env.KEY}` ``. */
function within(node: Node, value: string, range: Range, setting: string, flow: Flow): Edit | undefined {
  const read = `\${${readOf(setting, flow).replace(/!$/, "")}}`;
  const source = textOf(node, flow);
  if (flow.module.text.slice(range.start, range.end) !== value) return undefined;
  if (node.type === "TemplateLiteral" && flow.tree.parentOf(node)?.type !== "TaggedTemplateExpression")
    return { range, text: read };
  if (node.type !== "Literal" || !takesExpression(node, flow)) return undefined;
  const at = range.start - node.range[0];
  const [before, after] = [source.slice(1, at), source.slice(at + value.length, -1)].map((part) =>
    part.replace(/`|\$\{/g, "\\$&"),
  );
  return { range: rangeOf(node), text: `\`${before}${read}${after}\`` };
}

const TEXTS = new Set(["Literal", "TemplateLiteral", "BinaryExpression"]);

/** Whether a text may be replaced by any other expression: no name of a property, no type, no attribute. */
function takesExpression(node: Node, flow: Flow): boolean {
  const up = flow.tree.parentOf(node);
  if (!up || !TEXTS.has(node.type)) return false;
  switch (up.type) {
    case "Property":
    case "PropertyDefinition":
    case "AccessorProperty":
      return up.value === node || up.computed;
    case "JSXAttribute":
    case "TSEnumMember":
    case "TSLiteralType":
    case "TaggedTemplateExpression":
    case "ExpressionStatement":
      return false;
    case "TSAsExpression":
    case "TSTypeAssertion":
      return textOf(up.typeAnnotation, flow) !== "const" && bare(up) === node;
    default:
      return true;
  }
}
