import * as vscode from "vscode";
import type { Ask } from "./checklist/ask.ts";

/** What the commands beside those of the checklist need. */
export interface CommandParts {
  readonly ask: Ask;
  readonly log: vscode.LogOutputChannel;
  restart(): void;
}

const WALKTHROUGH = "paylint.paylint-vscode#start";

export function registerCommands({ ask, log, restart }: CommandParts): vscode.Disposable {
  const on = (name: string, run: () => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`paylint.${name}`, run);
  return vscode.Disposable.from(
    on("restartServer", restart),
    on("showLog", () => log.show()),
    on("fixAll", fixAll),
    on("checkWorkspace", () => ask("paylint/checkWorkspace", null)),
    on("openWalkthrough", () =>
      vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false),
    ),
  );
}

/** By way of the editor, which says so when there is nothing to repair. */
async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.codeAction", {
    kind: "source.fixAll.paylint",
    apply: "ifSingle",
  });
}
