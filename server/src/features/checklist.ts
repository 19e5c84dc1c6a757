import path from "node:path";
import { contains, slashed } from "@paylint/linking";
import { sign, SignError } from "../checklist/signing.ts";
import { GoLiveWriteError } from "../checklist/go-live-file.ts";
import { gitIdentity } from "../project/git-identity.ts";
import { headOf } from "../project/git-head.ts";
import { JsonFileError } from "../project/json-file-error.ts";
import type { Place } from "../project/results.ts";
import { BASELINE_FILE } from "../project/baseline/baseline-file.ts";
import { SETTINGS_FILE } from "../project/settings.ts";
import type {
  FolderChecklist as Message,
  FolderParams,
  ReportResult,
  SignParams,
  SignResult,
} from "../protocol.ts";
import { checklistReport } from "../report/checklist-report.ts";
import { htmlReport } from "../report/html/page.ts";
import { providersMessage } from "./checklist-message.ts";
import { Coalescer } from "./coalescer.ts";
import { isOnDisk, pathOf } from "./document-name.ts";
import { FolderChecklist, type LintedText } from "./folder-checklist.ts";
import type { FolderFiles, FolderFilesHost } from "./folder-files.ts";
import type { Hosts } from "./hosts.ts";

/** What the checklists need of the server around them. */
export interface ChecklistHost extends Pick<
  FolderFilesHost,
  "worker" | "memoryOf" | "progress" | "log" | "tell"
> {
  readonly version: string;
  now(): Date;
  readonly hosts: Hosts;
  send(message: Message): void;
  /** The text of an open document by its absolute path. */
  textOf(file: string): string | undefined;
  /** Lints all open documents again, and tells what came of it. */
  refreshDocuments(): void;
  /** The findings of files that no editor holds changed. */
  findingsChanged(): void;
}

/** An item that nobody but a person can settle, and a place that it asks about. */
export interface ToReview {
  /** URI of the open folder. */
  readonly folder: string;
  /** Full id of the item. */
  readonly item: string;
  readonly title: string;
  readonly place: Place;
}

/** Milliseconds between two looks at the clock, with which sign-offs grow stale. */
const HOUR = 60 * 60 * 1000;

/** A burst of changes, a switch of branches for one, is looked at by the worker from the beginning. */
const BURST = 200;

/** An open folder; without a checklist when its settings cannot be used. */
interface Open {
  readonly checklist: FolderChecklist | undefined;
  readonly problem: string | undefined;
}

/** The go-live checklists of the open folders. */
export class Checklists {
  readonly #host: ChecklistHost;
  /** By URI, as the client names them. */
  readonly #folders = new Map<string, Open>();
  readonly #changes: Coalescer;
  readonly #clock: NodeJS.Timeout;

  constructor(host: ChecklistHost) {
    this.#host = host;
    this.#changes = new Coalescer((uri) => this.#send(uri));
    this.#clock = setInterval(() => this.#checklists.forEach((each) => each.refresh()), HOUR).unref();
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    for (const uri of removed) this.#close(uri);
    for (const uri of added.filter(isOnDisk)) this.#open(uri);
  }

