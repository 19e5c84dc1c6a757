import path from "node:path";
import {
  type Detector,
  detectorOf,
  type Host,
  languageOf,
  type LintResult,
  providers,
  type RuleSettings,
} from "@paylint/engine";
import { contains, slashed } from "@paylint/linking";
import type { Checklist } from "../checklist/checklist.ts";
import { type FileEvidence, fileEvidence } from "../checklist/file-evidence.ts";
import { readGoLive } from "../checklist/go-live-file.ts";
import type { SignOffs } from "../checklist/go-live.ts";
import { type ChecklistProject, checklistOf, loadChecklistProject } from "../checklist/project.ts";
import { findFiles } from "../project/find.ts";
import { GitView } from "../project/ignoring.ts";
import { JsonFileError } from "../project/json-file-error.ts";
import { type LintContext, lintFiles } from "../project/lint-files.ts";
import { Links } from "../project/links.ts";
import { lintInWorkers } from "../project/pool.ts";
import type { Outcome } from "../project/results.ts";
import { Coalescer } from "./coalescer.ts";

/** What a folder's checklist needs of the server around it. */
export interface FolderHost {
  /** The module that the worker thread runs. */
  readonly worker: URL;
  now(): Date;
  /** Where the other files of a root come from. */
  hostOf(root: string): Host;
  /** The absolute paths of the files that a file, absolute, imports. */
  importsOf(file: string): readonly string[];
  /** Something changed that clients show. */
  changed(): void;
  log(line: string): void;
}

/** A document's text, absolute path and what linting it gave. */
export interface LintedText {
  readonly file: string;
  readonly text: string;
  readonly result: LintResult;
  readonly rules: RuleSettings;
}

/** What one file may take on the thread that answers the editor, in milliseconds. */
const TIME_LIMIT = 3_000;

/** The checklist of one open folder, kept up to date with open documents, the disk and the sign-offs. */
export class FolderChecklist {
  readonly #host: FolderHost;
  readonly #project: ChecklistProject;
  readonly #checklist: Checklist;
  readonly #detect: Detector;
  /** Files whose text an editor holds, absolute: the disk does not count for them. */
  readonly #open = new Set<string>();
  /** Files that changed on disk while the first look was under way. */
  readonly #changedMeanwhile = new Set<string>();
  /** Between files on disk, absolute. */
  readonly #links = new Links();
  readonly #lookedAtAgain: Coalescer;
  #signOffs: SignOffs = {};
  #scanning = true;
  #problem: string | undefined;
  #disposed = false;
  /** Resolves when the first look at all files has ended. */
  readonly scanned: Promise<void>;

