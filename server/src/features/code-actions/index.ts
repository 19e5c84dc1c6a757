import { CodeActionTriggerKind, type CodeAction, type CodeActionParams } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { diagnosticOf } from "../diagnostic-of.ts";
import type { EditSupport } from "../edits.ts";
import { findingsOf, type Looks } from "../looks.ts";
import type { Addition } from "../setting-files.ts";
import { type ActionSource, touches } from "./actions.ts";
import { explain } from "./explain.ts";
import { fixAll } from "./fix-all.ts";
import { repairs } from "./repairs.ts";
import { suppression } from "./suppression.ts";

/** In the order in which they are offered. */
const SOURCES: readonly ActionSource[] = [repairs, suppression, explain, fixAll];

export const CODE_ACTION_KINDS: readonly string[] = [...new Set(SOURCES.map(({ kind }) => kind))];

/** What code actions need of the server around them. */
export interface CodeActionsHost {
  documentOf(uri: string): TextDocument | undefined;
  readonly looks: Looks;
  readonly edits: EditSupport;
  /** What else changes when a document reads an environment variable that it did not read before. */
  additionsFor(uri: string, setting: string): readonly Addition[];
  /** Whether the client shows the places that belong to a diagnostic. */
  readonly relatedInformation: boolean;
  /** What is offered beside these. */
  readonly further: readonly ActionSource[];
}

/** What can be done about the findings of an open document. */
export class CodeActions {
  readonly #host: CodeActionsHost;

  constructor(host: CodeActionsHost) {
    this.#host = host;
  }

  async at({ textDocument, range, context }: CodeActionParams): Promise<CodeAction[]> {
    const { documentOf, looks, edits, relatedInformation, further } = this.#host;
    const isAsked = context.triggerKind !== CodeActionTriggerKind.Automatic;
    const wanted = [...SOURCES, ...further].filter(
      ({ kind, isCostly }) => isWanted(kind, context.only) && (isAsked || !isCostly),
    );
    if (wanted.length === 0) return [];
    const all = findingsOf(await looks.at(textDocument.uri));
    const document = documentOf(textDocument.uri);
    if (!document) return [];
    const findings = all
      .map((finding) => ({ finding, diagnostic: diagnosticOf(document, finding, relatedInformation) }))
      .filter(({ diagnostic }) => touches(diagnostic.range, range));
    const additionsFor = (setting: string) => this.#host.additionsFor(textDocument.uri, setting);
    const request = { document, range, all, findings, looks, edits, additionsFor };
    return wanted.flatMap((source) => source.actions(request));
  }
}

/** A kind stands for all that begin with it. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only?.some((each) => each === "" || kind === each || kind.startsWith(`${each}.`)) ?? true;
}
