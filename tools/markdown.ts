// Tables of Markdown.

/** A row of a table; a bar within a cell is written so that it divides nothing. */
export function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll(/(?<!\\)\|/g, "\\|")).join(" | ")} |`;
}

/** A table, or nothing when it would have no rows. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return rows.length === 0 ? "" : [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Texts as a list in a sentence, each as code; "none" for no text. */
export function codes(texts: readonly string[] | undefined): string {
  return texts?.length ? texts.map(code).join(", ") : "none";
}
