import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { makeTree, UNSAFE } from "../tree.ts";
import { ServedProcess } from "./served.ts";

test("a server that is killed while somebody types leaves the files alone, and the next one goes on", async () => {
  const GO_LIVE = '{ "version": 1, "items": {} }\n';
  const root = makeTree({ "pay.ts": UNSAFE, "go-live.json": GO_LIVE });
  const uri = pathToFileURL(path.join(root, "pay.ts")).href;
  const storage = makeTree({});
  const params = {
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: "shop" }],
    initializationOptions: { checklist: true, storage },
  };
  let text = UNSAFE;
  const first = await ServedProcess.start(params);
  await first.open(uri, text);
  expect(await first.diagnostics(uri)).toHaveLength(1);
  for (let version = 2; version < 100; version++) {
    text = `// ${version}\n${text}`;
    const change = { textDocument: { uri, version }, contentChanges: [{ text }] };
    // What is still to be written when the server is killed never arrives.
    if (version < 50)
      first.connection.sendNotification("textDocument/didChange", change).catch(() => undefined);
    if (version === 50) await first.kill();
  }
  const second = await ServedProcess.start(params);
  await second.open(uri, text, "typescript", 100);
  const diagnostics = await second.diagnostics(uri, 100);
  expect(diagnostics.map(({ range }) => range.start.line)).toEqual([98 + 3]);
  await second.stop();
  expect(readFileSync(path.join(root, "pay.ts"), "utf8")).toBe(UNSAFE);
  expect(readFileSync(path.join(root, "go-live.json"), "utf8")).toBe(GO_LIVE);
});
