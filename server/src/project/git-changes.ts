import { gitRecords } from "./git.ts";

/** A file as a commit, or the index, has it after a change. */
export interface RawChange {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** The hash of its content. */
  readonly blob: string;
  /** A file, not a symbolic link or a submodule. */
  readonly isFile: boolean;
}

/**
 * The changes that git tells with `--raw -z --no-abbrev`, as git-diff(1) describes it; of a merge with several parents,
 * those that differ from all of them.
 * @throws {GitError} when git fails
 */
export async function* readChanges(repository: string, args: readonly string[]): AsyncGenerator<RawChange> {
  let head: string | undefined;
  for await (const record of gitRecords(repository, args)) {
    if (head === undefined) head = record;
    else {
      yield changeOf(head, record);
      head = undefined;
    }
  }
}

/** `head` is `:100644 100644 OLD NEW M`, with as many colons as parents and one mode and hash more. */
export function changeOf(head: string, path: string): RawChange {
  const parents = /^:+/.exec(head)![0].length;
  const fields = head.slice(parents).split(" ");
  return { path, blob: fields[2 * parents + 1]!, isFile: fields[parents]!.startsWith("100") };
}
