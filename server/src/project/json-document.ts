import { LineIndex } from "@paylint/engine";
import type { ErrorObject } from "ajv";
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

export type { Node as JsonNode } from "jsonc-parser";

/** What is wrong in a JSON file and where; lines and columns count from one. */
export interface JsonProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface JsonDialect {
  readonly comments: boolean;
  readonly trailingCommas: boolean;
}

/** A JSON text as a tree that knows where everything stands, and the problems told of it so far. */
export class JsonDocument {
  /** Undefined when the text is broken; the problem is told then. */
  readonly root: Node | undefined;
  readonly problems: JsonProblem[] = [];
  readonly #lines: LineIndex;

  constructor(text: string, { comments, trailingCommas }: JsonDialect) {
    this.#lines = new LineIndex(text);
    const marker = /^(?:<{7}|={7}|>{7})(?: .*)?$/m.exec(text);
    if (marker) {
      this.tell(
        marker.index,
        "Both sides of a merge stand here: keep the lines of both, then remove the marks",
      );
      return;
    }
    this.root = this.#parse(text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text, {
      disallowComments: !comments,
      allowTrailingComma: trailingCommas,
    });
  }

  tell(offset: number, message: string): void {
    this.problems.push({ message, ...this.placeOf(offset) });
  }

  /** Line and column count from one. */
  placeOf(offset: number): Omit<JsonProblem, "message"> {
    const { line, column } = this.#lines.positionAt(offset);
    return { line: line + 1, column: column + 1 };
  }

  #parse(text: string, options: Parameters<typeof parseTree>[2]): Node | undefined {
    const errors: ParseError[] = [];
    try {
      const root = parseTree(text, errors, options);
      // Further errors are mostly echoes of the first.
      const [broken] = errors;
      if (!broken) return root;
      this.tell(broken.offset, `This is no JSON: ${inWords(printParseErrorCode(broken.error))}`);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.tell(0, "This JSON is nested too deeply to be read");
    }
    return undefined;
  }
}

/** What a part of a JSON text says, as ordinary objects: the parser's have no prototype, so nothing equals them. */
export function valueOf(node: Node): unknown {
  return structuredClone(getNodeValue(node));
}

/** Keys and values of an object, each with the node of the pair. */
export function propertiesOf(node: Node): [string, Node, Node][] {
  if (node.type !== "object") return [];
  return (node.children ?? []).flatMap((pair) => {
    const [key, value] = pair.children ?? [];
    return key && value ? [[key.value as string, value, pair] as [string, Node, Node]] : [];
  });
}

/** The node that a JSON pointer leads to; the last one on the way where it leads nowhere. */
export function nodeAt(node: Node, pointer: string): Node {
  let at = node;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const next =
      at.type === "array" ? at.children?.[Number(name)] : propertiesOf(at).find(([key]) => key === name)?.[1];
    if (!next) break;
    at = next;
  }
  return at;
}

/** What a schema's validation says, as the end of a sentence; `thing` is what a member is called there. */
export function sentence({ keyword, message, params }: ErrorObject, thing = "option"): string {
  const given = params as Readonly<Record<string, unknown>>;
  if (keyword === "additionalProperties") return `there is no ${thing} "${String(given.additionalProperty)}"`;
  if (keyword === "required") return `the ${thing} "${String(given.missingProperty)}" is missing`;
  if (keyword === "enum")
    return `has to be one of ${(given.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(", ")}`;
  return message ?? keyword;
}

/** "CommaExpected" as words. */
function inWords(code: string): string {
  return code.replace(/(?!^)([A-Z])/g, " $1").toLowerCase();
}
