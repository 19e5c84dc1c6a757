import type { Range } from "./flow/tree.ts";
import type { Problem } from "./lint.ts";
import { LineIndex } from "./parse/lines.ts";
import { rules } from "./rules/index.ts";
import type { Finding } from "./rules/rule.ts";

/** A comment of any of the languages that Paylint reads. */
export interface Comment {
  /** What stands between the delimiters. */
  readonly text: string;
  /** Where the comment stands, its delimiters included. */
  readonly range: Range;
  /** Written as a block, slash and star, rather than to the end of the line. */
  readonly block: boolean;
}

/** A finding that a comment of the file switches off. */
export interface SuppressedFinding extends Finding {
  readonly suppression: {
    /** What the comment gives as the reason; ESLint's own comments may give none. */
    readonly reason: string | undefined;
    /** Where the comment stands. */
    readonly range: Range;
  };
}

export interface Resolution {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Directives that suppress nothing, and why. */
  readonly problems: readonly Problem[];
}

/** Whose comments count: `paylint-disable…`, or ESLint's own, which ESLint resolves by itself when it runs. */
export type Dialect = "paylint" | "eslint";

/**
 * Divides the findings of a file by its comments: `paylint-disable-next-line RULES -- REASON`, `paylint-disable-line`,
 * the pair `paylint-disable` and `paylint-enable`, and the same four of ESLint, where our rules are `paylint/RULE`.
 * Without RULES all rules are meant. Paylint's own comments need a reason, or they suppress nothing.
 */
export function resolveDirectives(
  text: string,
  comments: readonly Comment[],
  findings: readonly Finding[],
  dialects: readonly Dialect[] = ["paylint", "eslint"],
): Resolution {
  const problems: Problem[] = [];
  const directives: Directive[] = [];
  for (const comment of comments) {
    const directive = readDirective(comment);
    if (!directive || !dialects.includes(directive.dialect)) continue;
    const flaw = flawOf(directive);
    if (flaw) problems.push({ message: flaw, range: comment.range });
    else directives.push(directive);
  }
  if (directives.length === 0) return { findings, suppressed: [], problems };
  const lines = new LineIndex(text);
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const directive = suppressing(finding, directives, lines);
    if (!directive) kept.push(finding);
    else suppressed.push({ ...finding, suppression: { reason: directive.reason, range: directive.range } });
  }
  return { findings: kept, suppressed, problems };
}

/** Whether a text can hold one of Paylint's own directives; ESLint's need no look where nothing was found. */
export function mentionsDirective(text: string): boolean {
  return text.includes("paylint-disable");
}

interface Directive {
  readonly dialect: Dialect;
  readonly action: "disable-next-line" | "disable-line" | "disable" | "enable";
  /** The rules' ids; undefined for all. */
  readonly rules: readonly string[] | undefined;
  readonly reason: string | undefined;
  readonly range: Range;
}

const DIRECTIVE = /^\s*(paylint|eslint)-(disable-next-line|disable-line|disable|enable)(?=\s|$)([^]*)$/;
const REASON = /(?:^|\s)-{2,}(?:\s|$)/;

function readDirective(comment: Comment): Directive | undefined {
  const match = DIRECTIVE.exec(comment.text);
  if (!match) return undefined;
  const dialect = match[1] as Dialect;
  const action = match[2] as Directive["action"];
  // ESLint reads these two in block comments only.
  if (dialect === "eslint" && !comment.block && (action === "disable" || action === "enable"))
    return undefined;
  const rest = match[3]!;
  const split = REASON.exec(rest);
  const names = (split ? rest.slice(0, split.index) : rest)
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const reason = (split ? rest.slice(split.index + split[0].length) : "").trim() || undefined;
  const ours = dialect === "eslint" ? names.filter((name) => name.startsWith("paylint/")) : names;
  if (names.length > 0 && ours.length === 0) return undefined;
  const ids = ours.map((name) => name.replace(/^paylint\//, ""));
  return { dialect, action, rules: ids.length > 0 ? ids : undefined, reason, range: comment.range };
}

/** Why a directive does not count; undefined when it does. */
function flawOf({ dialect, action, rules: ids, reason }: Directive): string | undefined {
  if (dialect === "eslint") return undefined;
  const example = [`paylint-${action}`, ids?.join(", ")].filter(Boolean).join(" ");
  if (action !== "enable" && reason === undefined)
    return `This comment gives no reason, so it suppresses nothing. Say why the code is safe: ${example} -- REASON`;
  const strange = ids?.find((id) => !rules.some((rule) => rule.id === id));
  if (strange === undefined) return undefined;
  return `Paylint has no rule "${strange}", so this comment counts for nothing. Write rule ids separated by commas, then -- and the reason`;
}

/** The directive that switches a finding off, the nearest to it first; a finding stands on the line it begins on. */
function suppressing(
  finding: Finding,
  directives: readonly Directive[],
  lines: LineIndex,
): Directive | undefined {
  const { start } = finding.range;
  const { line } = lines.positionAt(start);
  const concerned = directives.filter(({ rules: ids }) => !ids || ids.includes(finding.ruleId));
  const onLine = concerned.find(({ action, range }) => {
    if (action === "disable-line") return lines.positionAt(range.start).line === line;
    if (action === "disable-next-line") return lines.positionAt(range.end).line + 1 === line;
    return false;
  });
  return onLine ?? openBlock("paylint", concerned, start) ?? openBlock("eslint", concerned, start);
}

/** The block directive of a dialect that is open at an offset. */
function openBlock(
  dialect: Dialect,
  directives: readonly Directive[],
  offset: number,
): Directive | undefined {
  const last = directives.findLast(
    ({ dialect: own, action, range }) =>
      own === dialect && (action === "disable" || action === "enable") && range.end <= offset,
  );
  return last?.action === "disable" ? last : undefined;
}
