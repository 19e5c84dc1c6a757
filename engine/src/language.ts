import type { Language } from "./rules/rule.ts";

const JAVASCRIPT = /\.[cm]?[jt]sx?$/i;
const DOTENV = /(?:^|\/)\.env(?:\.[\w.-]+)?$|\.env$/i;
const JSON_FILE = /\.json[c5]?$/i;
const PRISMA = /\.prisma$/i;

/** The language Paylint reads a file in, by its name; undefined for a file it does not read. */
export function languageOf(fileName: string): Language | undefined {
  if (JAVASCRIPT.test(fileName)) return "javascript";
  if (DOTENV.test(fileName)) return "dotenv";
  if (JSON_FILE.test(fileName)) return "json";
  if (PRISMA.test(fileName)) return "prisma";
  return undefined;
}
