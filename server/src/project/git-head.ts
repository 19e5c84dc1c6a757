import { existsSync } from "node:fs";
import path from "node:path";
import { commonFolder, gitFolder } from "./git-index.ts";
import { readRegular } from "./regular-file.ts";

/** The nearest folder, from this one upwards, that is a git repository's work tree; undefined outside of any. */
export function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

/**
 * Hash of the commit that is checked out in a folder; undefined outside of a repository, before the first commit, and
 * where git keeps its refs in another way than in files. Git itself is not run for it.
 */
export function headOf(folder: string): string | undefined {
  const repository = repositoryOf(folder);
  if (repository === undefined) return undefined;
  try {
    const git = gitFolder(repository);
    const head = readRegular(path.join(git, "HEAD")).toString().trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    return hashIn(ref === undefined ? head : refIn([git, commonFolder(repository)!], ref));
  } catch {
    return undefined;
  }
}

/** The value of a ref; the refs of further work trees lie with the repository that they belong to. */
function refIn(folders: readonly string[], ref: string): string {
  for (const folder of folders) {
    const file = path.join(folder, ref);
    if (existsSync(file)) return readRegular(file).toString();
  }
  const packed = readRegular(path.join(folders.at(-1)!, "packed-refs"))
    .toString()
    .split("\n");
  return packed.find((line) => line.endsWith(` ${ref}`))?.split(" ")[0] ?? "";
}

function hashIn(text: string): string | undefined {
  const hash = text.trim();
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(hash) ? hash : undefined;
}
