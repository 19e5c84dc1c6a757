import path from "node:path";
import { type Host, languageOf } from "@paylint/engine";
import { contains, slashed } from "@paylint/linking";
import type { ChecklistProject } from "../checklist/project.ts";
import { dayOf, unknownOf } from "../project/baseline/baseline.ts";
import { baselineIn, type BaselineFile } from "../project/baseline/baseline-file.ts";
import { placeOf } from "../project/errors.ts";
import { findFiles } from "../project/find.ts";
import { GitView } from "../project/ignoring.ts";
import { type LintContext, lintFiles } from "../project/lint-files.ts";
import { Links } from "../project/links.ts";
import { lintInWorkers } from "../project/pool.ts";
import { type FileReport, type Outcome, type ReportedFinding, pathOf } from "../project/results.ts";
import type { ScanMemory } from "../project/scan-memory.ts";
import { stampOf } from "../project/stamp.ts";
import { Coalescer } from "./coalescer.ts";
import type { ScanProgress } from "./progress.ts";

/** What a folder's files need of the server around them. */
export interface FolderFilesHost {
  /** The module that the worker thread runs. */
  readonly worker: URL;
  /** Where the other files of a root come from. */
  hostOf(root: string): Host;
  /** The absolute paths of the files that a file, absolute, imports. */
  importsOf(file: string): readonly string[];
  /** What came of linting a project's files when it was open before; undefined when nothing is kept. */
  memoryOf(root: string, context: LintContext): ScanMemory | undefined;
  /** Shows that many files are being looked at. */
  progress(root: string): Promise<ScanProgress>;
  log(line: string): void;
  /** A sentence for people about what was done. */
  tell(line: string): void;
}

/** Who is told of what the files on disk hold. */
export interface FilesListener {
  /** Once, when all files have been looked at, with all of them; those that an editor holds are left out. */
  scanned(reports: readonly FileReport[]): void;
  /** Undefined when the file is gone or cannot be linted. */
  replaced(file: string, report: FileReport | undefined): void;
}

/** What one file may take on the thread that answers the editor, in milliseconds. */
const TIME_LIMIT = 3_000;

/** The files of one project on disk and what linting them gave, kept up to date. */
export class FolderFiles {
  readonly #project: ChecklistProject;
  readonly #host: FolderFilesHost;
  readonly #listener: FilesListener;
  readonly #memory: ScanMemory | undefined;
  /** Files whose text an editor holds, absolute: the disk does not count for them. */
  readonly #open = new Set<string>();
  /** Files that changed on disk while the first look was under way. */
  readonly #changedMeanwhile = new Set<string>();
  /** Between files on disk, absolute. */
  readonly #links = new Links();
  /** By absolute path; most files have none. */
  readonly #findings = new Map<string, readonly ReportedFinding[]>();
  readonly #lookedAtAgain: Coalescer;
  readonly #baseline: BaselineFile | undefined;
  readonly #stopped = new AbortController();
  #scanning = true;
  #disposed = false;
  /** Resolves when the first look at all files has ended. */
  readonly scanned: Promise<void>;

