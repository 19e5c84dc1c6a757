import type { Language } from "./rules/rule.ts";

const NAMES: readonly (readonly [RegExp, Language])[] = [
  [/\.[cm]?[jt]sx?$/i, "javascript"],
  [/(?:^|\/)\.env(?:\.[\w.-]+)?$|\.env$|(?:^|\/)\.dev\.vars$/i, "dotenv"],
  // A notebook is JSON, with the lines of its cells as strings.
  [/\.(?:json[c5]?|ipynb)$/i, "json"],
  [/\.prisma$/i, "prisma"],
  [/\.ya?ml$/i, "yaml"],
  [/\.toml$/i, "toml"],
  [/\.(?:properties|ini|cfg|conf)$|(?:^|\/)\.npmrc$/i, "properties"],
  [/\.(?:sh|bash|zsh)$|(?:^|\/)\.envrc$/i, "shell"],
  [/(?:^|\/)(?:dockerfile|containerfile)(?:\.[\w.-]+)?$|\.dockerfile$/i, "dockerfile"],
  [/\.(?:tf|tfvars|hcl)$/i, "terraform"],
  [/\.(?:md|mdx|markdown)$/i, "markdown"],
  [/\.vue$/i, "vue"],
  [/\.svelte$/i, "svelte"],
];

/** The language Paylint reads a file in, by its name; undefined for a file it does not read. */
export function languageOf(fileName: string): Language | undefined {
  return NAMES.find(([name]) => name.test(fileName))?.[1];
}
