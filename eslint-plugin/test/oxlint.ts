import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LineIndex, rules } from "@paylint/engine";
import { said } from "./hosts.ts";
import type { Sample } from "./samples.ts";

interface Diagnostic {
  readonly message: string;
  /** Missing for a file that could not be parsed. */
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly offset: number; readonly length: number } }[];
}

/** What a plugin says of each sample when oxlint runs it; undefined where oxlint's parser gives up. */
export async function oxlint(plugin: string, samples: readonly Sample[]): Promise<(string[] | undefined)[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "paylint-oxlint-"));
  try {
    const config = {
      plugins: [],
      categories: { correctness: "off" },
      jsPlugins: [plugin],
      rules: Object.fromEntries(rules.map(({ id }) => [`paylint/${id}`, "error"])),
    };
    writeFileSync(path.join(folder, ".oxlintrc.json"), JSON.stringify(config));
    for (const [index, { fileName, text }] of samples.entries()) {
      const file = path.join(folder, String(index), fileName);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const diagnostics = await run(folder);
    return samples.map((sample, index) => {
      const own = diagnostics.filter(({ filename }) => filename.split(/[\\/]/)[0] === String(index));
      return own.some(({ code }) => code === undefined)
        ? undefined
        : own.map((each) => line(each, sample)).sort();
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(cwd: string): Promise<Diagnostic[]> {
  const manifest = fileURLToPath(import.meta.resolve("oxlint/package.json"));
  const args = [path.join(path.dirname(manifest), "bin/oxlint"), "--format", "json", "--no-ignore", "."];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      // It exits with 1 when there are findings.
      if (stdout.trimStart().startsWith("{")) resolve(stdout);
      else reject(new Error(`oxlint failed: ${stderr || stdout || String(error)}`));
    });
  });
  return (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics;
}

/** oxlint counts offsets in bytes of UTF-8, a byte order mark included. */
function line({ message, code, labels }: Diagnostic, { text }: Sample): string {
  const bytes = Buffer.from(text);
  const { offset, length } = labels[0]!.span;
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const lines = new LineIndex(text.slice(mark));
  const [start, end] = [offset, offset + length].map((at) =>
    lines.positionAt(bytes.subarray(0, at).toString().length - mark),
  );
  const ruleId = /^paylint\((.*)\)$/.exec(code!)?.[1] ?? code!;
  return said(start!.line + 1, start!.column + 1, end!.line + 1, end!.column + 1, ruleId, message);
}
