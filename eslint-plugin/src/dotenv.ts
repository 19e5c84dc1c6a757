import type { File, Language, OkParseResult, SourceLocation, SourceRange } from "@eslint/core";
import { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } from "@eslint/plugin-kit";
import { commentsIn, LineIndex, parseDotenv, type Range } from "@paylint/engine";

interface Placed {
  readonly loc: SourceLocation;
  readonly range: SourceRange;
}

/** `KEY=value`; the node's place is the value's, without quotes. */
export interface DotenvAssignment extends Placed {
  readonly type: "DotenvAssignment";
  readonly key: string;
  /** As the program would read it: unquoted, escapes resolved. */
  readonly value: string;
}

/** From its `#` to the end of the line. */
export interface DotenvComment extends Placed {
  readonly type: "DotenvComment";
  /** What stands behind the `#`. */
  readonly value: string;
}

/** A file of environment variables. */
export interface DotenvFile extends Placed {
  readonly type: "DotenvFile";
  readonly body: readonly DotenvAssignment[];
  readonly comments: readonly DotenvComment[];
}

type DotenvNode = DotenvFile | DotenvAssignment;

interface Types {
  LangOptions: Record<string, never>;
  Code: DotenvSourceCode;
  RootNode: DotenvFile;
  Node: DotenvNode;
}

/** Environment files as a language of ESLint. A line that is no assignment is skipped, as the dotenv package does. */
export const dotenv: Language<Types> = {
  fileType: "text",
  lineStart: 1,
  columnStart: 1,
  nodeTypeKey: "type",
  visitorKeys: { DotenvFile: ["body"], DotenvAssignment: [] },
  validateLanguageOptions() {
    // There are none.
  },
  parse: (file) => ({ ok: true, ast: parse(textOf(file)) }),
  createSourceCode: (file, { ast }: OkParseResult<DotenvFile>) =>
    new DotenvSourceCode({ text: textOf(file), ast }),
};

/** ESLint hands in a language's files as text where it asks for text, without their byte order mark. */
function textOf({ body }: File): string {
  return String(body);
}

function parse(text: string): DotenvFile {
  const lines = new LineIndex(text);
  const at = (offset: number) => {
    const { line, column } = lines.positionAt(offset);
    return { line: line + 1, column: column + 1 };
  };
  const placed = ({ start, end }: Range): Placed => ({
    loc: { start: at(start), end: at(end) },
    range: [start, end],
  });
  const { file } = parseDotenv({ fileName: ".env", text });
  return {
    type: "DotenvFile",
    body: file.entries.map(({ path, value, range }) => ({
      type: "DotenvAssignment",
      key: path[0]!,
      value,
      ...placed(range),
    })),
    comments: commentsIn("dotenv", file).map((comment) => ({
      type: "DotenvComment",
      value: comment.text,
      ...placed(comment.range),
    })),
    ...placed({ start: 0, end: text.length }),
  };
}

const commentParser = new ConfigCommentParser();
const DIRECTIVE = /^eslint-(disable|enable|disable-line|disable-next-line)$/;

class DotenvSourceCode extends TextSourceCodeBase<{
  LangOptions: Types["LangOptions"];
  RootNode: DotenvFile;
  SyntaxElementWithLoc: DotenvNode | DotenvComment;
  ConfigNode: DotenvComment;
}> {
  // The base class declares it and types it as any node.
  declare readonly ast: DotenvFile;

  override getParent(node: DotenvNode | DotenvComment): DotenvFile | undefined {
    return node === this.ast ? undefined : this.ast;
  }

  override *traverse(): Generator<VisitNodeStep> {
    yield new VisitNodeStep({ target: this.ast, phase: 1, args: [this.ast] });
    for (const target of this.ast.body) {
      yield new VisitNodeStep({ target, phase: 1, args: [target, this.ast] });
      yield new VisitNodeStep({ target, phase: 2, args: [target, this.ast] });
    }
    yield new VisitNodeStep({ target: this.ast, phase: 2, args: [this.ast] });
  }

  /** ESLint's own comments, `# eslint-disable-next-line RULE -- REASON` and its like. */
  getDisableDirectives(): { directives: Directive[]; problems: [] } {
    const directives = this.ast.comments.flatMap((node) => {
      const directive = commentParser.parseDirective(node.value);
      const type = DIRECTIVE.exec(directive?.label ?? "")?.[1];
      if (!directive || !type) return [];
      const { value, justification } = directive;
      return [new Directive({ type: type as Directive["type"], node, value, justification })];
    });
    return { directives, problems: [] };
  }
}
