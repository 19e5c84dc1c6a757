import type { Finding, Host, LintResult, RuleSettings, SourceText } from "@paylint/engine";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { eachWithin } from "../project/time-limit.ts";
import type { DocumentState } from "../protocol.ts";
import { documentName } from "./document-name.ts";
import type { DocumentContext } from "./project.ts";

/** What looking at documents needs of the server around it. */
export interface LooksHost {
  /** Takes a document's URI and the path under which it is linted. */
  contextOf(uri: string, name: string): DocumentContext;
  lint(source: SourceText, rules: RuleSettings, host: Host | undefined): LintResult;
  /** Where the other files of a root come from. */
  hostOf(root: string): Host;
  log(line: string): void;
}

/** A document's text and what linting it gave. */
export interface LintedDocument {
  readonly text: string;
  readonly result: LintResult;
  readonly rules: RuleSettings;
}

/** One look at one version of an open document. */
export interface Look {
  /** The path under which it is linted. */
  readonly name: string;
  readonly version: number;
  readonly state: DocumentState;
  /** Undefined when it was not linted, as the state tells. */
  readonly linted?: LintedDocument;
  /** What the document's file names are relative to. */
  readonly root?: string | undefined;
}

/** UTF-16 units; files beyond it are generated or minified, and an editor has to answer while one types. */
const MAX_LENGTH = 1024 * 1024;

/** What one look at a document may take, in milliseconds; ordinary files take a few. */
const TIME_LIMIT = 3_000;

/** The newest look at each open document, which all features share. */
export class Looks {
  readonly #host: LooksHost;
  /** By URI. */
  readonly #kept = new Map<string, Look>();

  constructor(host: LooksHost) {
    this.#host = host;
  }

  /** A look at the text as it stands; undefined for a document of a language that Paylint does not read. */
  at(document: TextDocument): Look | undefined {
    const name = documentName(document.uri, document.languageId);
    if (name === undefined) return undefined;
    const kept = this.#kept.get(document.uri);
    if (kept?.version === document.version && kept.name === name) return kept;
    const look = this.#look(document, name);
    this.#kept.set(document.uri, look);
    return look;
  }

  /** What a document's findings hang on was changed, or the document was closed. */
  forget(uri: string): void {
    this.#kept.delete(uri);
  }

  /** Lints another text in a document's place; undefined where the document cannot be linted. */
  tryText(document: TextDocument, text: string): LintResult | undefined {
    const name = documentName(document.uri, document.languageId);
    return name === undefined || text.length > MAX_LENGTH ? undefined : this.#lint(document.uri, name, text);
  }

  /** Whatever keeps a file from being linted, it has no findings then: old ones would point at other text by now. */
  #look(document: TextDocument, name: string): Look {
    const { uri, version } = document;
    const text = document.getText();
    const skipped = (reason: string): Look => ({ name, version, state: { state: "skipped", reason } });
    if (text.length > MAX_LENGTH) return this.#logged(skipped("larger than 1 MB"));
    try {
      const { root, rules, ignored, settingsBroken } = this.#host.contextOf(uri, name);
      if (ignored) return skipped("left out by paylint.json");
      const result = this.#lint(uri, name, text);
      if (!result) return this.#logged(skipped(`given up after ${TIME_LIMIT / 1000} s`));
      const linted = { text, result, rules };
      return { name, version, state: { state: "checked", settingsBroken }, linted, root };
    } catch (error) {
      this.#host.log(`${name}: not checked, Paylint failed on it: ${placeOf(error)}`);
      return { name, version, state: { state: "failed" } };
    }
  }

  /** Undefined when it took too long. */
  #lint(uri: string, name: string, text: string): LintResult | undefined {
    const { fileName, root, rules } = this.#host.contextOf(uri, name);
    const others = root === undefined ? undefined : this.#host.hostOf(root);
    const lint = () => this.#host.lint({ fileName, text }, rules, others);
    const [result] = eachWithin<typeof lint, LintResult | undefined>(
      TIME_LIMIT,
      [lint],
      (run) => run(),
      () => undefined,
    );
    return result;
  }

  #logged(look: Look): Look {
    if (look.state.state === "skipped") this.#host.log(`${look.name}: not checked, ${look.state.reason}`);
    return look;
  }
}

/** What failed and where in our own code. An error's message may quote the file, and a file may hold secrets. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ +at /.test(line));
  return [error.name, ...frames].join("\n");
}

/** The findings of a look; none when there was no linting. */
export function findingsOf(look: Look | undefined): readonly Finding[] {
  return look?.linted?.result.findings ?? [];
}
