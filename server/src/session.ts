import path from "node:path";
import type { ClientCapabilities, Connection } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import manifest from "../package.json" with { type: "json" };
import { Checklists } from "./features/checklist.ts";
import { CodeActions } from "./features/code-actions/index.ts";
import { signOffs } from "./features/code-actions/sign-offs.ts";
import { Diagnostics } from "./features/diagnostics.ts";
import { documentName, fileOf, isOnDisk } from "./features/document-name.ts";
import { editSupportOf } from "./features/edits.ts";
import { Hosts } from "./features/hosts.ts";
import { Hovers } from "./features/hover.ts";
import { Looks, type LooksHost } from "./features/looks.ts";
import { Memories } from "./features/memories.ts";
import type { OpenDocuments } from "./features/open-documents.ts";
import { beginProgress } from "./features/progress.ts";
import { Project } from "./features/project.ts";
import { PullDiagnostics } from "./features/pull-diagnostics.ts";
import type { RulePages } from "./features/rule-pages.ts";
import { type Addition, additionsForSetting } from "./features/setting-files.ts";
import { SlowLinter } from "./features/slow-linter.ts";
import { WorkspaceDiagnostics } from "./features/workspace-diagnostics.ts";
import { maskSecrets } from "./project/masking.ts";
import { textIn } from "./project/regular-file.ts";
import { BASELINE_FILE } from "./project/baseline/baseline-file.ts";
import { SETTINGS_FILE } from "./project/settings.ts";
import type { InitializationOptions, ServerNotifications } from "./protocol.ts";

/** Modules of worker threads, beside this file, as source and as a bundle. */
const WORKER = new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url);
const DOCUMENT_WORKER = new URL(`./document-worker${path.extname(import.meta.url)}`, import.meta.url);

/** What decides over how and whether files are looked at, or told of. */
const SETTINGS = new RegExp(
  `/(?:${[SETTINGS_FILE, BASELINE_FILE].map((name) => name.replace(".", "\\.")).join("|")}|eslint\\.config\\.[cm]?[jt]s)$`,
);

/** Milliseconds for which changes are gathered before the client is told that there are some. */
const REFRESH = 200;

export interface SessionParts {
  readonly connection: Connection;
  readonly capabilities: ClientCapabilities;
  readonly wanted: InitializationOptions;
  readonly documents: OpenDocuments;
  readonly pages: RulePages;
  readonly lint: LooksHost["lint"];
}

