import { cpSync } from "node:fs";
import path from "node:path";
import type { Linter } from "eslint";
import { expect, test } from "vitest";
import { PARSING, ROUTER } from "../../eslint-plugin/test/mounted.ts";
import { makeTree, UNSAFE } from "../../server/test/tree.ts";
import { byCommandLine, byESLint, byLanguageServer, eslintConfig } from "./front-ends.ts";

/*
 * The same tree through ESLint, the command line and the language server: three programs, one judgement.
 */

const EXAMPLES = path.resolve(import.meta.dirname, "../../examples");
const KEY = ["sk", "live", "GroundCoffeeGroundCoffee"].join("_");
const TEST_KEY = KEY.replace("live", "test");

function copyOf(example: string): string {
  const tree = makeTree({});
  cpSync(path.join(EXAMPLES, example), tree, {
    recursive: true,
    filter: (file) => !/[\\/](?:node_modules|\.next)$/.test(file),
  });
  return tree;
}

/** A test key is told as a warning by a rule that is on as an error; a rule of ESLint has one severity for all it reports. */
const OF_ONE_SEVERITY = / error no-hardcoded-secrets: (?:\S+ ){0,2}[Tt]est secret key /;

function withoutSeverity(finding: string): string {
  return finding.replace(/ (?:error|warning) /, " ");
}

/** `UNSAFE` with a comment in front of its mistake. */
function commented(comment: string): string {
  return UNSAFE.replace("  return", `  ${comment}\n  return`);
}

const SETTINGS = {
  rules: { "timing-safe-compare": "warning", "no-tls-bypass": "off" },
  overrides: [
    { files: ["scripts/"], rules: { "no-hardcoded-secrets": "warning", "timing-safe-compare": "error" } },
  ],
  ignores: ["legacy/"],
};
/** What those settings are in ESLint's own configuration. */
const CHANGES: Linter.Config[] = [
  { ignores: ["legacy/"] },
  {
    files: ["**/*.{js,jsx,ts,tsx}"],
    rules: { "paylint/timing-safe-compare": "warn", "paylint/no-tls-bypass": "off" },
  },
  { files: ["**/.env"], rules: { "paylint/no-tls-bypass": "off" } },
  {
    files: ["scripts/**/*.{js,ts}"],
    rules: { "paylint/no-hardcoded-secrets": "warn", "paylint/timing-safe-compare": "error" },
  },
];

const MIXED = {
  "paylint.json": JSON.stringify(SETTINGS),
  "src/plain.js": UNSAFE,
  "src/windows.ts": `// Zahlungen 💶\n${UNSAFE}`
    .replaceAll("\n", "\r\n")
    .replace("(body, signature, key)", "(body: string, signature: string, key: string)"),
  "src/view.jsx": `export const View = () => <Checkout title="💶" secret="${KEY}" />;\n`,
  "src/webhook.js": ROUTER,
  "src/app.js": PARSING,
  "src/suppressed-by-eslint.js": commented(
    "// eslint-disable-next-line paylint/timing-safe-compare -- both are public",
  ),
  "src/suppressed-by-paylint.js": commented(
    "// paylint-disable-next-line timing-safe-compare -- both are public",
  ),
  "src/suppressed-for-another.js": commented("// paylint-disable-next-line no-float-amounts -- not this one"),
  "src/without-reason.js": commented("// paylint-disable-next-line timing-safe-compare"),
  "src/region.js": `/* eslint-disable paylint/timing-safe-compare -- old code */\n${UNSAFE}/* eslint-enable paylint/timing-safe-compare */\n${UNSAFE.replace(/^import.*\n/, "").replace("isGenuine", "isOurs")}`,
  "scripts/seed.js": `${UNSAFE}export const key = "${KEY}";\n`,
  "legacy/old.js": UNSAFE,
  ".env": `STRIPE=${KEY}\n# paylint-disable-next-line no-hardcoded-secrets -- a sample\nTRIAL=${TEST_KEY}\nNODE_TLS_REJECT_UNAUTHORIZED=0\n`,
  "config/settings.json": `{\n  "stripe": "${KEY}",\n  "test": "${TEST_KEY}"\n}\n`,
  "config/deploy.yml": `env:\n  STRIPE: ${KEY}\n  # paylint-disable-next-line no-hardcoded-secrets -- a sample\n  TRIAL: ${TEST_KEY}\n`,
};

/** Of `MIXED`, by whose comment it is. */
const BY_ESLINT = [
  "src/region.js:5:10 timing-safe-compare",
  "src/suppressed-by-eslint.js:5:10 timing-safe-compare",
];
const BY_PAYLINT = [
  ".env:3:7 no-hardcoded-secrets",
  "config/deploy.yml:4:10 no-hardcoded-secrets",
  "src/suppressed-by-paylint.js:5:10 timing-safe-compare",
];

const TREES = [
  { tree: "the shop", make: () => copyOf("shop"), isClean: false },
  { tree: "the repaired shop", make: () => copyOf("shop-repaired"), isClean: true },
  {
    tree: "a tree with settings and comments",
    make: () => makeTree(MIXED),
    isClean: false,
    changes: CHANGES,
    byESLint: BY_ESLINT,
    byPaylint: BY_PAYLINT,
  },
];

test.each(TREES)("all say the same of $tree", { timeout: 60_000 }, async (each) => {
  const { make, isClean, changes, byESLint: ofESLint = [], byPaylint = [] } = each;
  const tree = make();
  const eslint = await byESLint(tree, eslintConfig(changes));
  const line = await byCommandLine(tree);
  const editor = await byLanguageServer(tree);
  expect(eslint.findings.map(withoutSeverity)).toEqual(line.findings.map(withoutSeverity));
  const otherwise = eslint.findings.filter((_, at) => eslint.findings[at] !== line.findings[at]);
  expect(otherwise.filter((finding) => !OF_ONE_SEVERITY.test(finding))).toEqual([]);
  expect(editor.findings).toEqual(line.findings);
  expect(editor.repairs).toEqual(eslint.repairs);
  expect([line.findings, editor.repairs].map(({ length }) => length === 0)).toEqual([isClean, isClean]);
  // ESLint is not told what Paylint's own comments switch off.
  expect(eslint.suppressed).toEqual(ofESLint);
  expect(line.suppressed).toEqual([...ofESLint, ...byPaylint].sort());
});
