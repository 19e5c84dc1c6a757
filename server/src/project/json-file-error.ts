import type { JsonProblem } from "./json-document.ts";

/** A JSON file that cannot be used as it is; its message names every place that is wrong. */
export class JsonFileError extends Error {
  readonly file: string;
  readonly problems: readonly JsonProblem[];

  constructor(file: string, problems: readonly JsonProblem[], remedy?: string) {
    const lines = problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
    super([...lines, ...(remedy === undefined ? [] : [remedy])].join("\n"));
    this.file = file;
    this.problems = problems;
  }
}
