import type { FileReport } from "../project/results.ts";
import { relativePath } from "./paths.ts";
import type { ReportInput } from "./report.ts";
import { attributes } from "./xml.ts";

/** Checkstyle's XML, for tools that show findings beside code: a `file` for each file with findings. */
export function checkstyleReport({ result: { root, files } }: ReportInput): string {
  const blocks = files.filter(({ findings }) => findings.length > 0).map((file) => fileBlock(root, file));
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">', ...blocks, "</checkstyle>"]
    .map((line) => `${line}\n`)
    .join("");
}

function fileBlock(root: string, { path, findings }: FileReport): string {
  const errors = findings.map(({ ruleId, severity, message, line, column }) => {
    const source = `paylint.${ruleId}`;
    return `    <error${attributes({ line, column, severity, message, source })}/>`;
  });
  return [`  <file${attributes({ name: relativePath(root, path) })}>`, ...errors, "  </file>"].join("\n");
}