/** The features of the server as one client asked for them, and what keeps them in step. */
export class Session {
  readonly #parts: SessionParts;
  readonly #project: Project;
  readonly #hosts: Hosts;
  readonly #diagnostics: Diagnostics;
  /** Runs until the client is told that documents have other findings. */
  #refresh: NodeJS.Timeout | undefined;
  readonly #slow = new SlowLinter(DOCUMENT_WORKER);
  readonly checklists: Checklists;
  readonly codeActions: CodeActions;
  readonly hovers: Hovers;
  readonly pullDiagnostics: PullDiagnostics;
  readonly workspaceDiagnostics: WorkspaceDiagnostics;
  /** Whether the client asks for diagnostics, instead of being told. */
  readonly pulls: boolean;
  #begun = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { capabilities, documents, pages, lint } = parts;
    const { textDocument } = capabilities;
    this.pulls = textDocument?.diagnostic !== undefined;
    const relatedInformation =
      (this.pulls ? textDocument?.diagnostic : textDocument?.publishDiagnostics)?.relatedInformation ?? false;
    const log = this.#log;
    this.#project = new Project(log);
    this.#hosts = new Hosts(documents);
    const looks = new Looks({
      contextOf: (uri, name) => this.#project.contextOf(uri, name),
      lint,
      hostOf: (root) => this.#hosts.of(root),
      slow: this.#slow,
      documentOf: (uri) => documents.of(uri),
      texts: () => documents.texts(),
      log,
    });
    this.checklists = this.#makeChecklists();
    this.#diagnostics = this.#makeDiagnostics(looks, relatedInformation);
    const documentOf = (uri: string) => documents.of(uri);
    this.codeActions = new CodeActions({
      documentOf,
      looks,
      edits: editSupportOf(capabilities),
      additionsFor: (uri, setting) => this.#additionsFor(uri, setting),
      relatedInformation,
      further: parts.wanted.checklist ? [signOffs(this.checklists)] : [],
    });
    const markdown = textDocument?.hover?.contentFormat?.includes("markdown") ?? false;
    this.hovers = new Hovers({ documentOf, looks, pages, markdown });
    this.workspaceDiagnostics = new WorkspaceDiagnostics({
      folders: () => this.checklists.folders,
      isOpen: (file) => documents.isOpen(file),
      relatedInformation,
    });
    this.pullDiagnostics = new PullDiagnostics({
      documentOf,
      diagnosticsOf: (uri) => this.#diagnostics.of(uri),
      workspace: this.workspaceDiagnostics,
    });
  }

  /** Whether all files of the open folders are looked at, and not only open ones. */
  get looksAtFolders(): boolean {
    return this.tellsOfFolders || this.#parts.wanted.checklist === true;
  }

  /** Whether the client is told what files hold that nobody opened. */
  get tellsOfFolders(): boolean {
    return this.pulls && this.#parts.wanted.workspace !== false;
  }

  /** Whether the editor runs ESLint was told. */
  eslint(runs: boolean): void {
    this.#project.eslintRuns(runs);
    this.#refreshAll();
  }

  /** The client can be asked and told things now. */
  begin(folders: readonly string[]): void {
    this.#begun = true;
    if (this.looksAtFolders) this.checklists.changeFolders(folders, []);
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    this.#project.changeFolders(added, removed);
    if (!this.#begun) return;
    if (this.looksAtFolders) this.checklists.changeFolders(added, removed);
    this.#refreshAll();
  }

  opened(): void {
    // Some clients tell of no changes on disk.
    this.#hosts.filesChanged();
  }

  changed(document: TextDocument): void {
    this.#textChanged(document.uri);
    this.#diagnostics.refresh(document);
  }

  closed(document: TextDocument): void {
    this.#hosts.filesChanged();
    this.#textChanged(document.uri);
    this.#diagnostics.close(document);
    const name = documentName(document.uri, document.languageId);
    if (name !== undefined && isOnDisk(document.uri)) this.checklists.documentClosed(path.normalize(name));
    if (isOnDisk(document.uri)) this.workspaceDiagnostics.documentClosed(fileOf(document.uri));
  }

  filesChanged(uris: readonly string[]): void {
    const areSettings = uris.some((uri) => SETTINGS.test(uri));
    if (areSettings) this.#project.forgetSettings();
    if (areSettings || uris.some((uri) => uri.endsWith("/.gitignore"))) this.#refreshAll();
    const files = uris.filter(isOnDisk).map(fileOf);
    this.#hosts.filesChanged();
    for (const file of files) this.#diagnostics.fileChanged(file, () => this.#hosts.importsOf(file));
    this.checklists.filesChanged(files);
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#refresh);
    this.checklists.dispose();
    await this.#slow.dispose();
  }

  readonly #log = (line: string): void => this.#parts.connection.console.warn(maskSecrets(line));

  #additionsFor(uri: string, setting: string): readonly Addition[] {
    const file = isOnDisk(uri) ? fileOf(uri) : undefined;
    const root = file === undefined ? undefined : this.#project.folderOf(file);
    if (file === undefined || root === undefined) return [];
    const { documents } = this.#parts;
    return additionsForSetting(setting, file, root, (other) => documents.textOf(other) ?? textIn(other));
  }

  #textChanged(uri: string): void {
    if (!isOnDisk(uri)) return;
    const file = fileOf(uri);
    this.#hosts.documentChanged(file);
    this.#diagnostics.fileChanged(file, () => this.#hosts.importsOf(file));
    this.checklists.documentChanged(file);
  }

  #refreshAll(): void {
    for (const document of this.#parts.documents.all()) this.#diagnostics.refresh(document);
    this.#othersChanged();
  }

  /** Clients ask for all that is open then, so they are not told at each key that is typed. */
  #othersChanged(): void {
    const { connection, capabilities } = this.#parts;
    if (!this.pulls || !capabilities.workspace?.diagnostics?.refreshSupport) return;
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      connection.languages.diagnostics.refresh().catch(() => {});
    }, REFRESH);
  }

  #makeDiagnostics(looks: Looks, relatedInformation: boolean): Diagnostics {
    const { connection, documents, wanted } = this.#parts;
    return new Diagnostics({
      documentOf: (uri) => documents.of(uri),
      looks,
      publish: (diagnosed) => {
        if (!this.pulls) void connection.sendDiagnostics(diagnosed);
      },
      othersChanged: () => this.#othersChanged(),
      status: (status) => {
        if (wanted.status) this.#notify("paylint/status", status);
      },
      linted: (name, linted) => this.checklists.documentLinted(path.normalize(name), linted),
      relatedInformation,
    });
  }

  #makeChecklists(): Checklists {
    const { connection, capabilities, documents, wanted } = this.#parts;
    const memories =
      wanted.storage === undefined ? undefined : new Memories(wanted.storage, manifest.version, WORKER);
    return new Checklists({
      worker: WORKER,
      version: manifest.version,
      now: () => new Date(),
      send: (checklist) => {
        if (wanted.checklist) this.#notify("paylint/checklist", checklist);
      },
      textOf: (file) => documents.textOf(file),
      hosts: this.#hosts,
      memoryOf: (root, context) => memories?.of(root, context),
      progress: (root) => beginProgress(connection, capabilities, `Paylint looks at ${path.basename(root)}`),
      refreshDocuments: () => this.#refreshAll(),
      findingsChanged: () => this.workspaceDiagnostics.changed(),
      log: this.#log,
      tell: (line) => connection.console.info(maskSecrets(line)),
    });
  }

  #notify<Method extends keyof ServerNotifications>(
    method: Method,
    params: ServerNotifications[Method],
  ): void {
    void this.#parts.connection.sendNotification(method, params);
  }
}
