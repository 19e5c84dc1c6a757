import path from "node:path";
import { readBlobs } from "./git-blobs.ts";
import { repositoryOf } from "./git-head.ts";
import { gitRecords } from "./git.ts";

/** A text that a file had in one commit. */
export interface PastText {
  /** When it was committed, ISO 8601. */
  readonly when: string;
  readonly text: string;
}

/** Older commits are left out. */
const MOST_COMMITS = 200;

/** Larger texts are left out, in bytes. */
const LARGEST = 16 * 1024 * 1024;

/** What a file held at each commit that changed it, the newest first; nothing where git cannot tell. */
export async function historyOf(file: string): Promise<readonly PastText[]> {
  const folder = path.dirname(file);
  if (repositoryOf(folder) === undefined) return [];
  const name = path.basename(file);
  const texts: PastText[] = [];
  try {
    const log = ["log", "-z", `--max-count=${MOST_COMMITS}`, "--format=%H %cI%x00", "--", name];
    const commits: { name: string; when: string }[] = [];
    for await (const record of gitRecords(folder, log)) {
      const [hash, when] = record.split(" ");
      if (hash && when) commits.push({ name: `${hash}:./${name}`, when });
    }
    for await (const [{ when }, blob] of readBlobs(folder, commits, LARGEST)) {
      if ("bytes" in blob) texts.push({ when, text: blob.bytes.toString() });
    }
  } catch {
    // No git on this machine, or a repository that it does not want to read.
  }
  return texts;
}