  /** Begins to look at all files of a project. */
  constructor(project: ChecklistProject, host: FolderFilesHost, listener: FilesListener) {
    this.#project = project;
    this.#host = host;
    this.#listener = listener;
    this.#baseline = baselineIn(project.root, (line) => host.log(line));
    this.#memory = host.memoryOf(project.root, this.#context);
    this.#lookedAtAgain = new Coalescer((file) => {
      if (!this.#disposed) this.fileChanged(file);
    });
    this.scanned = this.#scan();
  }

  get root(): string {
    return this.#project.root;
  }

  get scanning(): boolean {
    return this.#scanning;
  }

  /** The findings of files that no editor holds, by absolute path. */
  get findings(): ReadonlyMap<string, readonly ReportedFinding[]> {
    return this.#findings;
  }

  /** An editor holds a file's text from now on, if it did not; returns whether the file counts here at all. */
  take(file: string): boolean {
    if (!this.#open.has(file) && !this.#concerns(file)) return false;
    this.#open.add(file);
    this.#links.set(file, "", undefined);
    this.#findings.delete(file);
    return true;
  }

  /** The disk counts for the file again. */
  documentClosed(file: string): void {
    if (this.#open.delete(file)) this.fileChanged(file);
  }

  /** The file was written, or is gone. */
  fileChanged(file: string): void {
    if (this.#open.has(file) || !contains(this.root, file)) return;
    if (this.#scanning) this.#changedMeanwhile.add(file);
    else this.#read(file);
  }

  /** The files on disk whose findings hang on another file, absolute. */
  dependentsOf(file: string): string[] {
    return this.#links.dependentsOf(file, () => this.#host.importsOf(file));
  }

  /** Looks at files again when nothing else is to be done. */
  lookAgain(files: Iterable<string>): void {
    for (const file of files) this.#lookedAtAgain.mark(file);
  }

  /** What is remembered of files does not count at the next look. */
  forget(): void {
    this.#memory?.forget();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stopped.abort();
    this.#save();
  }

  /** Looks at all files in a worker thread, so that nobody who types has to wait. */
  async #scan(): Promise<void> {
    const begun = performance.now();
    const outcomes = await this.#lintAll().catch((error: unknown) => {
      // The client may have gone meanwhile.
      if (!this.#disposed) this.#host.log(`Paylint could not look at ${this.root}: ${placeOf(error)}`);
      return [];
    });
    if (this.#disposed) return;
    const reports = outcomes
      .flatMap((outcome) => ("report" in outcome ? [outcome.report] : []))
      .filter((report) => !this.#open.has(report.path));
    for (const report of reports) this.#take(report.path, report);
    this.#scanning = false;
    this.#host.tell(this.#summary(reports, performance.now() - begun));
    this.#listener.scanned(reports);
    // The worker saw the disk alone, and that at an earlier time.
    const changed = [...this.#changedMeanwhile, ...this.#open];
    this.lookAgain(changed.flatMap((file) => this.dependentsOf(file)));
    for (const file of this.#changedMeanwhile) this.fileChanged(file);
    this.#changedMeanwhile.clear();
  }

  async #lintAll(): Promise<readonly Outcome[]> {
    const { settings } = this.#project;
    const ignores = (entry: string, isFolder: boolean): boolean => settings.ignores(entry, isFolder);
    const { targets } = findFiles(["."], { cwd: this.root, gitignore: true, ignores });
    const paths = targets.map((target) => target.path);
    const kept = (await this.#memory?.recall(paths, (file) => this.#host.importsOf(file))) ?? [];
    const done = new Set(kept.map(pathOf));
    const left = targets.filter((target) => !done.has(target.path));
    if (left.length === 0 || this.#disposed) return kept;
    const stamps = new Map(left.map((target) => [target.path, this.#memory && stampOf(target.path)]));
    const progress = await this.#host.progress(this.root);
    progress.cancelled.addEventListener("abort", () => this.#stopped.abort());
    const outcomes = await lintInWorkers(left, this.#context, {
      worker: this.#host.worker,
      threads: 1,
      signal: this.#stopped.signal,
      progress: (lint) => progress.report(lint, left.length),
    }).finally(() => progress.done());
    // Another look may have begun meanwhile, with other settings.
    if (this.#disposed) return kept;
    for (const outcome of outcomes) this.#memory?.keep(pathOf(outcome), stamps.get(pathOf(outcome)), outcome);
    this.#save();
    return [...kept, ...outcomes];
  }

  get #context(): LintContext {
    const { root, settings, customProviders } = this.#project;
    const { rules, overrides } = settings;
    const salt = this.#baseline?.salt;
    return { root, rules, overrides, link: true, salt, evidence: { ownProviders: customProviders } };
  }

  #read(file: string): void {
    const targets = this.#concerns(file) ? [{ path: file, explicit: false }] : [];
    const stamp = this.#memory && stampOf(file);
    const [outcome] = lintFiles(targets, this.#context, this.#host.hostOf(this.root), TIME_LIMIT);
    const report = outcome && "report" in outcome ? outcome.report : undefined;
    // What hangs on a text that was never saved says nothing of the disk.
    this.#memory?.keep(file, stamp, report && this.#leadsToOpen(report) ? undefined : outcome);
    this.#take(file, report);
    this.#listener.replaced(file, report);
  }

  #take(file: string, report: FileReport | undefined): void {
    this.#links.set(file, this.root, report);
    const findings = this.#unknownIn(file, report?.findings ?? []);
    if (findings.length > 0) this.#findings.set(file, findings);
    else this.#findings.delete(file);
  }

  /** Those of a file's findings that the baseline does not know. */
  #unknownIn(file: string, findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
    if (!this.#baseline) return findings;
    return unknownOf(file, findings, ({ digest }) => digest, this.#baseline, dayOf(new Date()));
  }

  #leadsToOpen({ links, importersOf }: FileReport): boolean {
    if (this.#open.size === 0) return false;
    return importersOf.length > 0 || links.some((name) => this.#open.has(path.resolve(this.root, name)));
  }

  #save(): void {
    try {
      this.#memory?.save();
    } catch (error) {
      this.#host.log(`What Paylint found could not be kept for the next start: ${String(error)}`);
    }
  }

  #summary(reports: readonly FileReport[], milliseconds: number): string {
    const findings = reports.reduce((sum, report) => sum + report.findings.length, 0);
    const files = reports.filter((report) => report.findings.length > 0).length;
    const stopped = this.#stopped.signal.aborted ? " It was stopped before the end." : "";
    const seconds = (milliseconds / 1000).toFixed(1);
    return `${this.root}: ${reports.length} files looked at in ${seconds} s, ${findings} findings in ${files} files.${stopped}`;
  }

  /** Whether the command line would look at a file, too: not installed, and ignored by neither git nor settings. */
  #concerns(file: string): boolean {
    const { root, settings } = this.#project;
    if (!contains(root, file) || !languageOf(slashed(file))) return false;
    let view = GitView.from(root, root);
    let at = root;
    for (const name of path.relative(root, path.dirname(file)).split(path.sep).filter(Boolean)) {
      at = path.join(at, name);
      if (name === "node_modules" || view.ignores(at, true) || settings.ignores(at, true)) return false;
      view = view.enter(at);
    }
    return !view.ignores(file, false) && !settings.ignores(file, false);
  }
}
