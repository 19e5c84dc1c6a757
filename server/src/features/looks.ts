import path from "node:path";
import type { Finding, Host, LintResult, RuleSettings, SourceText } from "@paylint/engine";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { dayOf, unknownOf } from "../project/baseline/baseline.ts";
import { digestOf } from "../project/baseline/digest.ts";
import { placeOf } from "../project/errors.ts";
import { eachWithin } from "../project/time-limit.ts";
import type { DocumentState } from "../protocol.ts";
import { documentName } from "./document-name.ts";
import type { DocumentContext } from "./project.ts";
import type { SlowLinter } from "./slow-linter.ts";

/** What looking at documents needs of the server around it. */
export interface LooksHost {
  /** Takes a document's URI and the path under which it is linted. */
  contextOf(uri: string, name: string): DocumentContext;
  lint(source: SourceText, rules: RuleSettings, host: Host | undefined): LintResult;
  /** Lints what takes longer than the thread that answers may wait. */
  readonly slow: SlowLinter;
  /** The newest version of an open document. */
  documentOf(uri: string): TextDocument | undefined;
  /** What the editor holds of files: absolute paths and texts. */
  texts(): readonly (readonly [string, string])[];
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

/** What a look may take on the thread that answers the editor; a longer one begins again on another thread. */
const QUICK = 500;

/** A look, or one that is under way, at a version of a document. */
interface Kept {
  readonly name: string;
  readonly version: number;
  readonly look: Promise<Look>;
}

/** The newest look at each open document, which all features share. */
export class Looks {
  readonly #host: LooksHost;
  /** By URI. */
  readonly #kept = new Map<string, Kept>();
  /** URIs of documents whose last look took too long for this thread. */
  readonly #slow = new Set<string>();

  constructor(host: LooksHost) {
    this.#host = host;
  }

  /** A look at the newest text; undefined for a document that is closed, or that Paylint does not read. */
  async at(uri: string): Promise<Look | undefined> {
    for (;;) {
      const document = this.#host.documentOf(uri);
      const name = document && documentName(uri, document.languageId);
      if (!document || name === undefined) return undefined;
      const { version } = document;
      let kept = this.#kept.get(uri);
      if (kept?.version !== version || kept.name !== name) {
        kept = { name, version, look: this.#look(document, name) };
        this.#kept.set(uri, kept);
      }
      const look = await kept.look;
      // While another thread looked, the text may have been changed.
      if (this.#kept.get(uri) === kept && this.#host.documentOf(uri)?.version === version) return look;
    }
  }

  /** What a document's findings hang on was changed. */
  forget(uri: string): void {
    this.#kept.delete(uri);
  }

  closed(uri: string): void {
    this.#kept.delete(uri);
    this.#slow.delete(uri);
  }

  /** Lints another text in a document's place; undefined where that cannot be done, or not soon. */
  tryText({ uri, languageId }: TextDocument, text: string): LintResult | undefined {
    const name = documentName(uri, languageId);
    if (name === undefined || text.length > MAX_LENGTH || this.#slow.has(uri)) return undefined;
    return this.#lintQuickly(this.#host.contextOf(uri, name), text);
  }

  /** Whatever keeps a file from being linted, it has no findings then: old ones would point at other text by now. */
  async #look(document: TextDocument, name: string): Promise<Look> {
    const { uri, version } = document;
    const text = document.getText();
    const skipped = (reason: string): Look => ({ name, version, state: { state: "skipped", reason } });
    if (text.length > MAX_LENGTH) return this.#logged(skipped("larger than 1 MB"));
    try {
      const context = this.#host.contextOf(uri, name);
      const { root, rules, ignored, settingsBroken, byEslint } = context;
      if (ignored) return skipped("left out by paylint.json");
      const result = await this.#lint(document, context, text);
      if (!result) return this.#logged(skipped(`given up after ${TIME_LIMIT / 1000} s`));
      const linted = { text, result: unknownIn(result, name, context, text), rules };
      const state: DocumentState = { state: "checked", settingsBroken, ...(byEslint && { byEslint }) };
      return { name, version, state, linted, root };
    } catch (error) {
      this.#host.log(`${name}: not checked, Paylint failed on it: ${placeOf(error)}`);
      return { name, version, state: { state: "failed" } };
    }
  }

  /** Undefined when it took too long, or when nobody wants it any more. */
  async #lint(
    { uri, version }: TextDocument,
    context: DocumentContext,
    text: string,
  ): Promise<LintResult | undefined> {
    if (!this.#slow.has(uri)) {
      const result = this.#lintQuickly(context, text);
      if (result) return result;
      this.#slow.add(uri);
    }
    const { fileName, root, rules } = context;
    const begun = performance.now();
    const task = {
      source: { fileName, text },
      rules,
      root,
      documents: this.#host.texts(),
      limit: TIME_LIMIT,
    };
    const result = await this.#host.slow.lint(task, () => this.#host.documentOf(uri)?.version === version);
    if (performance.now() - begun < QUICK / 2) this.#slow.delete(uri);
    return result;
  }

  /** Undefined when it took longer than the thread that answers may wait. */
  #lintQuickly({ fileName, root, rules }: DocumentContext, text: string): LintResult | undefined {
    const others = root === undefined ? undefined : this.#host.hostOf(root);
    const lint = () => this.#host.lint({ fileName, text }, rules, others);
    const [result] = eachWithin<typeof lint, LintResult | undefined>(
      QUICK,
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

/** What linting gave, without the findings that the baseline knows. */
function unknownIn(
  result: LintResult,
  name: string,
  { baseline, fileName }: DocumentContext,
  text: string,
): LintResult {
  if (!baseline) return result;
  const digest = (finding: Finding): string => digestOf(baseline.salt, fileName, text, finding);
  return {
    ...result,
    findings: unknownOf(path.normalize(name), result.findings, digest, baseline, dayOf(new Date())),
  };
}

/** The findings of a look that are ours to show; none when there was no linting. */
export function findingsOf(look: Look | undefined): readonly Finding[] {
  if (look?.state.state === "checked" && look.state.byEslint) return [];
  return look?.linted?.result.findings ?? [];
}
