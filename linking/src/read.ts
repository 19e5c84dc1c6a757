import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { languageOf } from "@paylint/engine";
import { slashed } from "./paths.ts";

/** Larger files are hardly written by hand. In bytes. */
export const LARGEST_TEXT = 1024 * 1024;

export interface ReadText {
  readonly text: string;
  /** What has to be said of how the text was read. */
  readonly remark: string | undefined;
}

/** Why a file's text is not to be looked at, with the rest of a sentence that begins with its path. */
export interface Unfit {
  readonly reason: "too-large" | "binary" | "minified";
  readonly detail: string;
}

/**
 * Reads a file's text: UTF-8, UTF-16 with a byte order mark, else Latin-1; or says why it is not to be looked at.
 * With `anySize`, size and looks are no reason.
 * @throws what the file system throws
 */
export function readText(file: string, anySize = false): ReadText | Unfit {
  let bytes: Buffer;
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    if (size > LARGEST_TEXT && !anySize)
      return { reason: "too-large", detail: `is larger than 1 MB (${megabytes(size)} MB)` };
    bytes = readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return decodeText(bytes, file, anySize);
}

/** The text of bytes that a file holds, or held; or why it is not to be looked at, as {@link readText} tells it. */
export function decodeText(bytes: Buffer, file: string, anySize = false): ReadText | Unfit {
  const read = decode(bytes);
  if (!read) return { reason: "binary", detail: "is binary, whatever its name says" };
  const isScript = languageOf(slashed(file)) === "javascript";
  if (isScript && !anySize && isMinified(read.text)) return { reason: "minified", detail: "is minified" };
  return read;
}

function megabytes(bytes: number): string {
  return (bytes / LARGEST_TEXT).toFixed(1);
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
