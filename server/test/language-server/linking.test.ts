import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { lintText } from "@paylint/engine";
import { afterEach, describe, expect, test } from "vitest";
import type { ServerParts } from "../../src/app.ts";
import { makeTree } from "../tree.ts";
import { TestClient } from "./client.ts";

let root: string;
let client: TestClient;

afterEach(() => client.stop());

/** Reports a document once for each file that its imports lead to, with that file's text. */
const parts: ServerParts = {
  lint({ fileName, text }, rules, host) {
    const result = lintText({ fileName: "none.txt", text }, rules);
    const specifiers = [...text.matchAll(/import "([^"]+)"/g)].map(([, specifier]) => specifier!);
    const found = specifiers.flatMap((specifier) => host?.find(specifier, fileName) ?? []);
    const importers = text.includes("importers") ? host?.importersOf?.(fileName) : undefined;
    return {
      ...result,
      findings: [...found, ...(importers ?? [])].map((source) => ({
        ruleId: "no-such-rule",
        severity: "error" as const,
        messageId: "m",
        message: source.text,
        range: { start: 0, end: 1 },
      })),
      links: specifiers.map((specifier) => `${specifier.slice(2)}.ts`),
      importersOf: importers ? [fileName] : [],
    };
  },
};

function write(name: string, text: string): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function uri(name = ""): string {
  return pathToFileURL(path.join(root, name)).href.replace(/\/$/, "");
}

async function start(
  files: Readonly<Record<string, string>>,
  initializationOptions: unknown = {},
): Promise<void> {
  root = makeTree(files);
  client = await TestClient.start({
    folder: uri(),
    initializationOptions,
    ...(Object.keys(initializationOptions as object).length === 0 && { parts }),
  });
}

function changed(name: string): Promise<void> {
  return client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri(name), type: 2 }] });
}

/** Waits until the newest report on a document tells these messages. */
async function told(name: string, messages: readonly string[]): Promise<void> {
  const newest = () => client.published.findLast((each) => each.uri === uri(name));
  await client.until(
    () =>
      newest()
        ?.diagnostics.map(({ message }) => message)
        .join("|") === messages.join("|"),
  );
}

describe("an open document", () => {
  test("is linted again when a file that it leads to changes in the editor, unsaved", async () => {
    await start({ "b.ts": "saved" });
    await client.open(uri("a.ts"), `import "./b"`);
    await told("a.ts", ["saved"]);
    await client.open(uri("b.ts"), "opened");
    await told("a.ts", ["opened"]);
    await client.change(uri("b.ts"), 2, "typed");
    await told("a.ts", ["typed"]);
    await client.close(uri("b.ts"));
    await told("a.ts", ["saved"]);
  });

  test("and when the file changes on disk, comes or goes", async () => {
    await start({});
    await client.open(uri("a.ts"), `import "./b"`);
    await told("a.ts", []);
    write("b.ts", "new");
    await changed("b.ts");
    await told("a.ts", ["new"]);
    write("b.ts", "newer");
    await changed("b.ts");
    await told("a.ts", ["newer"]);
    rmSync(path.join(root, "b.ts"));
    await changed("b.ts");
    await told("a.ts", []);
  });

  test("and when specifiers come to mean something else", async () => {
    await start({ "x/b.ts": "x" });
    await client.open(uri("a.ts"), `import "@/b"`);
    await told("a.ts", []);
    write("tsconfig.json", JSON.stringify({ compilerOptions: { paths: { "@/*": ["./x/*"] } } }));
    await changed("tsconfig.json");
    await told("a.ts", ["x"]);
  });

  test("and when a file begins to import it, or ceases to, saved or not", async () => {
    await start({ "a.ts": "", "c.ts": "" });
    await client.open(uri("a.ts"), "importers");
    await told("a.ts", []);
    await client.open(uri("b.ts"), "");
    write("c.ts", `import "./a"; // c`);
    await changed("c.ts");
    await told("a.ts", [`import "./a"; // c`]);
    write("c.ts", "");
    await changed("c.ts");
    await client.open(uri("c.ts"), `import "./a"; // typed`);
    await told("a.ts", [`import "./a"; // typed`]);
  });

  test("is not linted again for a file that it does not lead to", async () => {
    await start({ "b.ts": "", "c.ts": "" });
    await client.open(uri("a.ts"), `import "./b"`);
    await told("a.ts", [""]);
    await client.open(uri("c.ts"), "c");
    await client.diagnostics(uri("c.ts"));
    await client.open(uri("d.ts"), "d");
    await client.diagnostics(uri("d.ts"));
    expect(client.published.filter((each) => each.uri === uri("a.ts"))).toHaveLength(1);
  });
});

describe("the checklist", () => {
  const ITEM = "paymongo/webhook-raw-body";
  const ROUTER = `import { createHmac, timingSafeEqual } from "node:crypto";
import { Router } from "express";
export const router = Router();
router.post("/webhooks/paymongo", (req, res) => {
  const expected = createHmac("sha256", process.env.PAYMONGO_WEBHOOK_SECRET).update(req.body).digest();
  const received = Buffer.from(req.headers["paymongo-signature"], "hex");
  if (!timingSafeEqual(expected, received)) return res.status(401).end();
  res.status(200).end();
});
`;
  const app = (parser: string): string => `import express from "express";
import { router } from "./webhook";
const app = express();
app.use(express.${parser});
app.use(router);
`;
  const PARSING = app("json()");
  const RAW = app('raw({ type: "*/*" })');

  test("counts what the files show together, as they are changed on disk and in the editor", async () => {
    await start({ "webhook.ts": ROUTER, "app.ts": PARSING }, { checklist: true });
    const turns = (contradicted: boolean) =>
      client.item(ITEM, ({ state }) => (state === "contradicted") === contradicted);
    const { places } = await turns(true);
    expect(places.map(({ file }) => file)).toEqual(["webhook.ts"]);
    write("app.ts", RAW);
    await changed("app.ts");
    await turns(false);
    await client.open(uri("app.ts"), RAW);
    await client.change(uri("app.ts"), 2, PARSING);
    await turns(true);
    await client.close(uri("app.ts"));
    await turns(false);
    rmSync(path.join(root, "app.ts"));
    write("second.ts", PARSING);
    await changed("app.ts");
    await changed("second.ts");
    await turns(true);
  });
});
