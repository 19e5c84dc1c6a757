import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { formatGoLive, type GoLive, parseGoLive, type SignOff } from "../../src/checklist/go-live.ts";
import { makeTree } from "../tree.ts";
import { paylintWith, type Run } from "./run.ts";

const NOW = "2026-06-01T08:00:00.000Z";
const ADA = "Ada Example <ada@example.com>";
const BEN = "Ben Sample <ben@example.com>";

/** A checklist of three items, so that whole runs can be read; the last cannot be taken back. */
const BANK = JSON.stringify({
  id: "house-bank",
  name: "House bank",
  checklist: {
    sections: [
      { id: "code", title: "Code" },
      { id: "acts", title: "Acts" },
    ],
    items: [
      {
        id: "constant-time",
        section: "code",
        title: "Compare signatures in constant time",
        look: "They are.",
        level: "required",
        kind: "check",
        source: { document: "Handbook" },
        rules: ["timing-safe-compare"],
        facts: [{ kind: "secret-comparison", fact: "constantTime" }],
      },
      {
        id: "runbook",
        section: "acts",
        title: "Write a runbook | with pipes",
        look: "It is there.",
        level: "recommended",
        kind: "check",
        shelfLifeDays: 30,
        source: { document: "Handbook" },
      },
      {
        id: "switch",
        section: "acts",
        title: "Switch to live keys",
        look: "Both agree.",
        level: "required",
        kind: "irreversible",
        source: { document: "Handbook" },
      },
    ],
  },
});
const SETTINGS = JSON.stringify({ providers: [], customProviders: ["bank.json"] });

const UNSAFE = `import { createHmac } from "node:crypto";
export function isGenuine(body, signature, key) {
  return signature === createHmac("sha256", key).update(body).digest("hex");
}
`;
const SAFE = UNSAFE.replace("createHmac }", "createHmac, timingSafeEqual }").replace(
  'signature === createHmac("sha256", key).update(body).digest("hex")',
  'timingSafeEqual(Buffer.from(signature), createHmac("sha256", key).update(body).digest())',
);

function project(files: Readonly<Record<string, string>> = {}): string {
  return makeTree({ "paylint.json": SETTINGS, "bank.json": BANK, "src/verify.ts": SAFE, ...files });
}

function run(root: string, ...args: readonly string[]): Promise<Run> {
  const own = { PAYLINT_NOW: NOW, HOME: root, GIT_CONFIG_NOSYSTEM: "1", GIT_AUTHOR_NAME: undefined };
  return paylintWith(
    { ...own, GIT_AUTHOR_EMAIL: undefined, GIT_CONFIG_GLOBAL: undefined, EMAIL: undefined },
    root,
    ...args,
  );
}

function goLiveIn(root: string): GoLive {
  return parseGoLive(readFileSync(path.join(root, "go-live.json"), "utf8")).goLive;
}

const SIGNED: SignOff = { state: "done", who: ADA, when: "2026-05-31T08:00:00.000Z" };
const BOTH = [SIGNED, { ...SIGNED, who: BEN }];

function signed(items: GoLive["items"]): Readonly<Record<string, string>> {
  return { "go-live.json": formatGoLive({ items }) };
}

