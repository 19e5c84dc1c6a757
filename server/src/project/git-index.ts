import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { readRegular } from "./regular-file.ts";

/** What a repository tracks; names are relative to the repository, with forward slashes. */
export interface Tracked {
  readonly files: ReadonlySet<string>;
  /** Every folder with a tracked file somewhere in it. */
  readonly folders: ReadonlySet<string>;
}

const NOTHING: Tracked = { files: new Set(), folders: new Set() };

/**
 * Reads which files a repository tracks from its index. Git itself is not run for it: a repository's own settings
 * can make git run programs. Nothing is tracked when there is no index or it is of a form not known here.
 */
export function readTracked(repository: string): Tracked {
  try {
    const index = path.join(gitFolder(repository), "index");
    const { mtimeMs, size, ino } = statSync(index);
    const stamp = [index, mtimeMs, size, ino].join("\n");
    if (read?.stamp !== stamp) {
      const configFile = path.join(commonFolder(repository)!, "config");
      const config = existsSync(configFile) ? readRegular(configFile).toString() : "";
      const hashLength = /^\s*objectformat\s*=\s*sha256\b/im.test(config) ? 32 : 20;
      read = { stamp, tracked: withFolders(namesIn(readRegular(index), hashLength)) };
    }
    return read.tracked;
  } catch {
    return NOTHING;
  }
}

/** What was read last: an editor asks for the same repository with each change of a text. */
let read: { readonly stamp: string; readonly tracked: Tracked } | undefined;

/** `.git` itself, or the folder it points to, as in submodules and further work trees. */
export function gitFolder(repository: string): string {
  const entry = path.join(repository, ".git");
  if (statSync(entry).isDirectory()) return entry;
  const [, target] = /^gitdir: (.+)$/m.exec(readRegular(entry).toString())!;
  return path.resolve(repository, target!);
}

/**
 * The folder of git that all work trees of a repository share, where its settings and refs are; undefined when it
 * cannot be told.
 */
export function commonFolder(repository: string): string | undefined {
  try {
    const folder = gitFolder(repository);
    const common = path.join(folder, "commondir");
    return existsSync(common) ? path.resolve(folder, readRegular(common).toString().trim()) : folder;
  } catch {
    return undefined;
  }
}

/** Bytes of an entry before the object's hash, and those of the flags behind it. */
const STAT_DATA = 40;
const FLAGS = 2;
const EXTENDED = 0x4000;

/** The names in a git index of version 2, 3 or 4; gitformat-index(5) describes it. */
function namesIn(index: Buffer, hashLength: number): string[] {
  if (index.toString("latin1", 0, 4) !== "DIRC") throw new Error("not a git index");
  const version = index.readUInt32BE(4);
  const count = index.readUInt32BE(8);
  const names: string[] = [];
  let at = 12;
  let previous: Buffer = Buffer.alloc(0);
  for (let entry = 0; entry < count; entry++) {
    const start = at;
    at += STAT_DATA + hashLength;
    const extended = (index.readUInt16BE(at) & EXTENDED) !== 0;
    at += FLAGS + (extended ? 2 : 0);
    let kept: Buffer = Buffer.alloc(0);
    if (version === 4) {
      const dropped = readOffset(index, at);
      kept = previous.subarray(0, previous.length - dropped.value);
      at = dropped.end;
    }
    const end = index.indexOf(0, at);
    if (end < 0) throw new Error("the git index ends within a name");
    previous = Buffer.concat([kept, index.subarray(at, end)]);
    names.push(previous.toString("utf8"));
    // Before version 4, entries are padded with 1 to 8 zeros to a multiple of eight bytes.
    at = version === 4 ? end + 1 : start + ((end - start + 8) & ~7);
  }
  return names;
}

/** Git's variable-length number: seven bits a byte, and each byte that goes on adds one. */
function readOffset(buffer: Buffer, at: number): { value: number; end: number } {
  let byte = buffer.readUInt8(at++);
  let value = byte & 0x7f;
  while (byte & 0x80) {
    byte = buffer.readUInt8(at++);
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, end: at };
}

function withFolders(names: readonly string[]): Tracked {
  const folders = new Set<string>();
  for (const name of names) {
    for (let at = name.lastIndexOf("/"); at > 0; at = name.lastIndexOf("/", at - 1)) {
      const folder = name.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { files: new Set(names), folders };
}
