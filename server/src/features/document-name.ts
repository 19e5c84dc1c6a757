import path from "node:path";
import { fileURLToPath } from "node:url";
import { languageOf } from "@paylint/engine";

/** What a language id says of a text whose name says nothing: an untitled one, a script without an extension. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  javascript: ".js",
  javascriptreact: ".jsx",
  typescript: ".ts",
  typescriptreact: ".tsx",
  json: ".json",
  jsonc: ".jsonc",
  dotenv: ".env",
  prisma: ".prisma",
  yaml: ".yaml",
  dockercompose: ".yaml",
  "github-actions-workflow": ".yaml",
  toml: ".toml",
  properties: ".properties",
  ini: ".ini",
  shellscript: ".sh",
  dockerfile: ".dockerfile",
  terraform: ".tf",
  "terraform-vars": ".tfvars",
  markdown: ".md",
  mdx: ".mdx",
  vue: ".vue",
  svelte: ".svelte",
};

/**
 * The path under which an open document is linted, with forward slashes; undefined for a document of a language that
 * Paylint does not read. The name decides before the language id, since the command line knows only names.
 */
export function documentName(uri: string, languageId: string): string | undefined {
  const name = pathOf(uri);
  if (languageOf(name)) return name;
  const extension = EXTENSIONS[languageId];
  return extension && name + extension;
}

/** The path of a file, or of what another kind of URI calls one; with forward slashes. */
export function pathOf(uri: string): string {
  try {
    const url = new URL(uri);
    const name = isOnDisk(uri) ? fileURLToPath(url) : decodeURIComponent(url.pathname);
    return name.replaceAll("\\", "/");
  } catch {
    // Clients send odd names: a stray percent sign, a host in a file URI. The rest of the name still tells.
    return uri;
  }
}

/** The absolute path of a file, with the separators of the machine. */
export function fileOf(uri: string): string {
  return path.normalize(pathOf(uri));
}

export function isOnDisk(uri: string): boolean {
  return /^file:/.test(uri);
}
