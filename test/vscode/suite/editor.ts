import * as vscode from "vscode";

/** Milliseconds after which something that should happen is given up; nothing waits that long when all is well. */
const PATIENCE = 20_000;

export function workspaceFile(file: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, file);
}

export async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Replaces the whole text of an open document, without saving it. */
export async function write(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${document.uri.path} could not be edited`);
}

/** Closes all that is open; what was not saved is given up, wherever the focus is. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** Our diagnostics of a document, each as `rule:line`, the line counting from 1. */
export function findings(uri: vscode.Uri): string[] {
  return ours(uri).map(({ code, range }) => `${codeOf(code)}:${range.start.line + 1}`);
}

export function ours(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "paylint");
}

export function codeOf(code: vscode.Diagnostic["code"]): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Waits until the findings of a document fulfil a condition; fails with the last ones when they never do. */
export async function until(
  uri: vscode.Uri,
  what: string,
  condition: (findings: readonly string[]) => boolean,
): Promise<void> {
  let listener: vscode.Disposable | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const check = () => {
        if (condition(findings(uri))) resolve();
      };
      listener = vscode.languages.onDidChangeDiagnostics(check);
      timer = setTimeout(() => {
        reject(new Error(`${uri.path}: waited for ${what}; there is [${findings(uri).join(", ")}]`));
      }, PATIENCE);
      check();
    });
  } finally {
    listener?.dispose();
    clearTimeout(timer);
  }
}
