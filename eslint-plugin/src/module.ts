import type { Comment, Module } from "@paylint/engine";
import type { Rule, SourceCode } from "eslint";

/**
 * The engine's view of the file that ESLint lints. Offsets agree because ESLint strips a byte order mark from the
 * text before it is parsed.
 */
export function moduleOf(context: Rule.RuleContext): Module {
  const { sourceCode } = context;
  const { text, ast, scopeManager, visitorKeys } = sourceCode;
  return {
    fileName: fileNameOf(context),
    text,
    program: ast as unknown as Module["program"],
    scopeManager: scopeManager as unknown as Module["scopeManager"],
    visitorKeys,
    get comments() {
      return commentsOf(sourceCode);
    },
  };
}

/** The name below ESLint's working directory: what folders above it are called says nothing about a file. */
export function fileNameOf({ filename, cwd }: Rule.RuleContext): string {
  const [name, base] = [filename, `${cwd}/`].map((path) => path.replaceAll("\\", "/")) as [string, string];
  return name.startsWith(base) ? name.slice(base.length) : name;
}

export function commentsOf(sourceCode: SourceCode): Comment[] {
  return sourceCode.getAllComments().map(({ type, value, range }) => ({
    text: value,
    range: { start: range![0], end: range![1] },
    block: type === "Block",
  }));
}
