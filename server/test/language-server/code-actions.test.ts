import path from "node:path";
import { pathToFileURL } from "node:url";
import { lintText, presetSettings } from "@paylint/engine";
import { afterEach, describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver";
import { live } from "../../../engine/test/observe/secrets/fake.ts";
import { makeTree, SAFE, UNSAFE } from "../tree.ts";
import { type StartOptions, TestClient } from "./client.ts";
import { afterAction } from "./edits.ts";

let client: TestClient;
afterEach(() => client.stop());

const URI = "file:///shop/pay.ts";

/** Clients that put versions and cursors into edits. */
const RICH: StartOptions = {
  capabilities: { workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } },
};

/** The actions at the first finding of a text. */
async function actionsFor(
  text: string,
  { uri = URI, language = "typescript", only }: { uri?: string; language?: string; only?: string[] } = {},
  options: StartOptions = {},
): Promise<CodeAction[]> {
  client = await TestClient.start(options);
  await client.open(uri, text, language);
  const [first] = await client.diagnostics(uri);
  return client.codeActions(
    uri,
    first?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    only,
  );
}

function titled(actions: readonly CodeAction[], title: RegExp): CodeAction {
  const found = actions.find((action) => title.test(action.title));
  expect(found, actions.map((action) => action.title).join(", ")).toBeDefined();
  return found!;
}

function rulesIn(fileName: string, text: string): string[] {
  return lintText({ fileName, text }, presetSettings("recommended")).findings.map(({ ruleId }) => ruleId);
}

describe("repairs", () => {
  test("a finding's repair is offered with its diagnostic, and repairs it", async () => {
    const actions = await actionsFor(UNSAFE);
    const action = titled(actions, /^Compare in constant time$/);
    expect(action).toMatchObject({
      kind: "quickfix",
      isPreferred: true,
      diagnostics: [{ code: "timing-safe-compare" }],
    });
    const repaired = afterAction(URI, UNSAFE, action);
    expect(repaired).toContain("timingSafeEqual");
    expect(rulesIn("pay.ts", repaired)).toEqual([]);
  });

  test("edits name the version that they are for, where the client heeds it", async () => {
    const action = titled(await actionsFor(UNSAFE, {}, RICH), /^Compare/);
    expect(action.edit).toMatchObject({ documentChanges: [{ textDocument: { uri: URI, version: 1 } }] });
  });

  test("they are for the text as it is typed, not for an older one", async () => {
    await actionsFor(UNSAFE);
    const text = `\n\n${UNSAFE}`;
    await client.change(URI, 2, text);
    const range = { start: { line: 5, character: 0 }, end: { line: 5, character: 40 } };
    const action = titled(await client.codeActions(URI, range), /^Compare/);
    expect(rulesIn("pay.ts", afterAction(URI, text, action))).toEqual([]);
  });

  test("nothing is offered away from findings, or for files that have none", async () => {
    const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    expect(await actionsFor(SAFE)).toEqual([]);
    await client.open("file:///shop/other.ts", UNSAFE);
    expect(await client.codeActions("file:///shop/other.ts", elsewhere, ["quickfix"])).toEqual([]);
    expect(await client.codeActions("file:///shop/unknown.ts", elsewhere)).toEqual([]);
  });
});

describe("fix all", () => {
  const TWO = `${UNSAFE}export function isGenuineToo(body, signature, key) {
  const expected = createHmac("sha512", key).update(body).digest("hex");
  return signature !== expected;
}
`;

  test("repairs every safe finding of the file in one edit", async () => {
    const actions = await actionsFor(TWO, { only: ["source.fixAll"] });
    expect(actions).toHaveLength(1);
    expect(actions[0]!.kind).toBe("source.fixAll.paylint");
    const repaired = afterAction(URI, TWO, actions[0]!);
    expect(rulesIn("pay.ts", TWO)).toHaveLength(2);
    expect(rulesIn("pay.ts", repaired)).toEqual([]);
  });

  test("leaves alone what a person has to look at", async () => {
    const text = `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_KEY);
export function pay(orderId) {
  return stripe.transfers.create({ amount: 100, destination: "acct_1", currency: "usd", transfer_group: orderId });
}
`;
    expect(await actionsFor(text, { only: ["source.fixAll"] })).toEqual([]);
    titled(
      await client.codeActions(URI, {
        start: { line: 3, character: 0 },
        end: { line: 3, character: 80 },
      }),
      /^Derive the idempotency key/,
    );
  });

  test("is not worked out while somebody only moves the cursor", async () => {
    await actionsFor(TWO);
    const actions = (await client.request("textDocument/codeAction", {
      textDocument: { uri: URI },
      range: { start: { line: 3, character: 0 }, end: { line: 3, character: 40 } },
      context: { diagnostics: [], triggerKind: 2 },
    })) as CodeAction[];
    expect(actions.map(({ kind }) => kind)).not.toContain("source.fixAll.paylint");
    expect(actions.length).toBeGreaterThan(0);
  });
});

