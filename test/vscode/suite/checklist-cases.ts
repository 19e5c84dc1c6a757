import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { open, workspaceFile, write } from "./editor.ts";

interface Entry {
  readonly id: string;
  readonly state: string;
  readonly places: readonly { readonly file: string; readonly answer: string }[];
}

/** What the extension tells of a row of the checklist. */
interface Row {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly context: string;
  readonly checked: boolean | undefined;
  readonly children: readonly string[];
  readonly target?: { readonly entry: Entry };
}

/** Milliseconds between two looks, and after which something is given up. */
const PAUSE = 50;
const PATIENCE = 30_000;

const RAW = "paymongo/webhook-raw-body";

export const checklistCases: Readonly<Record<string, () => Promise<void>>> = {
  async "the checklist shows what the code of the shop contradicts"() {
    const row = await item(RAW, ({ state }) => state === "contradicted");
    assert.match(row.description, /^server\/.*:\d+/);
    assert.equal(row.checked, undefined, "a signature would change nothing");
    await vscode.commands.executeCommand("paylint.checklist.openEvidence", row.id);
    const editor = vscode.window.activeTextEditor!;
    assert(row.description.startsWith(vscode.workspace.asRelativePath(editor.document.uri)));
    assert.equal(editor.selection.start.line + 1, Number(/:(\d+)/.exec(row.description)![1]));
  },

  async "repairing the handler in the editor ends the contradiction without a save"() {
    await repair(RAW, "needs-review");
  },

  async "repairing the comparison in the editor proves the item without a save"() {
    await repair("paymongo/webhook-constant-time", "proved");
  },

  async "no parent has a checkbox"() {
    await item(RAW, () => true);
    const parents = (await rows()).filter(({ context }) => /^(?:folder|provider|section)$/.test(context));
    assert(parents.length > 5);
    for (const { label, checked, children } of parents) {
      assert.equal(checked, undefined, label);
      assert(children.length > 0);
    }
  },

  async "the filters show open and required items only"() {
    await item(RAW, () => true);
    const count = async (): Promise<number> => (await rows()).filter(({ target }) => target).length;
    const all = await count();
    await vscode.commands.executeCommand("paylint.checklist.showRequired");
    const required = await count();
    await vscode.commands.executeCommand("paylint.checklist.showAll");
    assert(required > 0 && required < all);
    assert.equal(await count(), all);
  },
};

/** Repairs in the editor the files that contradict an item, as in the repaired shop, then breaks them again. */
async function repair(id: string, state: string): Promise<void> {
  const { target } = await item(id, (entry) => entry.state === "contradicted");
  const against = target!.entry.places.filter(({ answer }) => answer === "no");
  const broken: [vscode.TextDocument, string][] = [];
  for (const file of new Set(against.map((place) => place.file))) {
    const document = await open(workspaceFile(file));
    broken.push([document, document.getText()]);
    const twin = vscode.Uri.joinPath(workspaceFile("../shop-repaired"), file);
    await write(document, new TextDecoder().decode(await vscode.workspace.fs.readFile(twin)));
    assert(document.isDirty);
  }
  await item(id, (entry) => entry.state === state);
  for (const [document, text] of broken) await write(document, text);
  await item(id, (entry) => entry.state === "contradicted");
  await vscode.workspace.saveAll();
}

async function rows(): Promise<readonly Row[]> {
  const extension = vscode.extensions.getExtension<{ checklistRows(): readonly Row[] }>(
    "paylint.paylint-vscode",
  );
  assert(extension, "the extension is not installed");
  return (await extension.activate()).checklistRows();
}

/** The row of an item once it fulfils a condition. */
async function item(id: string, condition: (entry: Entry) => boolean): Promise<Row> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const row = (await rows()).find(({ context, target }) => context !== "place" && target?.entry.id === id);
    if (row && condition(row.target!.entry)) return row;
    if (Date.now() > end)
      throw new Error(`${id}: waited in vain; it is ${row ? row.target!.entry.state : "not shown"}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