  /** Takes what linting an open document gave; undefined when it could not be linted. */
  documentLinted(file: string, linted: Omit<LintedText, "file"> | undefined): void {
    for (const checklist of this.#checklists) checklist.documentLinted(file, linted);
  }

  documentClosed(file: string): void {
    for (const checklist of this.#checklists) checklist.files.documentClosed(file);
  }

  /** The text that an editor holds of a file was changed; what a file on disk shows may hang on it. */
  documentChanged(file: string): void {
    for (const checklist of this.#checklists) {
      const dependents = checklist.files.dependentsOf(file);
      // So many are looked at when the file is saved.
      if (dependents.length <= BURST) checklist.files.lookAgain(dependents);
    }
  }

  /** Takes the absolute paths of files that were written or removed. */
  filesChanged(files: readonly string[]): void {
    for (const [uri, { checklist }] of [...this.#folders]) {
      const dependents = new Set(files.flatMap((file) => checklist?.files.dependentsOf(file) ?? []));
      const settings = (file: string): boolean =>
        [SETTINGS_FILE, BASELINE_FILE].includes(path.basename(file)) ||
        (checklist ? checklist.isSettings(file) : file.endsWith(".json"));
      if (files.some(settings) || files.length + dependents.size > BURST) this.#reopen(uri);
      else if (checklist) {
        changedIn(checklist, files);
        checklist.files.lookAgain(dependents);
      }
    }
  }

  /** The items that wait for a person to look at code of a file, absolute, and where that is. */
  toReviewIn(file: string): ToReview[] {
    return [...this.#folders].flatMap(([folder, { checklist }]) => {
      if (!checklist || !contains(checklist.project.root, file)) return [];
      const name = slashed(path.relative(checklist.project.root, file));
      return checklist.checklist.statuses
        .filter(({ state }) => state === "needs-review")
        .flatMap(({ item: { fullId: item, title }, places }) =>
          places
            .filter((place) => place.file === name && place.answer === "unknown")
            .map((place) => ({ folder, item, title, place })),
        );
    });
  }

  /** Looks at all files of all folders, whatever is remembered of them. */
  async lookAgain(): Promise<void> {
    for (const uri of [...this.#folders.keys()]) {
      this.#folders.get(uri)?.checklist?.files.forget();
      this.#reopen(uri);
    }
    await Promise.all(this.#checklists.map(({ files }) => files.scanned));
  }

  async sign({ folder, item, who, ...said }: SignParams): Promise<SignResult> {
    const checklist = this.#folders.get(folder)?.checklist;
    if (!checklist) return { problem: "This folder has no checklist." };
    // What a signature says of the code is said of all of it.
    await checklist.files.scanned;
    const { root, goLiveFile } = checklist.project;
    const status = checklist.checklist.statusOf(item);
    if (!status) return { problem: `The checklist has no item ${item} any more.` };
    const person = who ?? gitIdentity(root);
    if (person === undefined)
      return { problem: "Git does not know who you are: set user.name and user.email." };
    try {
      const signed = await sign(
        { item, who: person, ...said },
        {
          file: goLiveFile,
          now: this.#host.now(),
          commit: headOf(root),
          code: status.code,
          items: checklist.checklist.statuses.map((each) => each.item.fullId),
        },
      );
      checklist.readSignOffs();
      return { signed };
    } catch (error) {
      if (![SignError, JsonFileError, GoLiveWriteError].some((kind) => error instanceof kind)) throw error;
      return { problem: (error as Error).message };
    }
  }

  async report({ folder }: FolderParams): Promise<ReportResult> {
    const open = this.#folders.get(folder);
    if (!open?.checklist) return { problem: open?.problem ?? "This folder has no checklist." };
    const { checklist } = open;
    await checklist.files.scanned;
    const { version, textOf } = this.#host;
    const now = this.#host.now();
    return {
      html: htmlReport(
        await checklistReport(checklist.project, checklist.checklist, { version, now, textOf }),
      ),
    };
  }

  dispose(): void {
    clearInterval(this.#clock);
    for (const uri of [...this.#folders.keys()]) this.#close(uri);
  }

  /** The files of each open folder that can be looked at. */
  get folders(): readonly { readonly folder: string; readonly files: FolderFiles }[] {
    return [...this.#folders].flatMap(([uri, { checklist }]) =>
      checklist ? [{ folder: path.resolve(pathOf(uri)), files: checklist.files }] : [],
    );
  }

  get #checklists(): FolderChecklist[] {
    return [...this.#folders.values()].flatMap(({ checklist }) => checklist ?? []);
  }

  #open(uri: string): void {
    const folder = path.resolve(pathOf(uri));
    const { hosts } = this.#host;
    const changed = (): void => this.#changes.mark(uri);
    let open: Open = { checklist: undefined, problem: undefined };
    try {
      const checklist = new FolderChecklist(folder, {
        ...this.#host,
        changed,
        hostOf: (root) => hosts.of(root),
        importsOf: (file) => hosts.importsOf(file),
      });
      open = { ...open, checklist };
    } catch (error) {
      if (!(error instanceof JsonFileError)) throw error;
      this.#host.log(error.message);
      open = { ...open, problem: error.message };
    }
    this.#folders.set(uri, open);
    changed();
  }

  #close(uri: string): void {
    this.#folders.get(uri)?.checklist?.dispose();
    this.#folders.delete(uri);
  }

  #reopen(uri: string): void {
    this.#close(uri);
    this.#open(uri);
    this.#host.refreshDocuments();
  }

  #send(uri: string): void {
    const open = this.#folders.get(uri);
    if (!open) return;
    const { checklist } = open;
    const problem = open.problem ?? checklist?.problem;
    const signer = checklist && gitIdentity(checklist.project.root);
    this.#host.send({
      folder: uri,
      scanning: checklist?.files.scanning ?? false,
      ...(problem !== undefined && { problem }),
      ...(signer !== undefined && { signer }),
      providers: checklist ? providersMessage(checklist.project, checklist.checklist) : [],
    });
  }
}

function changedIn(checklist: FolderChecklist, files: readonly string[]): void {
  for (const file of files) {
    if (file === checklist.project.goLiveFile) checklist.readSignOffs();
    checklist.files.fileChanged(file);
  }
}