describe("suppression", () => {
  test("is not offered where so much is selected that nobody reasons about each", async () => {
    const names = Array.from({ length: 40 }, (_, at) => `K${at}`);
    const text = names.map((name) => `export const ${name} = "${live}";\n`).join("");
    client = await TestClient.start();
    await client.open(URI, text);
    const found = await client.diagnostics(URI);
    expect(found).toHaveLength(names.length);
    const offered = async (lines: number): Promise<string[]> => {
      const range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
      const actions = await client.codeActions(URI, range);
      return actions.map(({ title }) => title).filter((title) => title.startsWith("Suppress"));
    };
    expect(await offered(2)).toHaveLength(2);
    expect(await offered(names.length)).toEqual([]);
  });

  test("puts a comment above that counts once a reason is written, with the cursor there", async () => {
    const action = titled(await actionsFor(UNSAFE, {}, RICH), /^Suppress timing-safe-compare/);
    const text = afterAction(URI, UNSAFE, action);
    expect(text).toContain("\n  // paylint-disable-next-line timing-safe-compare -- |\n  return");
    expect(rulesIn("pay.ts", text.replace("|", ""))).toEqual(["timing-safe-compare"]);
    expect(rulesIn("pay.ts", text.replace("|", "both are public"))).toEqual([]);
  });

  test("of a client without snippets is the same text", async () => {
    const action = titled(await actionsFor(UNSAFE), /^Suppress/);
    expect(afterAction(URI, UNSAFE, action)).toContain("timing-safe-compare -- \n");
  });

  test("adds to a comment that stands there already", async () => {
    const text = UNSAFE.replace(
      "  return",
      "  // paylint-disable-next-line require-https -- a test\n  return",
    );
    const action = titled(await actionsFor(text), /^Suppress/);
    const suppressed = afterAction(URI, text, action);
    expect(suppressed).toContain("-line require-https, timing-safe-compare -- a test\n");
    expect(rulesIn("pay.ts", suppressed)).toEqual([]);
  });

  test("keeps the file's line ends", async () => {
    const text = UNSAFE.replaceAll("\n", "\r\n");
    const suppressed = afterAction(URI, text, titled(await actionsFor(text), /^Suppress/));
    expect(suppressed).not.toMatch(/[^\r]\n/);
  });

  const KEY = ["sk", "live", "NeverSaved".repeat(3)].join("_");

  test("in a dotenv file it is a comment of that", async () => {
    const uri = "file:///shop/.env";
    const text = `A=1\nSTRIPE_KEY=${KEY}\n`;
    const action = titled(await actionsFor(text, { uri, language: "dotenv" }), /^Suppress/);
    const suppressed = afterAction(uri, text, action).replace(" -- ", " -- revoked");
    expect(suppressed).toContain("# paylint-disable-next-line no-hardcoded-secrets");
    expect(rulesIn(".env", suppressed)).toEqual([]);
  });

  test.for([
    ["deploy.yaml", "yaml", (key: string) => `env:\n  STRIPE_KEY: ${key}\n`, "  # paylint-disable-next-line"],
    ["app.toml", "toml", (key: string) => `stripe_key = "${key}"\n`, "# paylint-disable-next-line"],
    ["pay.sh", "shellscript", (key: string) => `export STRIPE_KEY=${key}\n`, "# paylint-disable-next-line"],
    [
      "Pay.vue",
      "vue",
      (key: string) => `<script setup>\n  const k = "${key}";\n</script>\n`,
      "  // paylint-disable-next-line",
    ],
  ] as const)("in %s it is a comment of that", async ([name, language, textOf, comment]) => {
    const uri = `file:///shop/${name}`;
    const text = textOf(KEY);
    const suppressed = afterAction(uri, text, titled(await actionsFor(text, { uri, language }), /^Suppress/));
    expect(suppressed).toContain(`${comment} no-hardcoded-secrets -- `);
    expect(rulesIn(name, suppressed.replace(" -- ", " -- revoked"))).toEqual([]);
  });

  test("plain JSON knows no comments", async () => {
    const uri = "file:///shop/payments.json";
    const actions = await actionsFor(`{ "apiKey": "${KEY}" }\n`, { uri, language: "json" });
    expect(actions.map(({ title }) => title)).toEqual(["Explain no-hardcoded-secrets"]);
  });

  test("between the elements of JSX it is a comment of that", async () => {
    const uri = "file:///shop/pay.jsx";
    const text = `export const Pay = () => (
  <form>
    <input value={"${KEY}"} />
  </form>
);
`;
    const action = titled(await actionsFor(text, { uri, language: "javascriptreact" }), /^Suppress/);
    expect(afterAction(uri, text, action)).toContain(
      "    {/* paylint-disable-next-line no-hardcoded-secrets --  */}\n",
    );
  });
});

