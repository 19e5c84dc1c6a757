import path from "node:path";
import { describe, expect, test } from "vitest";
import { GO_LIVE_FILE, readGoLive } from "../../src/checklist/go-live-file.ts";
import { sign, SignError, type SignRequest } from "../../src/checklist/signing.ts";
import { makeTree } from "../tree.ts";

const REQUEST: SignRequest = { item: "a/one", state: "done", who: "Ada Example <ada@example.com>" };

async function signIn(root: string, change: Partial<SignRequest>) {
  const file = path.join(root, GO_LIVE_FILE);
  const context = { now: new Date("2026-01-31T08:00:00Z"), commit: "0".repeat(40), code: "0123456789abcdef" };
  await sign({ ...REQUEST, ...change }, { file, items: ["a/one"], ...context });
  return readGoLive(file)!.items["a/one"];
}

test("who, when, the commit and the code's stamp are kept", async () => {
  expect(await signIn(makeTree({}), { note: "  seen it\n" })).toEqual([
    {
      state: "done",
      who: REQUEST.who,
      when: "2026-01-31T08:00:00.000Z",
      commit: "0".repeat(40),
      code: "0123456789abcdef",
      note: "seen it",
    },
  ]);
});

test.each([
  ["https://example.com/run/7", "https://example.com/run/7"],
  ["./docs/run.txt", "docs/run.txt"],
])("evidence may be a URL or a file: %s", async (evidence, kept) => {
  expect(await signIn(makeTree({ "docs/run.txt": "" }), { evidence })).toMatchObject([{ evidence: kept }]);
});

/** Put together, so that no scanner takes this file for one with keys. */
const KEY = ["sk", "live", "Zx81QwPlm93Nbv74TyRk"].join("_");

describe("what is refused", () => {
  test.each<[string, Partial<SignRequest>, string]>([
    ["a person without an address", { who: "Ada" }, '"Ada" is no person'],
    ["a person with a line break", { who: "Ada\nExample <ada@example.com>" }, "is no person"],
    ["an item that does not apply, without a reason", { state: "not-applicable" }, "a reason is needed"],
    ["a blank reason", { state: "not-applicable", reason: " " }, "a reason is needed"],
    ["evidence that is not there", { evidence: "docs/none.txt" }, "is neither a URL nor a file"],
    ["evidence outside of the project", { evidence: ".." }, "is neither a URL nor a file"],
    ["a very long note", { note: "x".repeat(2001) }, "The note is longer than 2000 characters"],
    ["a key in the note", { note: `works with ${KEY}` }, "The note holds what looks like a secret"],
    ["a key in the evidence", { evidence: `https://example.com/?k=${KEY}` }, "The evidence holds what looks"],
    ["a key in the reason", { state: "not-applicable", reason: KEY }, "The reason holds what looks"],
    ["a password in a URL", { evidence: "https://ada:hunter2@example.com" }, "password in a URL"],
    ["a private key", { note: `-----BEGIN ${"RSA"} PRIVATE KEY-----` }, "private key"],
  ])("%s", async (_, change, message) => {
    const root = makeTree({});
    const failure = await signIn(root, change).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SignError);
    expect((failure as Error).message).toContain(message);
    expect((failure as Error).message).not.toContain(KEY);
    expect((failure as Error).message).not.toContain("hunter2");
    expect(readGoLive(path.join(root, GO_LIVE_FILE))).toBeUndefined();
  });
});
