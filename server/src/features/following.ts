import {
  type ClientCapabilities,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
} from "vscode-languageserver";
import { BASELINE_FILE } from "../project/baseline/baseline-file.ts";
import { SETTINGS_FILE } from "../project/settings.ts";

/** What a document's findings hang on: the files that it leads to, and those that say how specifiers are understood. */
const LINKED_GLOBS = [
  "**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}",
  "**/{[tj]sconfig*,package}.json",
  "**/pnpm-workspace.yaml",
];

/** What else is looked at when all files of a folder are: sign-offs are JSON, too. */
const FOLDER_GLOBS = [
  "**/*.{json,jsonc,json5,ipynb,env,prisma,yml,yaml,toml,properties,ini,cfg,conf,sh,bash,zsh,tf,tfvars,hcl}",
  "**/*.{md,mdx,markdown,vue,svelte,dockerfile}",
  "**/{.env,.env.*,.dev.vars,.envrc,.npmrc,Dockerfile,Dockerfile.*,Containerfile}",
];

export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  // Clients from before workspace folders know one root.
  return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
}

/** Calls back with the URIs of files that change, as far as the client can watch files. */
export function followFiles(
  connection: Connection,
  capabilities: ClientCapabilities,
  wholeFolders: boolean,
  log: (line: string) => void,
  changed: (uris: readonly string[]) => void,
): void {
  connection.onDidChangeWatchedFiles(({ changes }) => changed(changes.map(({ uri }) => uri)));
  if (!capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  const globs = [
    `**/${SETTINGS_FILE}`,
    `**/${BASELINE_FILE}`,
    "**/.gitignore",
    ...LINKED_GLOBS,
    ...(wholeFolders ? FOLDER_GLOBS : []),
  ];
  const watchers = globs.map((globPattern) => ({ globPattern }));
  connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => {
    log(`The client does not watch ${SETTINGS_FILE}: restart the server when it changes.`);
  });
}

export function followFolders(
  connection: Connection,
  capabilities: ClientCapabilities,
  changed: (added: string[], removed: string[]) => void,
): void {
  if (!capabilities.workspace?.workspaceFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    changed(
      added.map(({ uri }) => uri),
      removed.map(({ uri }) => uri),
    );
  });
}
