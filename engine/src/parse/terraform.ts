import type { SourceText } from "../lint.ts";
import type { Entry, ParsedEntries } from "./entries.ts";

/** Every alternative matches wherever its first characters stand, so that nothing is read twice. */
const TOKEN = new RegExp(
  [
    /#[^\r\n]*|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/,
    /<<-?(?<mark>[A-Za-z_]\w{0,80})[^\S\r\n]{0,80}\r?\n/,
    /"(?<text>(?:[^"\\\r\n]|\\[^\r\n])*)"?/,
    /(?<word>[\w.-]+)/,
    /(?<sign>[{}[\]=:,\r\n])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** Deeper in, names are left out of the path: nobody nests like this. */
const DEEPEST = 50;

/** A block, an object or a list that is being read. */
interface Level {
  readonly isList: boolean;
  /** The names that lead to it. */
  readonly path: readonly string[];
  /** What was read since the last value ended: the words of a block's header, or a name. */
  readonly words: string[];
  /** Whether what comes next is a value of the name, or of the list. */
  assigning: boolean;
}

/**
 * Reads the values of Terraform files and of their variables: `name = "value"` at any depth, with the names of the
 * blocks around it in the path, lists, and heredocs.
 */
export function parseTerraform({ fileName, text }: SourceText): ParsedEntries {
  const entries: Entry[] = [];
  const outer: Level[] = [];
  let level = levelAt([]);
  const tell = (value: string, start: number): void => {
    if (level.assigning)
      entries.push({ path: pathOf(level), value, range: { start, end: start + value.length } });
    else level.words.push(value);
  };
  const tokens = new RegExp(TOKEN);
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    const { mark, text: quoted, word, sign } = match.groups!;
    if (mark !== undefined) {
      const start = tokens.lastIndex;
      const end = endOfHeredoc(text, mark, start);
      tell(text.slice(start, end), start);
      tokens.lastIndex = end;
    } else if (quoted !== undefined) tell(quoted, match.index + 1);
    else if (word !== undefined) tell(word, match.index);
    else if (sign === "=" || sign === ":") level.assigning = true;
    else if (sign === "{" || sign === "[") {
      outer.push(level);
      level = levelAt(pathOf(level), sign === "[");
    } else if (sign === "}" || sign === "]") level = outer.pop() ?? levelAt([]);
    else if (sign !== undefined && !level.isList) level = levelAt(level.path);
  }
  return { file: { fileName, text, entries }, problems: [] };
}

function levelAt(path: readonly string[], isList = false): Level {
  return { isList, path, words: [], assigning: isList };
}

/** Of a block's header only the last label is a name: `resource "aws_lambda_function" "pay"`. */
function pathOf({ path, words }: Level): readonly string[] {
  return path.length < DEEPEST ? [...path, ...words.slice(-1)] : path;
}

/** Where the line with a heredoc's mark begins, or the end of the text. */
function endOfHeredoc(text: string, mark: string, start: number): number {
  const closing = new RegExp(`^[^\\S\\r\\n]*${mark}[^\\S\\r\\n]*$`, "gm");
  closing.lastIndex = start;
  return closing.exec(text)?.index ?? text.length;
}
