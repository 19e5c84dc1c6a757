/**
 * Makes the files of a new rule.
 *
 *     npm run new-rule -- no-foo-bar --observes secret-comparison
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import type { ObservationKind, ObservationOf } from "../engine/src/observe/observation.ts";
import { write } from "./generate.ts";
import { exportName, pageOf } from "./generate-rules.ts";

const root = path.resolve(import.meta.dirname, "..");

/** The facts of each kind of observation that rules judge. */
const FACTS: {
  readonly [Kind in ObservationKind]: readonly (keyof ObservationOf<Kind>)[];
} = {
  "signed-payload": ["raw"],
  "secret-comparison": ["constantTime"],
  amount: ["exact"],
  "money-call": ["idempotent"],
  recipient: ["trusted"],
  secret: ["outside"],
  "webhook-handler": [
    "verified",
    "unskippable",
    "deduplicated",
    "modeChecked",
    "acknowledged",
    "tolerant",
    "refetched",
  ],
  "signature-check": ["awaited", "fresh"],
  "return-page": ["confirmed"],
  "log-entry": ["discreet"],
  "tls-setting": ["checked"],
  address: ["encrypted", "discreet"],
  "browser-exposure": ["hidden"],
  "setting-fallback": ["live"],
  "payment-url": ["untouched"],
  "error-answer": ["discreet"],
  "environment-setting": ["consistent"],
};

/** What a rule judges: a kind of observation, and the fact of it that has to be yes. */
interface Judged {
  readonly kind: ObservationKind;
  readonly fact: string;
}

const JUDGED = new Map(
  Object.entries(FACTS).flatMap(([kind, facts]) =>
    facts.map((fact): [string, Judged] => [
      facts.length > 1 ? `${kind}.${fact}` : kind,
      { kind: kind as ObservationKind, fact },
    ]),
  ),
);

function ruleSource(id: string, { kind, fact }: Judged): string {
  return `import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const ${exportName(id)} = defineRule({
  id: "${id}",
  meta: {
    description: "disallow or require something; say in one sentence what",
    severity: "warning",
    // A new rule starts outside the presets, until real code has shown that it is right when it speaks.
    presets: [],
    languages: ["javascript"],
    cwe: [],
    standards: { asvs: [], pci: [], api: [] },
    messages: {
      ${fact}: "Say what is wrong. Say why it costs money. Say what to do.",
    },
    schema: {},
  },
  observes: "${kind}",
  defaultOptions: {},
  check({ ${fact} }) {
    if (${fact}?.answer !== "no") return undefined;
    return { messageId: "${fact}", range: ${fact}.range, related: relatedOf(${fact}) };
  },
});
`;
}

function testSource(id: string, { kind, fact }: Judged): string {
  return `import { describe, expect, test } from "vitest";
import type { Answer, ObservationOf } from "../../src/observe/observation.ts";
import { ${exportName(id)} as rule } from "../../src/rules/${id}.ts";

function reported(answer: Answer): string | undefined {
  const range = { start: 0, end: 1 };
  const observation = { kind: "${kind}", range, ${fact}: { answer, range, steps: [] } };
  const report = rule.check(observation as unknown as ObservationOf<"${kind}">, rule.defaultOptions);
  return report?.messageId;
}

describe("${id}", () => {
  test.each<Answer>(["yes", "unknown"])("is silent when the fact is %s", (answer) => {
    expect(reported(answer)).toBeUndefined();
  });

  test("reports when the fact is no", () => {
    expect(reported("no")).toBe("${fact}");
  });
});
`;
}

function pageSource(): string {
  return `<!-- begin header: written by npm run generate -->
<!-- end header -->

## Why it costs money

## Wrong

\`\`\`js wrong

\`\`\`

## Right

\`\`\`js right

\`\`\`

## When Paylint does not know

<!-- begin footer: written by npm run generate -->
<!-- end footer -->
`;
}

function parseCommand(): { id: string; judged: Judged } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { observes: { type: "string" } },
  });
  const [id] = positionals;
  if (!id || !/^[a-z]+(?:-[a-z]+)+$/.test(id)) {
    throw new Error("Give the rule an id of at least two lower-case words, such as no-foo-bar");
  }
  const judged = JUDGED.get(values.observes ?? "");
  if (!judged) throw new Error(`Say what the rule judges: --observes ${[...JUDGED.keys()].join(" | ")}`);
  return { id, judged };
}

async function main(): Promise<void> {
  const { id, judged } = parseCommand();
  const files = new Map([
    [path.join(root, `engine/src/rules/${id}.ts`), ruleSource(id, judged)],
    [path.join(root, `engine/test/rules/${id}.test.ts`), testSource(id, judged)],
    [pageOf(id), pageSource()],
  ]);
  for (const file of files.keys()) if (existsSync(file)) throw new Error(`${file} exists already`);
  for (const [file, text] of files) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  }
  await write();
  console.log([...files.keys()].map((file) => `made ${path.relative(root, file)}`).join("\n"));
  console.log(
    "\nNext: the rule's words and tests, then samples on its page; npm test lints them with the rule.",
  );
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
