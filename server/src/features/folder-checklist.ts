import path from "node:path";
import { type Detector, detectorOf, type LintResult, providers, type RuleSettings } from "@paylint/engine";
import { slashed } from "@paylint/linking";
import type { Checklist } from "../checklist/checklist.ts";
import { type FileEvidence, fileEvidence } from "../checklist/file-evidence.ts";
import { readGoLive } from "../checklist/go-live-file.ts";
import type { SignOffs } from "../checklist/go-live.ts";
import { type ChecklistProject, checklistOf, loadChecklistProject } from "../checklist/project.ts";
import { JsonFileError } from "../project/json-file-error.ts";
import type { FileReport } from "../project/results.ts";
import { FolderFiles, type FolderFilesHost } from "./folder-files.ts";

/** What a folder's checklist needs of the server around it. */
export interface FolderHost extends FolderFilesHost {
  now(): Date;
  /** Something of the checklist changed. */
  changed(): void;
  /** The findings of files that no editor holds changed. */
  findingsChanged(): void;
}

/** A document's text, absolute path and what linting it gave. */
export interface LintedText {
  readonly file: string;
  readonly text: string;
  readonly result: LintResult;
  readonly rules: RuleSettings;
}

/** The checklist of one open folder, kept up to date with open documents, the disk and the sign-offs. */
export class FolderChecklist {
  readonly #host: FolderHost;
  readonly #project: ChecklistProject;
  readonly #checklist: Checklist;
  readonly #detect: Detector;
  readonly files: FolderFiles;
  #signOffs: SignOffs = {};
  #problem: string | undefined;

  /**
   * Begins to look at the project that a folder, absolute, belongs to.
   * @throws {JsonFileError} when settings or a provider file of the project are broken
   */
  constructor(folder: string, host: FolderHost) {
    this.#host = host;
    this.#project = loadChecklistProject(folder);
    this.#checklist = checklistOf(this.#project, () => host.now());
    this.#detect = detectorOf([...providers, ...this.#project.customProviders]);
    this.readSignOffs();
    this.files = new FolderFiles(this.#project, host, {
      scanned: (reports) => this.#load(reports),
      replaced: (file, report) => {
        this.#replace(file, report?.evidence);
        host.findingsChanged();
      },
    });
  }

  get project(): ChecklistProject {
    return this.#project;
  }

  get checklist(): Checklist {
    return this.#checklist;
  }

  /** What keeps the sign-offs from being used. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Takes what an editor shows of a file; undefined when the file could not be linted. */
  documentLinted(file: string, linted: Omit<LintedText, "file"> | undefined): void {
    if (this.files.take(file)) this.#replace(file, linted && this.#evidenceOf(file, linted));
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
    this.files.dispose();
  }

  #load(reports: readonly FileReport[]): void {
    this.#checklist.load(
      reports.flatMap((report) => report.evidence ?? []),
      this.#signOffs,
    );
    this.#host.changed();
    this.#host.findingsChanged();
  }

  #evidenceOf(file: string, { text, result, rules }: Omit<LintedText, "file">): FileEvidence {
    return fileEvidence({ fileName: this.#nameOf(file), text }, result, { rules, detect: this.#detect });
  }

  #replace(file: string, evidence: FileEvidence | undefined): void {
    if (this.#checklist.replaceFile(this.#nameOf(file), evidence).length > 0) this.#host.changed();
  }

  #nameOf(file: string): string {
    return slashed(path.relative(this.#project.root, file));
  }
}
