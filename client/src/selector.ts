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
  "yaml",
  "dockercompose",
  "github-actions-workflow",
  "toml",
  "properties",
  "ini",
  "shellscript",
  "dockerfile",
  "terraform",
  "terraform-vars",
  "markdown",
  "mdx",
  "vue",
  "svelte",
];

/** By name, since what such a file is called as a language depends on the extensions that are installed. */
const PATTERNS = [
  "**/{.env,.env.*,*.env,.dev.vars,.envrc,.npmrc}",
  "**/*.{json5,prisma,yml,yaml,toml,properties,ini,cfg,conf,sh,bash,zsh,tf,tfvars,hcl,md,mdx,vue,svelte}",
  "**/{Dockerfile,Dockerfile.*,*.dockerfile,Containerfile}",
];

/** The documents that are sent to the server; it still ignores what it cannot read. */
export const selector: DocumentSelector = SCHEMES.flatMap((scheme) => [
  ...LANGUAGES.map((language) => ({ scheme, language })),
  ...PATTERNS.map((pattern) => ({ scheme, pattern })),
]);
