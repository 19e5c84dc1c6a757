import { writeFileSync } from "node:fs";
import pc from "picocolors";
import { reasonOf } from "../project/errors.ts";
import { RunError } from "./outcome.ts";

export interface OutputFlags {
  /** The file to write to; undefined for the terminal. */
  readonly output?: string;
  readonly color?: boolean;
}

/** Whether what a command tells may have colours. In CI a pipe counts as a terminal for others; not here. */
export function usesColour({ output, color }: OutputFlags): boolean {
  return output === undefined && (color ?? (process.stdout.isTTY === true && pc.isColorSupported));
}

/** @throws {RunError} when the file cannot be written */
export function write(report: string, output?: string): void {
  if (output === undefined) {
    process.stdout.write(report);
    return;
  }
  try {
    writeFileSync(output, report);
  } catch (error) {
    throw new RunError(`The report could not be written to ${output}: ${reasonOf(error)}.`);
  }
}
