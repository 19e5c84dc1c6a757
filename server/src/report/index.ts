import { jsonReport } from "./json.ts";
import type { Reporter } from "./report.ts";
import { sarifReport } from "./sarif.ts";
import { stylishReport } from "./stylish.ts";

export const reporters = {
  stylish: stylishReport,
  json: jsonReport,
  sarif: sarifReport,
} as const satisfies Record<string, Reporter>;

export type Format = keyof typeof reporters;
