import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FolderChecklist } from "../../src/protocol.ts";
import { ADA, BEN } from "../checklist/samples.ts";
import { TestClient } from "./client.ts";

const RAW = "paymongo/webhook-raw-body";
const LAST = "paymongo/live-keys-issued";

const BROKEN = `import { createHmac, timingSafeEqual } from "node:crypto";
export function handler(req, res) {
  const header = req.headers["paymongo-signature"];
  const expected = createHmac("sha256", process.env.PAYMONGO_WEBHOOK_SECRET).update(JSON.stringify(req.body)).digest();
  if (!timingSafeEqual(expected, Buffer.from(header, "hex"))) return res.status(401).end();
  res.status(200).end();
}
`;
const REPAIRED = BROKEN.replace("JSON.stringify(req.body)", "req.rawBody");

let root: string;
let client: TestClient;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), "paylint-checklist-")));
  await write("server/webhook.ts", BROKEN);
});

afterEach(async () => {
  await client.stop();
  await rm(root, { recursive: true, force: true });
});

async function write(name: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), text);
}

function uri(name = ""): string {
  return pathToFileURL(path.join(root, name)).href.replace(/\/$/, "");
}

async function start(initializationOptions: unknown = { checklist: true }): Promise<void> {
  client = await TestClient.start({ folder: uri(), initializationOptions });
}

/** The first word after the look at all files. */
async function scanned(): Promise<FolderChecklist> {
  await client.until(() => client.checklists.at(-1)?.scanning === false);
  return client.checklists.at(-1)!;
}

async function changed(name: string): Promise<void> {
  await client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri(name), type: 2 }] });
}

test("the files of the folder are looked at, and the contradiction is named with its place", async () => {
  await start();
  const { folder, providers } = await scanned();
  expect(folder).toBe(uri());
  expect(providers.map(({ name }) => name)).toEqual(["PayMongo"]);
  const item = await client.item(RAW, ({ state }) => state === "contradicted");
  expect(item.places[0]).toMatchObject({
    uri: uri("server/webhook.ts"),
    file: "server/webhook.ts",
    line: 4,
    answer: "no",
  });
  expect(item.supports).toContain("OWASP ASVS 5.0.0: 4.1.5");
});

test("a client that did not ask gets no checklist", async () => {
  await start({ status: true });
  await client.open(uri("server/webhook.ts"), BROKEN);
  await client.diagnostics(uri("server/webhook.ts"));
  expect(client.checklists).toEqual([]);
  expect(client.watched.filter((glob) => glob.includes("env"))).toEqual([]);
});

test("an edit turns the item without a save, and closing without one turns it back", async () => {
  await start();
  await client.item(RAW, ({ state }) => state === "contradicted");
  await client.open(uri("server/webhook.ts"), BROKEN);
  await client.change(uri("server/webhook.ts"), 2, REPAIRED);
  const { places } = await client.item(RAW, ({ state }) => state === "proved");
  expect(places.map(({ answer }) => answer)).toEqual(["yes"]);
  await client.close(uri("server/webhook.ts"));
  await client.item(RAW, ({ state }) => state === "contradicted");
});

test("what an editor holds counts instead of the disk from the first look on", async () => {
  client = await TestClient.start({ folder: uri(), initializationOptions: { checklist: true } });
  await client.open(uri("server/webhook.ts"), REPAIRED);
  await scanned();
  await client.item(RAW, ({ state }) => state === "proved");
  await write("server/webhook.ts", `${BROKEN}\n`);
  await changed("server/webhook.ts");
  await write("server/second.ts", REPAIRED);
  await changed("server/second.ts");
  const { places } = await client.item(RAW, (item) => item.places.length === 2);
  expect(places.map(({ answer }) => answer)).toEqual(["yes", "yes"]);
});

test("a file that is written, or removed, counts as it is now", async () => {
  await start();
  await scanned();
  await write("server/webhook.ts", REPAIRED);
  await changed("server/webhook.ts");
  await client.item(RAW, ({ state }) => state === "proved");
  await rm(path.join(root, "server/webhook.ts"));
  await changed("server/webhook.ts");
  await client.until(() => client.checklists.at(-1)!.providers.length === 0);
});

test("files that git ignores and installed packages do not count, open or not", async () => {
  await mkdir(path.join(root, ".git"));
  await write(".gitignore", "drafts/\n");
  await write("node_modules/shop/index.ts", BROKEN);
  await start();
  await scanned();
  await client.open(uri("drafts/webhook.ts"), BROKEN);
  await client.diagnostics(uri("drafts/webhook.ts"));
  await client.open(uri("node_modules/shop/index.ts"), BROKEN);
  await client.diagnostics(uri("node_modules/shop/index.ts"));
  await write("server/second.ts", BROKEN);
  await changed("server/second.ts");
  const { places } = await client.item(RAW, (item) => item.places.length > 1);
  expect(places.map(({ file }) => file)).toEqual(["server/second.ts", "server/webhook.ts"]);
});

test("signing writes go-live.json, and the item is done", async () => {
  await start();
  await scanned();
  const answer = await client.ask("paylint/sign", {
    folder: uri(),
    item: LAST,
    state: "done",
    who: ADA,
    note: "Seen.",
  });
  expect(answer).toMatchObject({ signed: { who: ADA, note: "Seen." } });
  const { signOffs, why } = await client.item(LAST, ({ state }) => state === "done");
  expect(why).toContain("Ada Example");
  expect(signOffs).toHaveLength(1);
  const file = JSON.parse(await readFile(path.join(root, "go-live.json"), "utf8")) as {
    items: Record<string, unknown[]>;
  };
  expect(file.items[LAST]).toHaveLength(1);
});

