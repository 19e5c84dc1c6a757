import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { checklistCases } from "./checklist-cases.ts";
import { closeAll, codeOf, findings, open, ours, until, workspaceFile, write } from "./editor.ts";
import { type Mistake, mistakes, nameOf } from "./mistakes.ts";
import { repairCases } from "./repair-cases.ts";
import { serverProcesses } from "./server-process.ts";

/** What is tried, by name. */
export const cases: Readonly<Record<string, () => Promise<void>>> = {
  ...checklistCases,
  ...repairCases,
  ...Object.fromEntries(mistakes.map((mistake) => [nameOf(mistake), () => breakRepairBreak(mistake)])),

  async "a key in a .env file is found"() {
    const { uri } = await open(workspaceFile(".env"));
    await until(uri, "a finding", (found) => found.some((each) => each.startsWith("no-hardcoded-secrets:")));
  },

  async "a text that was never saved is checked, and forgotten when it is closed"() {
    const secret = ["sk", "live", "NeverSavedNeverSavedNeverSaved"].join("_");
    const content = `const stripe = new Stripe("${secret}");\n`;
    const document = await vscode.workspace.openTextDocument({ language: "javascript", content });
    await vscode.window.showTextDocument(document);
    await until(document.uri, "the key", (found) => found.includes("no-hardcoded-secrets:1"));
    await closeAll();
    await until(document.uri, "nothing", (found) => found.length === 0);
  },

  async "a server that was killed comes back and checks what is open"() {
    const { uri, before } = await openWithFindings();
    const [server] = serverProcesses();
    assert(server !== undefined, "no server runs");
    process.kill(server, "SIGKILL");
    await comesBack(uri, before);
    assert(!serverProcesses().includes(server));
  },

  async "the command Restart Server brings up another server"() {
    const { uri, before } = await openWithFindings();
    const [server] = serverProcesses();
    const back = comesBack(uri, before);
    await vscode.commands.executeCommand("paylint.restartServer");
    await back;
    assert(!serverProcesses().includes(server!));
    assert.equal(serverProcesses().length, 1);
  },
};

async function breakRepairBreak(mistake: Mistake): Promise<void> {
  const document = await open(workspaceFile(mistake.file));
  const { uri } = document;
  const broken = document.getText();
  const expected = `${mistake.rule}:${lineOf(broken, mistake.line)}`;
  await until(uri, expected, (found) => found.includes(expected));
  const before = findings(uri);
  for (const { code, message } of ours(uri)) {
    assert(typeof code === "object" && code.target.path.endsWith(`/${code.value}.md`), "no link to the page");
    assert(message.length > 40, `${codeOf(code)}: the message explains nothing`);
  }

  const twin = vscode.Uri.joinPath(workspaceFile("../shop-repaired"), mistake.file);
  await write(document, new TextDecoder().decode(await vscode.workspace.fs.readFile(twin)));
  await until(uri, "nothing", (found) => found.length === 0);
  assert(document.isDirty, "only the editor holds the repaired text");

  await write(document, broken);
  await until(uri, before.join(", "), (found) => found.join() === before.join());
}

/** The number of the only line that holds a text, from 1. */
function lineOf(text: string, part: string): number {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => line.includes(part));
  assert(
    at >= 0 && at === lines.findLastIndex((line) => line.includes(part)),
    `${part}: not on just one line`,
  );
  return at + 1;
}

async function openWithFindings(): Promise<{ uri: vscode.Uri; before: readonly string[] }> {
  const { uri } = await open(workspaceFile("lib/signature.ts"));
  await until(uri, "findings", (found) => found.length > 0);
  return { uri, before: findings(uri) };
}

/** The diagnostics of a dead server go; those of the next one are the same. */
async function comesBack(uri: vscode.Uri, before: readonly string[]): Promise<void> {
  await until(uri, "nothing", (found) => found.length === 0);
  await until(uri, before.join(", "), (found) => found.join() === before.join());
}
