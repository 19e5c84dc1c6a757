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
};

/**
 * The file name under which an open document is linted, with forward slashes; undefined for a document of a language
 * that Paylint does not read. The name decides before the language id, since the command line knows only names.
 */
export function documentName(uri: string, languageId: string): string | undefined {
  const path = pathOf(uri);
  if (languageOf(path)) return path;
  const extension = EXTENSIONS[languageId];
  return extension && path + extension;
}

function pathOf(uri: string): string {
  try {
    const url = new URL(uri);
    const path = url.protocol === "file:" ? fileURLToPath(url) : decodeURIComponent(url.pathname);
    return path.replaceAll("\\", "/");
  } catch {
    // Clients send odd names: a stray percent sign, a host in a file URI. The rest of the name still tells.
    return uri;
  }
}
