import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireProgram } from "../../tools/programs.ts";

const root = path.resolve(import.meta.dirname, "../..");
const SERVER = path.join(root, "server/bin/paylint-language-server.js");

const UNSAFE = `import { createHmac } from "node:crypto";
export function isGenuine(body, signature, key) {
  const expected = createHmac("sha256", key).update(body).digest("hex");
  return signature === expected;
}
`;

/** What the session in Neovim writes. */
interface Said {
  readonly problem?: string;
  readonly findings?: readonly string[];
  readonly repaired?: string;
  readonly restarted?: readonly string[];
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "paylint-neovim-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("Neovim shows findings, applies a repair, and goes on with another server", async () => {
  const file = path.join(folder, "pay.js");
  await writeFile(file, UNSAFE);
  const { problem, findings, repaired, restarted } = await session(file);
  expect(problem).toBeUndefined();
  expect(findings).toEqual(["timing-safe-compare"]);
  expect(repaired).toContain("timingSafeEqual(");
  expect(restarted).toEqual(["timing-safe-compare"]);
  expect(await readFile(file, "utf8")).toBe(UNSAFE);
});

/** Runs Neovim without any settings but those of our documentation. */
async function session(file: string): Promise<Said> {
  const docs = await readFile(path.join(root, "docs/editors.md"), "utf8");
  const config = /^## Neovim$[^]*?^```lua\n([^]*?)^```$/m.exec(docs)![1]!;
  const report = path.join(folder, "report.json");
  const script = path.join(import.meta.dirname, "session.lua");
  await promisify(execFile)(
    requireProgram("neovim"),
    ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "filetype on", "-c", `luafile ${script}`],
    {
      cwd: folder,
      timeout: 120_000,
      env: {
        ...process.env,
        HOME: folder,
        XDG_STATE_HOME: folder,
        XDG_CACHE_HOME: folder,
        PAYLINT_CONFIG: config,
        PAYLINT_SERVER: [process.execPath, SERVER].map((part) => JSON.stringify(part)).join(", "),
        PAYLINT_FILE: file,
        PAYLINT_REPORT: report,
      },
    },
  );
  return JSON.parse(await readFile(report, "utf8")) as Said;
}