describe("explain", () => {
  test("is a command of the server, which opens the page that ships with it", async () => {
    const { command } = titled(
      await actionsFor(UNSAFE, {}, { capabilities: { window: { showDocument: { support: true } } } }),
      /^Explain/,
    );
    expect(client.initialized.capabilities.executeCommandProvider!.commands).toEqual([command!.command]);
    await client.request("workspace/executeCommand", command);
    expect(client.shown).toEqual([expect.stringMatching(/^file:.*\/rules\/timing-safe-compare\.md$/)]);
    await client.request("workspace/executeCommand", { ...command, arguments: ["../../secret"] });
    expect(client.shown).toHaveLength(1);
  });

  test("of a client with a command of its own is left to it, and the page is handed out", async () => {
    const initializationOptions = { explain: true };
    const { command } = titled(await actionsFor(UNSAFE, {}, { initializationOptions }), /^Explain/);
    expect(command).toMatchObject({ command: "paylint.explain", arguments: ["timing-safe-compare"] });
    expect(client.initialized.capabilities.executeCommandProvider).toBeUndefined();
    const { markdown } = await client.ask("paylint/rulePage", { rule: "timing-safe-compare" });
    expect(markdown).toMatch(/^# timing-safe-compare\n/);
    expect(markdown).not.toMatch(/<!--|^```js /m);
    expect(await client.ask("paylint/rulePage", { rule: "none" })).toEqual({});
  });
});

describe("a setting that a repair reads anew", () => {
  const CAPABILITIES = { documentChanges: true, resourceOperations: ["create" as const] };

  /** The texts that the repair of a key gives other files, by their names; null for one that it makes. */
  async function others(files: Record<string, string>, capabilities: object): Promise<string[]> {
    const root = makeTree({ ...files, "pay.ts": "" });
    const options = {
      folder: pathToFileURL(root).href,
      capabilities: { workspace: { workspaceEdit: capabilities } },
    };
    const uri = pathToFileURL(path.join(root, "pay.ts")).href;
    const text = `import Stripe from "stripe";\nexport const stripe = new Stripe("${live}");\n`;
    const action = titled(
      await actionsFor(text, { uri }, options),
      /^Read STRIPE_SECRET_KEY from the environment$/,
    );
    expect(JSON.stringify(action)).not.toContain(live.slice(8));
    return (action.edit?.documentChanges ?? []).flatMap((change) => {
      if (!("edits" in change)) return [`make ${path.basename("uri" in change ? change.uri : "")}`];
      const { uri: other } = change.textDocument;
      return other === uri
        ? []
        : change.edits.map((edit) => `${path.basename(other)} ${JSON.stringify(edit)}`);
    });
  }

  const at = (line: number, text: string) =>
    JSON.stringify({
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      newText: text,
    });

  test("is listed without its value, and git ignores the file that will hold it", async () => {
    expect(await others({ ".env.example": "A=\n", ".gitignore": "dist\n" }, CAPABILITIES)).toEqual([
      `.env.example ${at(1, "STRIPE_SECRET_KEY=\n")}`,
      `.gitignore ${at(1, ".env\n")}`,
    ]);
  });

  test("files are made by a client that can, and by others they are left alone", async () => {
    expect(await others({ ".gitignore": ".env\n" }, CAPABILITIES)).toEqual([
      "make .env.example",
      `.env.example ${at(0, "STRIPE_SECRET_KEY=\n")}`,
    ]);
    await client.stop();
    expect(await others({}, { documentChanges: true })).toEqual([]);
    await client.stop();
    expect(await others({ ".env.example": "" }, {})).toEqual([]);
  });
});
