import type { Flow } from "../../flow/flow.ts";
import type { Node } from "../../flow/tree.ts";

/** The white space that the line of a statement begins with. */
export function indentOf(statement: Node, { module: { text } }: Flow): string {
  const line = text.slice(text.lastIndexOf("\n", statement.range[0] - 1) + 1, statement.range[0]);
  return /^\s*/.exec(line)![0];
}

const BINDS =
  /^(?:Binary|Logical|Unary|Conditional|Member|Await|Chain|TSAs|TSNonNull|TSSatisfies)Expression$/;

/** A text with operators in the place of an expression, in parentheses where something binds it. */
export function asOperand(text: string, place: Node, flow: Flow): string {
  const up = flow.tree.parentOf(place);
  return up && BINDS.test(up.type) ? `(${text})` : text;
}
