import { writeFileSync } from "node:fs";
import pc from "picocolors";
import { reasonOf } from "../project/errors.ts";
import { maskSecrets } from "../project/masking.ts";
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
export function write(text: string, output?: string): void {
  const report = maskSecrets(text);
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
