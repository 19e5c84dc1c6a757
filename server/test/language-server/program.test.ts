import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createProtocolConnection, type InitializeResult } from "vscode-languageserver-protocol/node";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const program = path.resolve(import.meta.dirname, "../../src/language-server.ts");

test.for([{ flags: [] }, { flags: ["--stdio"] }])(
  "the program with $flags speaks over its streams and ends when told to",
  async ({ flags }) => {
    const server = spawn(process.execPath, [program, ...flags], { stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(server.stdout, server.stdin);
    connection.listen();
    const params = { processId: process.pid, rootUri: null, capabilities: {} };
    const { serverInfo } = await connection.sendRequest<InitializeResult>("initialize", params);
    expect(serverInfo).toEqual({ name: "paylint", version: manifest.version });
    const ended = once(server, "exit");
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    expect(await ended).toEqual([0, null]);
    connection.dispose();
  },
);

test("the program ends when its client is gone", async () => {
  const server = spawn(process.execPath, [program], { stdio: ["pipe", "ignore", "inherit"] });
  await once(server, "spawn");
  const ended = once(server, "exit");
  server.stdin.end();
  expect(await ended).toEqual([1, null]);
});
