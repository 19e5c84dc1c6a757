import type { Host } from "@paylint/engine";
import { DiskHost } from "@paylint/linking";
import type { Rule } from "eslint";
import { fileNameOf } from "./module.ts";

/** Milliseconds for which files are taken to stand still: editors keep ESLint for days. */
const STILL = 1_000;

interface Looked {
  readonly host: DiskHost;
  /** When the files were compared with the disk. */
  at: number;
}

/** By ESLint's working directory. */
const hosts = new Map<string, Looked>();

/**
 * Where the other files come from that a file leads to: the disk, below ESLint's working directory. None for a text
 * that is no file of it, such as a sample in Markdown, and where `settings.paylint.link` is false.
 */
export function hostOf(context: Rule.RuleContext): Host | undefined {
  const { cwd, filename, physicalFilename = filename, settings } = context;
  if (filename !== physicalFilename) return undefined;
  if ((settings?.paylint as { link?: unknown } | undefined)?.link === false) return undefined;
  const { host } = lookedAt(cwd);
  return host.has(fileNameOf(context)) ? host : undefined;
}

function lookedAt(cwd: string): Looked {
  const now = Date.now();
  let looked = hosts.get(cwd);
  if (!looked) hosts.set(cwd, (looked = { host: new DiskHost(cwd), at: now }));
  if (now - looked.at > STILL) {
    looked.host.revalidate();
    looked.at = now;
  }
  return looked;
}
