import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { closeAll, codeOf, findings, open, ours, until, workspaceFile } from "./editor.ts";

const RULE = "timing-safe-compare";

/** What can be done about a finding, by the names under which it is reported. */
export const repairCases: Readonly<Record<string, () => Promise<void>>> = {
  async "a quick fix repairs its finding"() {
    const document = await openBroken();
    await apply(await actionOf(document, /^Compare in constant time$/));
    await until(document.uri, `no ${RULE}`, (found) => !found.some((each) => each.startsWith(RULE)));
    assert.match(document.getText(), /timingSafeEqual/);
  },

  async "all that is safe is repaired by one action"() {
    const document = await openBroken();
    const end = document.lineAt(document.lineCount - 1).range.end;
    const whole = new vscode.Range(new vscode.Position(0, 0), end);
    const [action] = await actionsAt(document, whole, "source.fixAll");
    assert(action !== undefined, "nothing is offered");
    await apply(action);
    await until(document.uri, `no ${RULE}`, (found) => !found.some((each) => each.startsWith(RULE)));
  },

  async "the commands of the walkthrough repair, check again and open"() {
    const document = await openBroken();
    await vscode.commands.executeCommand("paylint.fixAll");
    await until(document.uri, `no ${RULE}`, (found) => !found.some((each) => each.startsWith(RULE)));
    await vscode.commands.executeCommand("paylint.checkWorkspace");
    // While the repaired text is in front: it must not outlive this case.
    await closeAll();
    await vscode.commands.executeCommand("paylint.openWalkthrough");
  },

  async "suppressing asks for a reason, and the finding is gone once there is one"() {
    const document = await openBroken();
    await apply(await actionOf(document, new RegExp(`^Suppress ${RULE}`)));
    await until(document.uri, "the finding", (found) => found.some((each) => each.startsWith(RULE)));
    const line = document
      .getText()
      .split(/\r?\n/)
      .findIndex((text) => text.includes("paylint-disable"));
    assert(line >= 0, "there is no comment");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(line).range.end, "both are public");
    await vscode.workspace.applyEdit(edit);
    await until(document.uri, `no ${RULE}`, (found) => !found.some((each) => each.startsWith(RULE)));
  },

  async "a hover explains the finding, with the right way and the standards"() {
    const document = await openBroken();
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      broken(document).range.start,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === "string" ? content : content.value))
      .join("\n");
    for (const part of ["tells an attacker", "Right:", "timingSafeEqual", "CWE-208"])
      assert(text.includes(part), `${part} is missing in:\n${text}`);
  },

  async "the page of a rule opens beside the code, without a network"() {
    const document = await openBroken();
    const { command } = await actionOf(document, new RegExp(`^Explain ${RULE}$`));
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    const page = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: "paylint-rule", path: `/${RULE}.md` }),
    );
    assert.match(page.getText(), new RegExp(`^# ${RULE}\n`));
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.match(activeTab?.label ?? "", new RegExp(RULE));
  },

  async "files that nobody opened are checked, too"() {
    const uri = workspaceFile("app/api/webhooks/mintcash/route.ts");
    assert(vscode.workspace.textDocuments.every((document) => document.uri.path !== uri.path));
    await until(uri, "a finding", (found) => found.length > 0);
  },
};

async function openBroken(): Promise<vscode.TextDocument> {
  const document = await open(workspaceFile("lib/signature.ts"));
  await until(document.uri, RULE, (found) => found.some((each) => each.startsWith(RULE)));
  return document;
}

function broken({ uri }: vscode.TextDocument): vscode.Diagnostic {
  const found = ours(uri).find(({ code }) => codeOf(code) === RULE);
  assert(found, findings(uri).join(", "));
  return found;
}

async function actionOf(document: vscode.TextDocument, title: RegExp): Promise<vscode.CodeAction> {
  const actions = await actionsAt(document, broken(document).range);
  const action = actions.find((each) => title.test(each.title));
  assert(action, `${String(title)} is not offered, but ${actions.map((each) => each.title).join(", ")}`);
  return action;
}

function actionsAt(
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  kind?: string,
): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, range, kind);
}

async function apply({ edit }: vscode.CodeAction): Promise<void> {
  assert(edit !== undefined && (await vscode.workspace.applyEdit(edit)), "the edit was refused");
}