  /**
   * Begins to look at the project that a folder, absolute, belongs to.
   * @throws {JsonFileError} when settings or a provider file of the project are broken
   */
  constructor(folder: string, host: FolderHost) {
    this.#host = host;
    this.#project = loadChecklistProject(folder);
    this.#checklist = checklistOf(this.#project, () => host.now());
    this.#detect = detectorOf([...providers, ...this.#project.customProviders]);
    this.#lookedAtAgain = new Coalescer((file) => {
      if (!this.#disposed) this.fileChanged(file);
    });
    this.readSignOffs();
    this.scanned = this.#scan();
  }

  get project(): ChecklistProject {
    return this.#project;
  }

  get checklist(): Checklist {
    return this.#checklist;
  }

  get scanning(): boolean {
    return this.#scanning;
  }

  /** What keeps the sign-offs from being used. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Takes what an editor shows of a file; undefined when the file could not be linted. */
  documentLinted(file: string, linted: Omit<LintedText, "file"> | undefined): void {
    if (!this.#open.has(file) && !this.#concerns(file)) return;
    this.#open.add(file);
    this.#links.set(file, "", undefined);
    this.#replace(file, linted && this.#evidenceOf(file, linted));
  }

  /** The disk counts for the file again. */
  documentClosed(file: string): void {
    if (this.#open.delete(file)) this.fileChanged(file);
  }

  /** The file was written, or is gone. */
  fileChanged(file: string): void {
    if (this.#open.has(file) || !contains(this.#project.root, file)) return;
    if (this.#scanning) this.#changedMeanwhile.add(file);
    else this.#replace(file, this.#readEvidence(file));
  }

  /** The files on disk whose evidence hangs on another file, absolute. */
  dependentsOf(file: string): string[] {
    return this.#links.dependentsOf(file, () => this.#host.importsOf(file));
  }

  /** Looks at files again when nothing else is to be done. */
  lookAgain(files: Iterable<string>): void {
    for (const file of files) this.#lookedAtAgain.mark(file);
  }

  /** Whether a file holds what the whole checklist depends on: settings, or a provider of the team's own. */
  isSettings(file: string): boolean {
    const { root, settings } = this.#project;
    const own = settings.customProviders.map(({ text }) => path.resolve(root, text));
    return file === settings.file || own.includes(file);
  }

  /** The file with the sign-offs was written, or is gone. */
  readSignOffs(): void {
    const before = this.#problem;
    this.#problem = undefined;
    this.#signOffs = {};
    try {
      this.#signOffs = readGoLive(this.#project.goLiveFile)?.items ?? {};
    } catch (error) {
      if (!(error instanceof JsonFileError)) throw error;
      this.#problem = error.message;
      this.#host.log(error.message);
    }
    const changed = this.#checklist.replaceSignOffs(this.#signOffs);
    if (changed.length > 0 || before !== this.#problem) this.#host.changed();
  }

  /** Sign-offs grow stale with time. */
  refresh(): void {
    if (this.#checklist.refresh().length > 0) this.#host.changed();
  }

  dispose(): void {
    this.#disposed = true;
  }

  /** Looks at all files in a worker thread, so that nobody who types has to wait. */
  async #scan(): Promise<void> {
    const outcomes = await this.#lintAll().catch((error: unknown) => {
      this.#host.log(`The go-live checklist could not look at ${this.#project.root}: ${String(error)}`);
      return [];
    });
    if (this.#disposed) return;
    const found = outcomes
      .flatMap((outcome) => ("report" in outcome ? [outcome.report] : []))
      .filter((report) => !this.#open.has(report.path));
    const evidence = found.flatMap((report) => report.evidence ?? []);
    for (const report of found) this.#links.set(report.path, this.#project.root, report);
    this.#checklist.load(evidence, this.#signOffs);
    this.#scanning = false;
    // The worker saw the disk alone, and that at an earlier time.
    const changed = [...this.#changedMeanwhile, ...this.#open];
    this.lookAgain(changed.flatMap((file) => this.dependentsOf(file)));
    for (const file of this.#changedMeanwhile) this.fileChanged(file);
    this.#changedMeanwhile.clear();
    this.#host.changed();
  }

  async #lintAll(): Promise<Outcome[]> {
    const { root, settings } = this.#project;
    const ignores = (entry: string, isFolder: boolean): boolean => settings.ignores(entry, isFolder);
    const { targets } = findFiles(["."], { cwd: root, gitignore: true, ignores });
    return lintInWorkers(targets, this.#context, { worker: this.#host.worker, threads: 1 });
  }

  get #context(): LintContext {
    const { root, settings, customProviders } = this.#project;
    const { rules, overrides } = settings;
    return { root, rules, overrides, link: true, evidence: { ownProviders: customProviders } };
  }

  #evidenceOf(file: string, { text, result, rules }: Omit<LintedText, "file">): FileEvidence {
    return fileEvidence({ fileName: this.#nameOf(file), text }, result, { rules, detect: this.#detect });
  }

  #readEvidence(file: string): FileEvidence | undefined {
    const targets = this.#concerns(file) ? [{ path: file, explicit: false }] : [];
    const { root } = this.#project;
    const [outcome] = lintFiles(targets, this.#context, this.#host.hostOf(root), TIME_LIMIT);
    const report = outcome && "report" in outcome ? outcome.report : undefined;
    this.#links.set(file, root, report);
    return report?.evidence;
  }

  #replace(file: string, evidence: FileEvidence | undefined): void {
    if (this.#checklist.replaceFile(this.#nameOf(file), evidence).length > 0) this.#host.changed();
  }

  #nameOf(file: string): string {
    return slashed(path.relative(this.#project.root, file));
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
