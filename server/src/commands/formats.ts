import { InvalidArgumentError } from "commander";
import { type Format, reporters } from "../report/index.ts";
import { RunError } from "./outcome.ts";

/** A report that is asked for, and where it goes; undefined for the terminal. */
export interface WantedReport {
  readonly format: Format;
  readonly file: string | undefined;
}

export const FORMATS = Object.keys(reporters) as Format[];

/** Reads `sarif` or `sarif=report.sarif` and puts it to what was asked for before. */
export function collectFormat(value: string, before: readonly WantedReport[] = []): readonly WantedReport[] {
  const [, name, file] = /^([^=]*)(?:=(.*))?$/s.exec(value) ?? [];
  const format = FORMATS.find((each) => each === name);
  if (!format) throw new InvalidArgumentError(`Allowed choices are ${FORMATS.join(", ")}.`);
  if (file === "")
    throw new InvalidArgumentError(`Name the file that ${format} is written to: ${format}=FILE.`);
  return [...before, { format, file }];
}

/**
 * The reports of a run; the one that names no file goes to `output`, or to the terminal.
 * @throws {RunError} when two would go to one place
 */
export function reportsFor(
  wanted: readonly WantedReport[] | undefined,
  output: string | undefined,
): readonly WantedReport[] {
  const asked = wanted ?? [{ format: "stylish", file: undefined }];
  if (output !== undefined && asked.every(({ file }) => file !== undefined))
    throw new RunError(`No format is left for --output ${output}: each names a file of its own.`);
  const reports = asked.map(({ format, file }) => ({ format, file: file ?? output }));
  const twice = reports.find(({ file }, at) => reports.findIndex((other) => other.file === file) !== at);
  if (twice)
    throw new RunError(
      `Two formats would go to ${twice.file ?? "the terminal"}. Name a file for each: -f ${twice.format}=FILE`,
    );
  return reports;
}
