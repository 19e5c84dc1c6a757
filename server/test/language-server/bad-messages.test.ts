import { afterEach, expect, test } from "vitest";
import { framed, TestClient } from "./client.ts";

let client: TestClient;
afterEach(() => client.stop());

const URI = "file:///shop/pay.ts";

async function stillServes(): Promise<void> {
  await client.open(URI, "const total = 1;");
  expect(await client.diagnostics(URI)).toEqual([]);
}

test("a request for something that the server does not do is refused", async () => {
  client = await TestClient.start();
  await expect(client.request("textDocument/rename", {})).rejects.toThrow(/unhandled method/i);
  await stillServes();
});

test.for([
  ["textDocument/didOpen", {}],
  ["textDocument/didOpen", { textDocument: { uri: 7, languageId: null, version: "x", text: 1 } }],
  ["textDocument/didChange", { textDocument: { uri: URI } }],
  [
    "textDocument/didChange",
    { textDocument: { uri: URI, version: 2 }, contentChanges: [{ text: "unopened" }] },
  ],
  ["textDocument/didClose", { textDocument: null }],
  ["paylint/unheard-of", { of: "us" }],
] as const)("%s with %j does no harm", async ([method, params]) => {
  client = await TestClient.start();
  await client.notify(method, params);
  await stillServes();
});

test.for([
  ["a body that is no JSON", framed("{ nothing")],
  ["a message that is no message", framed("[]")],
  ["an answer to no question", framed(`{"jsonrpc":"2.0","id":99,"result":null}`)],
] as const)("%s does no harm", async ([, bytes]) => {
  client = await TestClient.start();
  client.write(bytes);
  await stillServes();
});
