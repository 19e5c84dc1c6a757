/**
 * Writes what is derived: from providers/ what generate-providers.ts, generate-provider-pages.ts and
 * generate-coverage.ts name, from the rules what generate-rules.ts names, from both the schemas of what teams write, from the extension's manifest its settings.
 *
 *     node tools/generate.ts            writes the files
 *     node tools/generate.ts --check    writes nothing; fails naming the files that are not up to date
 */
import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format, resolveConfig } from "prettier";
import { coverageTexts } from "./generate-coverage.ts";
import { providerPageTexts } from "./generate-provider-pages.ts";
import { providerTexts } from "./generate-providers.ts";
import { ruleTexts } from "./generate-rules.ts";
import { schemaTexts } from "./generate-schemas.ts";
import { settingTexts } from "./generate-settings.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The text that each generated file should hold, by absolute path. */
export async function generate(): Promise<Map<string, string>> {
  return formatted([
    ...(await providerTexts()),
    ...(await ruleTexts()),
    ...(await schemaTexts()),
    ...providerPageTexts(),
    ...coverageTexts(),
    ...settingTexts(),
  ]);
}

/** The texts as the formatter leaves them. */
export async function formatted(texts: Iterable<readonly [string, string]>): Promise<Map<string, string>> {
  const done = new Map<string, string>();
  for (const [path, text] of texts) {
    done.set(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
  }
  return done;
}

/** Which of these files have another text on disk, relative to the project's root. */
export function staleFiles(texts: ReadonlyMap<string, string>): string[] {
  return [...texts].filter(([path, text]) => read(path) !== text).map(([path]) => relative(root, path));
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

export async function write(): Promise<void> {
  for (const [path, text] of await generate()) writeFileSync(path, text);
}

async function main(check: boolean): Promise<void> {
  if (!check) return write();
  const stale = staleFiles(await generate());
  if (stale.length === 0) return;
  console.error(`Out of date: ${stale.join(", ")}. Run: node tools/generate.ts`);
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await main(process.argv.includes("--check"));