describe("init", () => {
  const SHOP = {
    "package.json": '{ "dependencies": { "stripe": "^17.0.0" } }',
    "src/pay.ts": 'fetch("https://api.paymongo.com/v1/refunds", {});\n',
    "src/more.ts": 'fetch("https://api.paymongo.com/v1/links", {});\n',
  };

  test("names what it found and writes both files", async () => {
    const root = makeTree(SHOP);
    const { code, stdout, stderr } = await run(root, "init");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("PayMongo: src/more.ts (api.paymongo.com), and 1 other file\n");
    expect(stdout).toContain("Stripe: package.json (stripe)\n");
    expect(JSON.parse(readFileSync(path.join(root, "paylint.json"), "utf8"))).toEqual({
      providers: ["paymongo", "stripe"],
      gate: "required",
    });
    expect(goLiveIn(root).items["paymongo/webhook-raw-body"]).toEqual([]);
  });

  test("leaves what is there, and gives new items their place", async () => {
    const mine = '{ "customProviders": ["bank.json"], "providers": [] } // mine';
    const root = project({ "paylint.json": mine, ...signed({ "house-bank/switch": [SIGNED] }) });
    const first = await run(root, "init");
    expect(first.stdout).toContain("paylint.json is there already and was left as it is.");
    expect(first.stdout).toContain("2 items got a place in it, and nothing else changed.");
    expect(readFileSync(path.join(root, "paylint.json"), "utf8")).toBe(mine);
    expect(goLiveIn(root).items).toEqual({
      "house-bank/constant-time": [],
      "house-bank/runbook": [],
      "house-bank/switch": [SIGNED],
    });
    expect((await run(root, "init")).stdout).toContain(
      "go-live.json is there already and was left as it is.",
    );
  });

  test("takes providers by name", async () => {
    const root = makeTree({});
    expect((await run(root, "init", "--provider", "swap-pay", "--provider", "mintcash")).code).toBe(0);
    expect(readFileSync(path.join(root, "paylint.json"), "utf8")).toContain('"swap-pay",\n    "mintcash"');
  });

  test.each([
    ["no provider is found", {}, ["init"], "No payment provider was found in"],
    ["a provider is mistyped", {}, ["init", "--provider", "paymogno"], 'Did you mean "paymongo"?'],
    ["there is no such folder", {}, ["init", "nowhere"], 'There is no folder "nowhere".'],
    [
      "providers are named beside settings",
      { "paylint.json": "{}" },
      ["init", "--provider", "stripe"],
      "Add the providers to it by hand",
    ],
    [
      "the sign-offs are broken",
      { ...SHOP, "go-live.json": "{" },
      ["init"],
      "go-live.json:1:2: This is no JSON",
    ],
  ])("2 when %s, and nothing is written", async (_, files, args, message) => {
    const root = makeTree(files);
    const { code, stderr } = await run(root, ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(existsSync(path.join(root, "paylint.json"))).toBe("paylint.json" in files);
    expect(existsSync(path.join(root, "go-live.json"))).toBe("go-live.json" in files);
  });
});

describe("status", () => {
  test("tells for people what to look at first", async () => {
    const { code, stdout } = await run(project({ "src/verify.ts": UNSAFE }), "status");
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(1)).toEqual([
      "",
      "House bank  0 of 3 settled, 1 contradicted, 2 open",
      "  Code  0 of 1",
      "    contradicted    house-bank/constant-time  Compare signatures in constant time",
      "                    The code contradicts it at src/verify.ts:3 (timing-safe-compare).",
      "  Acts  0 of 2",
      "",
      "2 open or settled items not listed (--verbose lists them)",
      "Nobody has signed anything: there is no go-live.json yet (paylint init writes one)",
      "",
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[], number, string]>([
    [
      "is open when all is settled",
      signed({ "house-bank/switch": BOTH }),
      ["required"],
      0,
      'The gate "required" is open',
    ],
    [
      "is shut by a contradiction, whoever signed",
      { "src/verify.ts": UNSAFE, ...signed({ "house-bank/switch": BOTH, "house-bank/constant-time": BOTH }) },
      ["required"],
      1,
      "  contradicted    house-bank/constant-time  Compare",
    ],
    [
      "is shut by an act that one person signed",
      signed({ "house-bank/switch": [SIGNED, SIGNED] }),
      ["required"],
      1,
      "  open            house-bank/switch  Switch",
    ],
    [
      "for all is shut by what is recommended",
      signed({ "house-bank/switch": BOTH }),
      ["all"],
      1,
      "  open            house-bank/runbook  Write",
    ],
    [
      "for all is shut by what is stale",
      signed({
        "house-bank/switch": BOTH,
        "house-bank/runbook": [{ ...SIGNED, when: "2026-04-01T08:00:00Z" }],
      }),
      ["all"],
      1,
      "  stale           house-bank/runbook  Write",
    ],
    [
      "is open for what does not grow stale here",
      {
        "paylint.json": JSON.stringify({ providers: [], customProviders: ["bank.json"], shelfLife: false }),
        ...signed({
          "house-bank/switch": BOTH,
          "house-bank/runbook": [{ ...SIGNED, when: "2026-04-01T08:00:00Z" }],
        }),
      },
      ["all"],
      0,
      'The gate "all" is open',
    ],
  ])("the gate %s", async (_, files, [gate], code, line) => {
    const ran = await run(project(files), "status", "--gate", gate!);
    expect(ran.stdout).toContain(line);
    expect([ran.code, ran.stderr]).toEqual([code, ""]);
  });

  test("the gate of the settings holds when none is asked for", async () => {
    const gate = JSON.stringify({ providers: [], customProviders: ["bank.json"], gate: "all" });
    const root = project({ "paylint.json": gate, ...signed({ "house-bank/switch": BOTH }) });
    expect((await run(root, "status")).code).toBe(1);
    expect((await run(root, "status", "--gate", "required")).code).toBe(0);
  });

  test("a folder may be named, and a subfolder belongs to its project", async () => {
    const root = project(signed({ "house-bank/switch": BOTH }));
    const [named, inside] = await Promise.all([
      run(path.dirname(root), "status", root),
      run(path.join(root, "src"), "status"),
    ]);
    expect(named.stdout).toContain("House bank  2 of 3 settled, 1 open");
    expect(inside.stdout).toBe(named.stdout);
  });

  test("tells programs everything", async () => {
    const root = project({
      "src/verify.ts": UNSAFE,
      ...signed({ "house-bank/switch": BOTH, "old/item": [SIGNED] }),
    });
    const { code, stdout } = await run(root, "status", "--format", "json", "--gate", "required");
    const report = JSON.parse(stdout) as { providers: { sections: { items: { id: string }[] }[] }[] };
    expect(code).toBe(1);
    expect(report).toMatchObject({
      commit: null,
      progress: { settled: 1, total: 3, states: { contradicted: 1, done: 1, open: 1 } },
      gate: { name: "required", open: false, heldUpBy: ["house-bank/constant-time"] },
      strays: ["old/item"],
      unread: [],
    });
    expect(report.providers[0]!.sections[0]!.items[0]).toMatchObject({
      id: "house-bank/constant-time",
      state: "contradicted",
      places: [{ file: "src/verify.ts", line: 3, column: 10, answer: "no", ruleId: "timing-safe-compare" }],
    });
  });

  test.each([
    [
      "sign-offs that are broken",
      { "go-live.json": '{\n  "version": 1,\n  "items": [],\n}' },
      "go-live.json:4:1: This is no JSON: property name expected",
    ],
    [
      "a provider that there is not",
      { "paylint.json": '{ "providers": ["strpe"] }' },
      'paylint.json:1:17: There is no provider "strpe": did you mean "stripe"?',
    ],
    ["a broken provider file", { "bank.json": '{ "id": 1 }' }, "bank.json:1:9: id: must be string"],
    ["no provider at all", { "paylint.json": "{}" }, "No payment provider was found in"],
  ])("2 for %s", async (_, files, message) => {
    const { code, stdout, stderr } = await run(project(files), "status");
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([code, stdout]).toEqual([2, ""]);
  });

  test("a file that cannot be read is told", async () => {
    const root = project();
    execFileSync("ln", ["-s", "nowhere.ts", path.join(root, "src", "gone.ts")]);
    expect((await run(root, "status")).stdout).toContain("src/gone.ts could not be read");
  });
});

describe("sign", () => {
  test("records who git says it is, and the commit", async () => {
    const root = project();
    const git = (...args: string[]): string =>
      execFileSync("git", args, {
        cwd: root,
        encoding: "utf8",
        env: { PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: "1" },
      });
    writeFileSync(path.join(root, ".gitconfig"), "[user]\n name = Ada Example\n email = ada@example.com\n");
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "--message=Begin");
    const evidence = "https://example.com/runs/7";
    const { code, stdout } = await run(
      root,
      "sign",
      "house-bank/switch",
      "--note",
      "went well",
      "--evidence",
      evidence,
    );
    expect([code, stdout]).toEqual([
      0,
      "Ada Example signed house-bank/switch as done.\nSwitch to live keys: open. Ada Example signed on 2026-06-01; a second person has to. It waits for two people: this cannot be taken back.\n",
    ]);
    const commit = git("rev-parse", "HEAD").trim();
    expect(goLiveIn(root).items).toEqual({
      "house-bank/constant-time": [],
      "house-bank/runbook": [],
      "house-bank/switch": [{ state: "done", who: ADA, when: NOW, commit, evidence, note: "went well" }],
    });
    const second = await run(root, "sign", "house-bank/switch", "--who", BEN);
    expect(second.stdout).toContain("Switch to live keys: done.");
  });

  test("keeps a stamp of the code, so that a change asks again", async () => {
    const unsure = UNSAFE.replace("createHmac(", "given(");
    const comment = "// paylint-disable-next-line timing-safe-compare -- a public value\n  return";
    const root = project({ "src/verify.ts": UNSAFE.replace("return", comment) });
    const ran = await run(root, "sign", "house-bank/constant-time", "--who", ADA);
    expect(ran.stdout).toContain("Compare signatures in constant time: done.");
    const state = async () => (await run(root, "status", "--verbose")).stdout;
    expect(await state()).toContain("    done            house-bank/constant-time");
    writeFileSync(path.join(root, "src/verify.ts"), unsure);
    expect(await state()).toContain("the code it speaks of has changed since");
  });

  test("tells that the code contradicts what is signed", async () => {
    const root = project({ "src/verify.ts": UNSAFE });
    const { code, stdout } = await run(root, "sign", "house-bank/constant-time", "--who", ADA);
    expect(code).toBe(0);
    expect(stdout).toContain("Compare signatures in constant time: contradicted. The code contradicts it at");
  });

  test.each([
    [
      "a mistyped item",
      ["house-bank/swich"],
      "Did you mean one of these?\n  house-bank/switch  Switch to live keys",
    ],
    ["a part of an id", ["runbook"], "  house-bank/runbook  Write"],
    ["an unknown item", ["nothing/alike"], "paylint status --verbose lists them"],
    ["no reason", ["house-bank/runbook", "--state", "not-applicable", "--who", ADA], "a reason is needed"],
    [
      "an unknown state",
      ["house-bank/runbook", "--state", "ok"],
      "Allowed choices are done, not-applicable, reopened",
    ],
    ["nobody", ["house-bank/runbook"], "Git does not know who you are"],
    [
      "a secret",
      ["house-bank/runbook", "--who", ADA, "--note", ["sk", "live", "Zx81QwPlm93Nbv74TyRk"].join("_")],
      "The note holds what looks like a secret",
    ],
  ])("2 for %s, and nothing is written", async (_, args, message) => {
    const root = project();
    const { code, stderr } = await run(root, "sign", ...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("Zx81QwPlm93Nbv74TyRk");
    expect(code).toBe(2);
    expect(existsSync(path.join(root, "go-live.json"))).toBe(false);
  });
});

describe("the report in Markdown", () => {
  test("tells contradictions in full and every item in a table", async () => {
    const evidence = "https://example.com/runs/7";
    const note = { ...SIGNED, evidence };
    const root = project({
      "src/verify.ts": UNSAFE,
      ...signed({ "house-bank/switch": [note, { ...note, who: BEN }] }),
    });
    const { code, stdout } = await run(root, "report", "--format", "markdown");
    expect(code).toBe(0);
    expect(stdout).toContain("| House bank | 1 of 3 | 1 | 0 | 0 | 1 |\n");
    expect(stdout).toContain(
      "- `house-bank/constant-time` Compare signatures in constant time\n  - `src/verify.ts:3`",
    );
    expect(stdout).toContain(
      "| open | `house-bank/runbook` | Write a runbook \\| with pipes | recommended |",
    );
    expect(stdout).toContain("| Ben Sample, 2026-05-31, <https://example.com/runs/7> |");
    const asStatus = await run(root, "status", "--format", "markdown");
    expect(asStatus.stdout).toBe(stdout);
  });

  test("goes to a file", async () => {
    const root = project();
    const { stdout } = await run(root, "report", "--output", "checklist.md");
    expect(stdout).toBe("");
    expect(readFileSync(path.join(root, "checklist.md"), "utf8")).toMatch(/^# Go-live checklist of /);
  });
});

test("2 when the clock of a test is none", async () => {
  const { code, stderr } = await paylintWith({ PAYLINT_NOW: "noon" }, project(), "status");
  expect([code, stderr]).toEqual([2, 'PAYLINT_NOW holds no time: "noon".\n']);
});
