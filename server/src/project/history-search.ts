import { createHmac, randomBytes } from "node:crypto";
import path from "node:path";
import { judgedKinds, lintText, type RuleSettings } from "@paylint/engine";
import { decodeText, slashed } from "@paylint/linking";
import type { CheckOptions } from "./check.ts";
import { rulesFor } from "./file-rules.ts";
import { fingerprintOf, Numbering } from "./fingerprints.ts";
import type { Blob } from "./git-blobs.ts";
import { Places } from "./places.ts";
import type { CheckResult, Failure, FileReport, PastCommit, ReportedFinding, Skipped } from "./results.ts";
import { eachWithin } from "./time-limit.ts";

/** A content that a file had since a commit. */
export interface Version {
  /** Of the content in git's store. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly commit: Omit<PastCommit, "inHead">;
}

export const RULE = "no-hardcoded-secrets";

/** What one content may take, in milliseconds. */
const TIME_LIMIT = 10_000;

/** Contents that are looked at together, since the clock that limits their time costs more than most of them. */
const BATCH = 50;

const NOTHING_ELSE: Omit<FileReport, "path" | "findings"> = {
  suppressed: [],
  problems: [],
  links: [],
  importersOf: [],
};

interface Key {
  /** What it is; never the value. */
  readonly name: string;
  readonly told: Omit<ReportedFinding, "message" | "commit">;
  readonly version: Version;
  /** Stands for the key's value, for as long as this process runs. */
  readonly value: string;
}

/** Gathers the keys of many contents: each key once for each file that it stood in. */
export class HistorySearch {
  readonly #options: CheckOptions;
  readonly #head: ReadonlySet<string>;
  readonly #salt = randomBytes(32);
  readonly #numbering = new Numbering();
  readonly #keys = new Map<string, Key>();
  /** Values that the commit checked out holds. */
  readonly #inHead = new Set<string>();
  readonly #skipped = new Map<string, Skipped>();
  readonly #failures = new Map<string, Failure>();
  #waiting: { readonly version: Version; readonly text: string }[] = [];

  /** `head` holds the hashes of the contents that are checked out. */
  constructor(options: CheckOptions, head: ReadonlySet<string>) {
    this.#options = options;
    this.#head = head;
  }

  add(version: Version, blob: Blob): void {
    const { path: file } = version;
    if (!("bytes" in blob)) {
      const detail =
        blob.missing === "too-large"
          ? "had more than 1 MB in a commit"
          : "had a content that git's store lacks";
      this.#skip(file, blob.missing === "too-large" ? "too-large" : "special", detail);
      return;
    }
    const content = decodeText(blob.bytes, slashed(file));
    if (!("text" in content)) this.#skip(file, content.reason, `${content.detail} in a commit`);
    else if (this.#waiting.push({ version, text: content.text }) === BATCH) this.#look();
  }

  result(): Pick<CheckResult, "files" | "skipped" | "failures"> {
    this.#look();
    const keys = [...this.#keys.values()];
    const files = [...new Set(keys.map(({ version }) => version.path))].sort();
    return {
      files: files.map((file) => ({
        ...NOTHING_ELSE,
        path: file,
        findings: keys.filter(({ version }) => version.path === file).map((key) => this.#report(key)),
      })),
      skipped: [...this.#skipped.values()],
      failures: [...this.#failures.values()],
    };
  }

  #look(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    eachWithin(
      TIME_LIMIT,
      batch,
      ({ version, text }) => this.#search(version, text),
      ({ version: { path: file } }) => {
        const detail = `was given up after ${TIME_LIMIT / 1000} s in one of its versions`;
        this.#failures.set(file, { path: file, reason: "too-slow", detail });
      },
    );
  }

  #search(version: Version, text: string): void {
    const fileName = slashed(path.relative(this.#options.cwd, version.path));
    const setting = rulesFor(this.#options, version.path)[RULE];
    const settings: RuleSettings = setting ? { [RULE]: setting } : {};
    const { findings } = lintText({ fileName, text }, settings, undefined, judgedKinds(settings));
    const places = new Places(text);
    for (const { range, data, ...finding } of findings) {
      const value = this.#standIn(text.slice(range.start, range.end));
      if (this.#head.has(version.name)) this.#inHead.add(value);
      const id = `${value} ${version.path}`;
      if (this.#keys.has(id)) continue;
      const { ruleId, severity } = finding;
      const fingerprint = this.#numbering.numbered(fingerprintOf(fileName, text, { ...finding, range }));
      const told = { ...places.at(range), ruleId, severity, related: [], fingerprint };
      this.#keys.set(id, { name: data?.name ?? "Secret", told, version, value });
    }
  }

  /** Of values nothing is kept that could be turned back. */
  #standIn(value: string): string {
    return createHmac("sha256", this.#salt).update(value).digest("base64");
  }

  #report({ name, told, version, value }: Key): ReportedFinding {
    const commit = { ...version.commit, inHead: this.#inHead.has(value) };
    const place = `${commit.hash.slice(0, 10)} of ${commit.when.slice(0, 10)}`;
    const message = commit.inHead
      ? `${name} in commit ${place}, and still in the files: whoever has the repository has the key. Replace it at the provider first, then take it out of the files, and only then out of the history.`
      : `${name} in commit ${place}. It is gone from the files, not from the history: whoever has the repository has the key. Replace it at the provider first, and only then rewrite the history.`;
    return { ...told, message, commit };
  }

  #skip(file: string, reason: Skipped["reason"], detail: string): void {
    this.#skipped.set(file, { path: file, reason, detail, folder: false });
  }
}