test("where the code does not tell, signing the item as reviewed is offered at the place", async () => {
  const text = BROKEN.replace("JSON.stringify(req.body)", "bodyOf(req)");
  await write("server/webhook.ts", text);
  await start();
  const { title, places } = await client.item(RAW, ({ state }) => state === "needs-review");
  await client.open(uri("server/webhook.ts"), text);
  await client.diagnostics(uri("server/webhook.ts"));
  const offered = async (line: number) => {
    const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
    return (await client.codeActions(uri("server/webhook.ts"), range)).map(({ command }) => command);
  };
  const sign = {
    title: `Sign off as reviewed: ${title}`,
    command: "paylint.checklist.signReviewed",
    arguments: [uri(), RAW],
  };
  expect(await offered(places[0]!.line - 1)).toContainEqual(sign);
  expect(await offered(0)).not.toContainEqual(sign);
});

test("what cannot be taken back needs a second person", async () => {
  await write("paylint.json", '{ "providers": ["paychain-hq"] }');
  await start();
  const { providers } = await scanned();
  const items = providers.flatMap(({ sections }) => sections.flatMap((section) => section.items));
  const { id } = items.find(({ kind }) => kind === "irreversible")!;
  const sign = (who: string) => client.ask("paylint/sign", { folder: uri(), item: id, state: "done", who });
  await sign(ADA);
  expect((await client.item(id, ({ signOffs }) => signOffs.length === 1)).state).toBe("open");
  await sign(ADA);
  expect((await client.item(id, ({ signOffs }) => signOffs.length === 2)).state).toBe("open");
  await sign(BEN);
  expect((await client.item(id, ({ signOffs }) => signOffs.length === 3)).state).toBe("done");
});

test("a signature that is no good is refused in words", async () => {
  await start();
  await scanned();
  const sign = (change: object) =>
    client.ask("paylint/sign", { folder: uri(), item: LAST, state: "done", who: ADA, ...change });
  expect(await sign({ state: "not-applicable" })).toEqual({
    problem: expect.stringContaining("a reason is needed"),
  });
  expect(await sign({ who: "Ada" })).toEqual({ problem: expect.stringContaining("is no person") });
  expect(await sign({ item: "paymongo/no-such" })).toEqual({ problem: expect.stringContaining("no item") });
  expect(await sign({ folder: "file:///elsewhere" })).toEqual({
    problem: expect.stringContaining("no checklist"),
  });
});

test("sign-offs that others write arrive, and a broken file is told and left alone", async () => {
  await start();
  await scanned();
  const signOff = { state: "done", who: BEN, when: "2026-01-31T08:00:00Z" };
  await write("go-live.json", JSON.stringify({ version: 1, items: { [LAST]: [signOff] } }));
  await changed("go-live.json");
  await client.item(LAST, ({ signOffs }) => signOffs.length === 1);
  await write("go-live.json", "<<<<<<< HEAD");
  await changed("go-live.json");
  await client.until(() => client.checklists.at(-1)!.problem !== undefined);
  expect(client.checklists.at(-1)!.problem).toMatch(/go-live\.json:1:1: .*/);
  const answer = await client.ask("paylint/sign", { folder: uri(), item: LAST, state: "done", who: ADA });
  expect(answer).toHaveProperty("problem");
  expect(await readFile(path.join(root, "go-live.json"), "utf8")).toBe("<<<<<<< HEAD");
});

test("settings that change begin the checklist anew; broken ones are told", async () => {
  await start();
  await scanned();
  await write("paylint.json", '{ "providers": ["swap-pay"] }');
  await changed("paylint.json");
  await client.until(() => client.checklists.at(-1)!.providers[0]?.id === "swap-pay");
  await write("paylint.json", '{ "providers": ["swop-pay"] }');
  await changed("paylint.json");
  await client.until(() => client.checklists.at(-1)!.problem !== undefined);
  expect(client.checklists.at(-1)).toMatchObject({
    providers: [],
    problem: expect.stringContaining('did you mean "swap-pay"'),
  });
  expect(await client.ask("paylint/report", { folder: uri() })).toHaveProperty("problem");
  await write("paylint.json", "{}");
  await changed("paylint.json");
  await client.until(() => client.checklists.at(-1)!.providers[0]?.id === "paymongo");
});

test("the report is a page, with the code as the editor holds it", async () => {
  await start();
  await scanned();
  await client.open(uri("server/webhook.ts"), `\n\n${BROKEN}`);
  await client.item(RAW, ({ places }) => places[0]?.line === 6);
  const answer = await client.ask("paylint/report", { folder: uri() });
  expect(answer).toHaveProperty("html");
  const { html } = answer as { html: string };
  expect(html).toContain("<!doctype html>");
  expect(html).toContain("<code>server/webhook.ts:6</code>");
  expect(html).toContain("JSON.stringify(req.body)");
});

test("a folder that is closed is not told of any more", async () => {
  await start();
  await scanned();
  await client.notify("workspace/didChangeWorkspaceFolders", {
    event: { added: [], removed: [{ uri: uri(), name: "shop" }] },
  });
  expect(await client.ask("paylint/report", { folder: uri() })).toEqual({
    problem: "This folder has no checklist.",
  });
});
