import { orderedFinding } from "./json.ts";
import { relativePath } from "./paths.ts";
import type { ReportInput } from "./report.ts";

/** JSON lines: one finding a line, `{ path, ...FINDING }` with FINDING as in the JSON report. */
export function jsonlReport({ result: { root, files } }: ReportInput): string {
  return files
    .flatMap(({ path, findings }) =>
      findings.map((finding) => ({ path: relativePath(root, path), ...orderedFinding(finding) })),
    )
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");
}
