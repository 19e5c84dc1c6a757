import { checkstyleReport } from "./checkstyle.ts";
import { githubReport } from "./github.ts";
import { gitlabReport } from "./gitlab.ts";
import { gitlabSastReport } from "./gitlab-sast.ts";
import { jsonReport } from "./json.ts";
import { jsonlReport } from "./jsonl.ts";
import { junitReport } from "./junit.ts";
import { markdownReport } from "./markdown.ts";
import type { Reporter } from "./report.ts";
import { sarifReport } from "./sarif.ts";
import { stylishReport } from "./stylish.ts";

export const reporters = {
  stylish: stylishReport,
  json: jsonReport,
  jsonl: jsonlReport,
  sarif: sarifReport,
  github: githubReport,
  gitlab: gitlabReport,
  "gitlab-sast": gitlabSastReport,
  junit: junitReport,
  checkstyle: checkstyleReport,
  markdown: markdownReport,
} as const satisfies Record<string, Reporter>;

export type Format = keyof typeof reporters;
