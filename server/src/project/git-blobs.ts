import { GitProcess } from "./git.ts";

/** What git holds under a name: its bytes, or why there are none. */
export type Blob = { readonly bytes: Buffer } | { readonly missing: "absent" | "too-large" };

/** Names that are asked for at once: their answers are read before git is handed more than its pipe holds. */
const BATCH = 100;

/** Something that git is asked for by its `name`: a hash, or `COMMIT:./PATH`. */
interface Named {
  readonly name: string;
}

/**
 * Reads the contents of files out of git's store, in the order in which they are asked for, one in memory at a time.
 * Those that are larger than so many bytes are left there.
 * @throws {GitError} when git cannot be run, or ends before it has answered
 */
export async function* readBlobs<Item extends Named>(
  folder: string,
  items: AsyncIterable<Item> | Iterable<Item>,
  largest: number,
): AsyncGenerator<readonly [Item, Blob]> {
  const git = new GitProcess(folder, ["cat-file", "--batch"]);
  try {
    for await (const batch of batches(items)) {
      git.write(batch.map(({ name }) => `${name}\n`).join(""));
      for (const item of batch) yield [item, await nextBlob(git, largest)];
    }
    await git.end();
  } finally {
    git.kill();
  }
}

async function* batches<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    if (batch.push(item) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function nextBlob(git: GitProcess, largest: number): Promise<Blob> {
  const head = await git.output.until(10);
  if (head === undefined) await git.end();
  const [, kind, length] = / (\w+) (\d+)$/.exec(head?.toString() ?? "") ?? [];
  if (length === undefined) return { missing: "absent" };
  const size = Number(length);
  const isFit = kind === "blob" && size <= largest;
  const bytes = isFit ? await git.output.bytes(size) : undefined;
  await git.output.skip(isFit ? 1 : size + 1);
  return bytes ? { bytes } : { missing: kind === "blob" ? "too-large" : "absent" };
}
