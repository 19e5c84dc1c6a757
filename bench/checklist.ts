// `npm run bench:checklist`: how long the sidebar waits for an edit, beside a look at the whole workspace, in one run.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import type { FolderChecklist, InitializationOptions } from "../server/src/protocol.ts";

const FILES = 5_000;
const EDITS = 200;
/** Milliseconds at the 95th percentile. */
const GOAL = 150;
const root = path.resolve(import.meta.dirname, "..");
const SERVER = path.join(root, "server/bin/paylint-language-server.js");
const shops = { broken: "examples/shop", repaired: "examples/shop-repaired" };
/** A handler that the twin repairs in a way the checklist sees. */
const HANDLER = "server/webhooks/paymongo.ts";

const workspace = mkdtempSync(path.join(tmpdir(), "paylint-bench-"));
const server = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
try {
  makeWorkspace();
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  const whole = await firstLook(connection);
  const edits = (await editInTurn(connection)).sort((a, b) => a - b);
  const at = (share: number): number => edits[Math.min(edits.length - 1, Math.floor(edits.length * share))]!;
  console.log(`${FILES} files; ${EDITS} edits, each one turning items of the checklist`);
  console.log(`first look at all files       ${whole.toFixed(0)} ms`);
  console.log(`edit to checklist, median     ${at(0.5).toFixed(1)} ms`);
  console.log(`edit to checklist, 95th       ${at(0.95).toFixed(1)} ms   goal: at most ${GOAL} ms`);
  console.log(`first look : edit (95th)      ${(whole / at(0.95)).toFixed(0)} x`);
} finally {
  server.kill();
  rmSync(workspace, { recursive: true, force: true });
}

/** Shops, and modules without payments, as many files as wanted. */
function makeWorkspace(): void {
  cpSync(path.join(root, shops.broken), path.join(workspace, "shop"), {
    recursive: true,
    filter: (file) => !file.includes("node_modules"),
  });
  const paying = readFileSync(path.join(root, shops.repaired, HANDLER), "utf8");
  for (let file = 0; file < FILES; file++) {
    const text =
      file % 50 === 0 ? paying : `export const label${file} = (name: string) => name + " ${file}";\n`;
    writeFileSync(path.join(workspace, `module-${file}.ts`), text);
  }
}

async function firstLook(connection: ProtocolConnection): Promise<number> {
  const initializationOptions: InitializationOptions = { checklist: true };
  const uri = pathToFileURL(workspace).href;
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: uri,
    capabilities: {},
    workspaceFolders: [{ uri, name: "bench" }],
    initializationOptions,
  });
  const start = performance.now();
  const done = checklistWhere(connection, ({ scanning }) => !scanning);
  await connection.sendNotification("initialized", {});
  await done;
  return performance.now() - start;
}

/** Breaks and repairs a handler in turn; returns what each edit took until the checklist said so, in milliseconds. */
async function editInTurn(connection: ProtocolConnection): Promise<number[]> {
  const texts = [shops.repaired, shops.broken].map((shop) =>
    readFileSync(path.join(root, shop, HANDLER), "utf8"),
  );
  const uri = pathToFileURL(path.join(workspace, "shop", HANDLER)).href;
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "typescript", version: 0, text: texts[1]! },
  });
  const took: number[] = [];
  for (let version = 1; version <= EDITS; version++) {
    const changed = checklistWhere(connection, () => true);
    const start = performance.now();
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ text: texts[(version + 1) % 2]! }],
    });
    await changed;
    took.push(performance.now() - start);
  }
  return took;
}

function checklistWhere(
  connection: ProtocolConnection,
  fits: (told: FolderChecklist) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const listening = connection.onNotification("paylint/checklist", (told: FolderChecklist) => {
      if (!fits(told)) return;
      listening.dispose();
      resolve();
    });
  });
}
