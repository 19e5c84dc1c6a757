import type { Flow } from "../../../flow/flow.ts";
import type { Node, Range } from "../../../flow/tree.ts";

/** A column of binary floating point that a text in SQL makes. */
export interface SqlColumn {
  readonly name: string;
  readonly range: Range;
  /** The text that holds it. */
  readonly node: Node;
}

const MAKES = /\b(?:CREATE\s+(?:TEMP(?:ORARY)?\s+)?TABLE|ALTER\s+TABLE)\b/i;
/** In a string, line ends are written as escapes. */
const SPACE = String.raw`(?:\s|\\n|\\t){1,80}`;
const BEFORE = String.raw`(?:[(,](?:${SPACE})?|\bADD${SPACE}(?:COLUMN${SPACE})?(?:IF${SPACE}NOT${SPACE}EXISTS${SPACE})?)`;
const COLUMN = new RegExp(
  String.raw`(${BEFORE})((?:\\?["\`[])?(\w{1,80})(?:\\?["\`\]])?${SPACE}(?:REAL|FLOAT[48]?|DOUBLE(?:${SPACE}PRECISION)?))\b`,
  "gi",
);

/** The columns of binary floating point in a file's texts of SQL: `CREATE TABLE …`, `ALTER TABLE … ADD …`. */
export function* sqlColumns(flow: Flow): Generator<SqlColumn> {
  for (const node of [...flow.tree.all("Literal"), ...flow.tree.all("TemplateLiteral")]) {
    if (node.type === "Literal" && typeof node.value !== "string") continue;
    const text = flow.module.text.slice(...node.range);
    if (!MAKES.test(text)) continue;
    for (const { index, 1: before, 2: column, 3: name } of text.matchAll(COLUMN)) {
      const start = node.range[0] + index + before!.length;
      yield { name: name!, range: { start, end: start + column!.length }, node };
    }
  }
}
