import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { languageOf } from "@paylint/engine";
import { reasonOf } from "./errors.ts";
import type { Target } from "./find.ts";
import { slashed } from "./ignoring.ts";
import type { Outcome } from "./results.ts";

/** Larger files are hardly written by hand. In bytes. */
const LARGEST = 1024 * 1024;

export interface ReadText {
  readonly text: string;
  /** What has to be said of how the text was read. */
  readonly remark: string | undefined;
}

/** Reads a file's text: UTF-8, UTF-16 with a byte order mark, else Latin-1; or says why it is not to be linted. */
export function readTarget({
  path: file,
  explicit,
}: Target): ReadText | Exclude<Outcome, { report: unknown }> {
  const skipped = (reason: "too-large" | "binary" | "minified", detail: string) =>
    ({ skipped: { path: file, reason, detail, folder: false } }) as const;
  let bytes: Buffer;
  try {
    const descriptor = openSync(file, "r");
    try {
      const { size } = fstatSync(descriptor);
      if (size > LARGEST && !explicit)
        return skipped("too-large", `is larger than 1 MB (${megabytes(size)} MB)`);
      bytes = readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { failure: { path: file, reason: "unreadable", detail: `could not be read: ${reasonOf(error)}` } };
  }
  const read = decode(bytes);
  if (!read) return skipped("binary", "is binary, whatever its name says");
  const isScript = languageOf(slashed(file)) === "javascript";
  if (isScript && !explicit && isMinified(read.text)) return skipped("minified", "is minified");
  return read;
}

function megabytes(bytes: number): string {
  return (bytes / LARGEST).toFixed(1);
}

/** The text of a file's bytes, without a byte order mark; undefined when they are no text. */
function decode(bytes: Buffer): ReadText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decodeAs("utf-16le", bytes), remark: undefined };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decodeAs("utf-16be", bytes), remark: undefined };
  if (bytes.subarray(0, 8192).includes(0)) return undefined;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), remark: undefined };
  } catch {
    // Keywords, keys and hosts are ASCII, so what the rules look for reads the same.
    return { text: bytes.toString("latin1"), remark: "This file is not UTF-8 and was read as Latin-1" };
  }
}

function decodeAs(encoding: string, bytes: Buffer): string {
  return new TextDecoder(encoding).decode(bytes);
}

const LONG_LINE = 1000;
const PUNCTUATION = /[;,(){}=]/g;

/**
 * Whether most of a script stands in very long lines of code, as no person writes them. A long line of data, an
 * inlined image for one, has hardly any punctuation.
 */
function isMinified(text: string): boolean {
  if (text.length < 2 * LONG_LINE) return false;
  let dense = 0;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.length < LONG_LINE) continue;
    const punctuation = line.match(PUNCTUATION)?.length ?? 0;
    if (punctuation > line.length / 20) dense += line.length;
  }
  return dense > text.length / 2;
}
