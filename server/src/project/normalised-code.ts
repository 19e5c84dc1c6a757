import { languageOf, type Range } from "@paylint/engine";

/**
 * The code of a place in a form that stays when the file is moved, renamed or set otherwise: its statement up to its
 * end, without white space, comments, and what formatters choose. What stands in strings is left out, and of files that
 * hold values everything but the value's name: who has a hash of a short secret can find it by trying.
 */
export function normalisedCode(fileName: string, text: string, { start, end }: Range): string {
  const language = languageOf(fileName);
  if (language === "javascript" || language === "vue" || language === "svelte")
    return normalised(tokensUpTo(end, text), start);
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /[\w.$-]+(?=["']?\s*[:=])/.exec(line)?.[0] ?? "";
}

/** Comments and strings are told apart from code, each whole; the rest piece by piece. A string ends with its line. */
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|`(?:\\[^]|[^`\\])*`?|[\w$]+|[ \t\r]+|[^]/g;

interface Token {
  readonly text: string;
  readonly at: number;
}

/** The tokens that begin before an offset; comments and blanks are none, ends of lines are. */
function tokensUpTo(end: number, text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index >= end) break;
    if (!/^(?:\/[/*]|[ \t\r])/.test(token)) tokens.push({ text: token, at: index });
  }
  return tokens;
}

function normalised(tokens: readonly Token[], start: number): string {
  const code = tokens.slice(statementAt(tokens, start)).map(({ text }) => text);
  const solid = code.filter((text) => !/^["'`\n();]/.test(text));
  // Quotes around keys and commas at ends are a matter of style.
  return solid
    .filter((text, at) => {
      const next = solid[at + 1];
      if (text === ",") return next !== undefined && !/^[\]}]/.test(next);
      return text !== ":" && !(next === ":" && /^[\w$]/.test(text));
    })
    .join(" ");
}

/** Tokens after which, or before which, a line's end is not a statement's. */
const GOES_ON = /^[([{,=+\-*/%&|?:<>.!~^]$/;
const WENT_ON = /^[)\]}.,?:&|=+*/%<>]$/;

/** The index of the token with which the statement begins that a place stands in. */
function statementAt(tokens: readonly Token[], start: number): number {
  let at = tokens.findIndex((token) => token.at + token.text.length > start);
  for (at = at < 0 ? tokens.length : at; at > 0; at--) {
    const { text } = tokens[at - 1]!;
    if (/^[;{}]$/.test(text)) return at;
    if (text === "\n" && isEnd(tokens, at - 1)) return at;
  }
  return 0;
}

function isEnd(tokens: readonly Token[], lineEnd: number): boolean {
  const before = tokens[lineEnd - 1]?.text ?? "\n";
  const after = tokens.slice(lineEnd + 1).find(({ text }) => text !== "\n")?.text ?? "";
  if (GOES_ON.test(before) || WENT_ON.test(after)) return false;
  return !(before === ")" && isCondition(tokens, lineEnd - 1));
}

/** Whether a parenthesis closes the condition of a statement that follows it: `if (a)`. */
function isCondition(tokens: readonly Token[], close: number): boolean {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    const { text } = tokens[at]!;
    if (text === ")") depth++;
    if (text === "(" && --depth === 0) return /^(?:if|for|while|with)$/.test(tokens[at - 1]?.text ?? "");
  }
  return false;
}
