import { afterEach, expect, test } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver";
import { UNSAFE } from "../tree.ts";
import { TestClient } from "./client.ts";

let client: TestClient;
afterEach(() => client.stop());

const URI = "file:///shop/pay.js";

async function hover(text: string, line: number, character: number, markdown = true): Promise<Hover | null> {
  const contentFormat = markdown ? ["markdown" as const] : [];
  client = await TestClient.start({ capabilities: { textDocument: { hover: { contentFormat } } } });
  await client.open(URI, text, "javascript");
  await client.diagnostics(URI);
  return hoverAt(line, character);
}

function hoverAt(line: number, character: number): Promise<Hover | null> {
  const asked = { textDocument: { uri: URI }, position: { line, character } };
  return client.request("textDocument/hover", asked) as Promise<Hover | null>;
}

function textOf(hovered: Hover | null): string {
  return (hovered!.contents as MarkupContent).value;
}

test("a finding is explained: why, wrong, right, how, standards, and where to read on", async () => {
  const hovered = await hover(UNSAFE, 3, 20);
  expect(hovered!.contents).toMatchObject({ kind: "markdown" });
  expect(hovered!.range!.start.line).toBe(3);
  const text = textOf(hovered);
  expect(text).toContain("](https://");
  expect(text).toContain("the difference tells an attacker");
  expect(text).toMatch(/Wrong:\n\n```js\n[^`]+```\n\nRight:\n\n```js\n/);
  expect(text).toMatch(/1\. \[line \d+\]\(file:.*#L\d+\): /);
  expect(text).toContain("CWE-208");
  expect(text.length).toBeLessThan(2500);
});

test("away from findings there is none, and a client without Markdown gets text", async () => {
  expect(await hover(UNSAFE, 0, 0, false)).toBeNull();
  expect((await hoverAt(3, 20))!.contents).toMatchObject({ kind: "plaintext" });
});

test("the samples are of the provider and the framework at hand", async () => {
  const handler = (header: string): string => `import express from "express";
import { createHmac } from "node:crypto";
const app = express();
app.post("/hook", (req, res) => {
  const mac = createHmac("sha256", process.env.KEY).update(JSON.stringify(req.body)).digest("hex");
  if (mac !== req.headers["${header}"]) return res.status(401).end();
  res.status(200).end();
});
`;
  const text = textOf(await hover(handler("paymongo-signature"), 5, 10));
  expect(text).toContain("PAYMONGO");
});

test("no secret of the document is in it", async () => {
  const key = ["sk", "live", "NeverSaved".repeat(3)].join("_");
  const text = textOf(await hover(`const stripe = new Stripe("${key}");\n`, 0, 30));
  expect(text).toContain("no-hardcoded-secrets");
  expect(text).not.toContain("NeverSavedNever");
});
