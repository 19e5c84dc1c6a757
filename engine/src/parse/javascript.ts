import { parse, type ParseResult, type ParserOptions } from "@babel/parser";
import { analyze } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import { visitorKeys } from "@typescript-eslint/visitor-keys";
import type { Comment } from "../directives.ts";
import type { Module } from "../flow/tree.ts";
import type { Problem, SourceText } from "../lint.ts";
import { blankLine } from "./lines.ts";

export interface ParsedModule {
  /** Undefined when nothing of the file could be read. */
  readonly module: Module | undefined;
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
}

/** How many broken places of a half-typed file are blanked out before the rest is given up. */
const REPAIRS = 5;

/**
 * Parses JavaScript or TypeScript to ESTree and scopes. Half-typed code is the editor's normal state, so the line
 * of a syntax error is blanked and the rest is read again; every error is told as a problem.
 */
export function parseJavaScript(source: SourceText): ParsedModule {
  const problems: Problem[] = [];
  let text = source.text;
  let last = -1;
  for (let attempt = 0; attempt <= REPAIRS; attempt++) {
    try {
      const file = parseFile(text, source.fileName);
      const program = file.program as unknown as TSESTree.Program;
      const sourceType = program.sourceType === "module" ? "module" : "script";
      const scopeManager = analyze(program, { sourceType, lib: [], jsxPragma: null });
      const comments = commentsOf(file);
      const { fileName } = source;
      const module = { fileName, text: source.text, program, scopeManager, visitorKeys, comments };
      return { module, comments, problems };
    } catch (error) {
      if (error instanceof RangeError) {
        problems.push({ message: "The code is nested too deeply to be read", range: { start: 0, end: 0 } });
        break;
      }
      const { message, offset } = describe(error);
      problems.push({ message, range: { start: offset, end: Math.min(offset + 1, text.length) } });
      const repaired = blankLine(text, offset === last ? offset : culprit(text, offset));
      if (repaired === text) break;
      text = repaired;
      last = offset;
    }
  }
  return { module: undefined, comments: [], problems };
}

function parseFile(text: string, fileName: string): ParseResult {
  const options: ParserOptions = {
    sourceType: "unambiguous",
    errorRecovery: true,
    ranges: true,
    // Lines are counted where something is told, and objects for each node would take a fifth of the time.
    locations: false,
    attachComment: false,
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowImportExportEverywhere: true,
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    allowNewTargetOutsideFunction: true,
    plugins: [...dialect(fileName), ...PROPOSALS, "estree"],
  };
  return parse(text, options);
}

/** Syntax that TypeScript takes, and Babel only on request. */
const PROPOSALS = [
  "decorators-legacy",
  "decoratorAutoAccessors",
  "deferredImportEvaluation",
  "sourcePhaseImports",
] as const;

function commentsOf(file: ParseResult): Comment[] {
  return (file.comments ?? []).map((comment) => ({
    text: comment.value,
    range: { start: comment.start!, end: comment.end! },
    block: comment.type === "CommentBlock",
  }));
}

function dialect(fileName: string): NonNullable<ParserOptions["plugins"]> {
  if (/\.(?:[cm]?ts|vue|svelte)$/i.test(fileName)) return ["typescript"];
  // JavaScript is read as TypeScript with JSX: scope analysis wants the tree that this dialect makes.
  return ["typescript", "jsx"];
}

function describe(error: unknown): { message: string; offset: number } {
  const { message, pos } = error as { message: string; pos?: number };
  // Only what the parser says of the text has a place in it; anything else is a fault of ours.
  if (pos === undefined) throw error;
  // Babel appends "(line:column)"; the range says it already.
  return { message: message.replace(/ \(\d+:\d+\)$/, ""), offset: pos };
}

/**
 * Where the fault lies: a line whose first word is unexpected mostly follows one that is not finished
 * (`const a =`, `pay(`), unless the word closes something.
 */
function culprit(text: string, offset: number): number {
  const before = text.slice(0, offset);
  const finished = before.trimEnd();
  const startsLine = /[\n\r]/.test(before.slice(finished.length));
  return startsLine && finished !== "" && !/[)\]}]/.test(text[offset] ?? "}") ? finished.length - 1 : offset;
}
