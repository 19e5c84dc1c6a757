import { jsonStatus } from "./json.ts";
import { markdownStatus } from "./markdown.ts";
import type { StatusOptions, StatusReport } from "./status-report.ts";
import { textStatus } from "./text.ts";

export const statusReporters = {
  text: textStatus,
  json: jsonStatus,
  markdown: markdownStatus,
} as const satisfies Record<string, (report: StatusReport, options: StatusOptions) => string>;

export type StatusFormat = keyof typeof statusReporters;
