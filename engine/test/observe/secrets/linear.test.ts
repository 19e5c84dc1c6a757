import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { analyse } from "scslre";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { lintText } from "../../../src/lint.ts";
import { generalKinds } from "../../../src/observe/secrets/general-kinds.ts";
import { entryKeywords, keywords } from "../../../src/observe/secrets/keywords.ts";
import { keyPatterns } from "../../../src/providers/index.ts";
import { random } from "./fake.ts";

const source = path.resolve(import.meta.dirname, "../../../src");

/** How a regular expression could take more than linear time, by the static checker. */
function flaws({ source, flags }: { source: string; flags: string }): string[] {
  return analyse({ source, flags: flags.replace("d", "") }).reports.map(
    ({ type, character }) => `${type} on ${character.literal.source} in /${source}/`,
  );
}

describe("by a static checker", () => {
  it.each(["parse", "observe/secrets"])("every regular expression in %s/ is linear", (folder) => {
    const found = literalsUnder(path.join(source, folder));
    expect(found.length).toBeGreaterThan(20);
    expect(found.flatMap(flaws)).toEqual([]);
  });

  it("so are the shapes of keys, and what files are searched for first", () => {
    const shapes = [
      ...keyPatterns().map(({ pattern }) => pattern),
      ...generalKinds.map(({ pattern }) => new RegExp(pattern)),
      ...[keywords, entryKeywords],
    ];
    expect(shapes.flatMap(flaws)).toEqual([]);
  });

  it("which sees what is not", () => {
    expect(flaws(/-(?:a+b?)+-/)).not.toEqual([]);
    expect(flaws(/a+b/)).not.toEqual([]);
  });
});

function literalsUnder(folder: string): RegExp[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    if (!name.endsWith(".ts")) return [];
    const file = ts.createSourceFile(
      name,
      readFileSync(path.join(folder, name), "utf8"),
      ts.ScriptTarget.ESNext,
    );
    const found: RegExp[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const [, pattern = "", flags = ""] = /^\/([^]*)\/(\w*)$/.exec(node.text) ?? [];
        found.push(new RegExp(pattern, flags));
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}

/** Beginnings of what the scanner looks for, of which none ever ends. */
const NOISE = [
  ...[
    "sk_live_",
    "sk_live_aB3",
    "a",
    "secret",
    "payment_secret=",
    "secret: ",
    "paymentSecretKey ",
    "PRIVATE_KEY",
  ],
  ...["a=", 'a="', "a='", 'a="\\', '\\"', "k:\n ", '- "', "[a", "ENV A ", "name: A_SECRET\nvalue: "],
  ...["<script ", '<script "', "<!--", "{{", "{% ", "```\n", "> - ", "<<A\n", "<<A", "{", "[", "/*"],
  ...["-----BEGIN RSA PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----AAAA", "-----", "MII"],
  ...[
    "postgres://a:b",
    "://a:",
    "eyJaaaaaaaaaaa.",
    "c2tfbGl2",
    "0123456789abcdef",
    "0x",
    "seedling ",
    "mnemonic = ",
  ],
  ...["AKIA", "sk-aT3BlbkFJ", "xoxb-", "ghp_", "1234567890:AA", "# paylint-disable-next-line -- x\n"],
  ...["-", "a.", " ", "\n", "\t", "\r", "#"],
];
const MEGABYTE = 1_000_000;

/** A scanner that takes time squared would take hours for these. */
describe.each(["a.ini", ".env", "a.sh", "a.tf", "a.vue"])(
  "a megabyte as %s is searched to its end",
  (fileName) => {
    const secretsIn = (piece: string) => {
      const text = piece.repeat(MEGABYTE / piece.length);
      return lintText({ fileName, text }, {}, undefined, new Set(["secret"])).observations.length;
    };
    it("of noise", { timeout: 300_000 }, () => {
      expect(NOISE.filter((piece) => secretsIn(piece) > 0)).toEqual([]);
    });

    it("of keys", { timeout: 300_000 }, () => {
      expect(secretsIn(`sk_live_${random(24)} `)).toBeGreaterThan(20_000);
    });
  },
);
