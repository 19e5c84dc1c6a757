import type { DocumentSelector } from "vscode-languageclient/node";

/** Working copies only: the other side of a diff, or a file inside a commit, cannot be repaired. */
const SCHEMES = ["file", "untitled", "vscode-vfs"];

const LANGUAGES = [
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
  "json",
  "jsonc",
  "dotenv",
];

/** By name, since what a dotenv file is called as a language depends on the extensions that are installed. */
const PATTERNS = ["**/{.env,.env.*,*.env}", "**/*.json5", "**/*.prisma"];

/** The documents that are sent to the server; it still ignores what it cannot read. */
export const selector: DocumentSelector = SCHEMES.flatMap((scheme) => [
  ...LANGUAGES.map((language) => ({ scheme, language })),
  ...PATTERNS.map((pattern) => ({ scheme, pattern })),
]);
