import * as vscode from "vscode";
import type { Ask } from "./checklist/ask.ts";

const SCHEME = "paylint-rule";

/** The rules' documentation as documents that cannot be written to, and the command that opens one as a page. */
export function registerRulePages(ask: Ask): vscode.Disposable {
  const content: vscode.TextDocumentContentProvider = {
    async provideTextDocumentContent({ path }) {
      const { markdown } = await ask("paylint/rulePage", { rule: path.replace(/^\/|\.md$/g, "") });
      return markdown;
    },
  };
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, content),
    vscode.commands.registerCommand("paylint.explain", async (rule: string) => {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    }),
  );
}
