import { gitRecords } from "./git.ts";

/** A file as a commit, or the index, has it after a change. */
export interface Change {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** The hash of its content. */
  readonly blob: string;
  /** A file, not a symbolic link or a submodule. */
  readonly isFile: boolean;
  /** What the log's format told of the commit behind `commit `; undefined of what is in no commit yet. */
  readonly commit: string | undefined;
}

/** Has git tell changes in the form that is read here; what is deleted, or in conflict, is left out. */
export const AS_CHANGES = ["--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=ACMRT"];

const COMMIT = "commit ";

/**
 * The changes that git tells with {@link AS_CHANGES}, as git-diff(1) describes it; of a merge, with `-c`, those that
 * differ from all parents.
 * @throws {GitError} when git fails
 */
export async function* readChanges(repository: string, args: readonly string[]): AsyncGenerator<Change> {
  let commit: string | undefined;
  let head: string | undefined;
  for await (const record of gitRecords(repository, args)) {
    if (head !== undefined) {
      yield { ...contentIn(head), path: record, commit };
      head = undefined;
      continue;
    }
    // A line break parts a commit from its changes.
    const line = record.replace(/^\n/, "");
    if (line.startsWith(":")) head = line;
    else if (line.startsWith(COMMIT)) commit = line.slice(COMMIT.length);
  }
}

/** `head` is `:100644 100644 OLD NEW M`, with as many colons as parents and one mode and hash more. */
function contentIn(head: string): Pick<Change, "blob" | "isFile"> {
  const parents = /^:+/.exec(head)![0].length;
  const fields = head.slice(parents).split(" ");
  return { blob: fields[2 * parents + 1]!, isFile: fields[parents]!.startsWith("100") };
}
