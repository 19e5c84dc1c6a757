import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import json from "@eslint/json";
import tsParser from "@typescript-eslint/parser";
import { ESLint, type Linter, type Rule } from "eslint";
import yml from "eslint-plugin-yml";
import { type CodeAction, DiagnosticSeverity } from "vscode-languageserver-protocol";
import paylint from "../../eslint-plugin/src/index.ts";
import { paylint as runCommandLine } from "../../server/test/cli/run.ts";
import { afterAction } from "../../server/test/language-server/edits.ts";
import { ServedProcess } from "../../server/test/language-server/served.ts";

/** What a front end says of a tree, as sorted lines that can be compared. */
export interface Said {
  /** "file:line:column-line:column severity rule: message", counted from one. */
  readonly findings: readonly string[];
  /** "file:line:column rule", of what comments of ESLint or Paylint switch off; absent where a front end keeps it to itself. */
  readonly suppressed?: readonly string[];
  /** "file:line:column rule: title" and the text that the repair leaves; absent where a front end offers none. */
  readonly repairs?: readonly string[];
}

/** What ESLint has a language for. */
const READ = /\.(?:[cm]?[jt]sx?|json|ya?ml)$|(?:^|\/)\.env(?:\.\w+)?$/;

/** The files of a tree that all front ends read, by their paths in it. */
function filesOf(tree: string): string[] {
  return readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => READ.test(file))
    .sort();
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placed(file: string, { line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** A configuration of ESLint that has the plugin read all that it can, with the recommended rules. */
export function eslintConfig(changes: readonly Linter.Config[] = []): Linter.Config[] {
  const { rules = {} } = paylint.configs.recommended;
  const forLanguage = (language: string): Partial<Linter.RulesRecord> =>
    Object.fromEntries(
      Object.entries(rules).filter(([id]) => languagesOf(id.replace("paylint/", "")).includes(language)),
    );
  return [
    paylint.configs.recommended,
    { files: ["**/*.jsx"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    { files: ["**/*.{ts,tsx}"], languageOptions: { parser: tsParser as Linter.Parser } },
    paylint.configs.dotenv,
    {
      files: ["**/*.json"],
      plugins: { json, paylint },
      language: "json/jsonc",
      rules: forLanguage("json/jsonc"),
    } as unknown as Linter.Config,
    {
      files: ["**/*.{yml,yaml}"],
      plugins: { yml, paylint },
      language: "yml/yaml",
      rules: forLanguage("yml/yaml"),
    } as unknown as Linter.Config,
    ...changes,
  ];
}

function languagesOf(id: string): readonly string[] {
  return (paylint.rules[id]!.meta as Rule.RuleMetaData & { languages: string[] }).languages;
}

export async function byESLint(tree: string, config = eslintConfig()): Promise<Required<Said>> {
  const eslint = new ESLint({
    cwd: tree,
    overrideConfigFile: true,
    overrideConfig: config,
    warnIgnored: false,
  });
  const results = await eslint.lintFiles(filesOf(tree));
  const findings: string[] = [];
  const suppressed: string[] = [];
  const repairs: string[] = [];
  for (const { filePath, messages, suppressedMessages } of results) {
    const file = path.relative(tree, filePath).replaceAll("\\", "/");
    const text = readFileSync(filePath, "utf8");
    for (const message of messages) {
      const { endLine, endColumn, suggestions = [] } = message;
      const rule = (message.ruleId ?? "no rule").replace("paylint/", "");
      const severity = message.severity === 2 ? "error" : "warning";
      findings.push(
        `${placed(file, message)}-${endLine}:${endColumn} ${severity} ${rule}: ${message.message}`,
      );
      for (const { desc, fix } of suggestions) {
        const repaired = text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
        repairs.push(`${placed(file, message)} ${rule}: ${desc}\n${repaired}`);
      }
    }
    for (const message of suppressedMessages)
      suppressed.push(`${placed(file, message)} ${message.ruleId!.replace("paylint/", "")}`);
  }
  return { findings: findings.sort(), suppressed: suppressed.sort(), repairs: repairs.sort() };
}

interface Told extends Place {
  readonly endLine: number;
  readonly endColumn: number;
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
}

export async function byCommandLine(tree: string): Promise<Said & Pick<Required<Said>, "suppressed">> {
  const { stdout } = await runCommandLine(tree, "check", "--format", "json");
  const report = JSON.parse(stdout) as { files: { path: string; findings: Told[]; suppressed: Told[] }[] };
  const files = report.files.filter((file) => READ.test(file.path));
  const findings = files.flatMap((file) =>
    file.findings.map(
      (each) =>
        `${placed(file.path, each)}-${each.endLine}:${each.endColumn} ${each.severity} ${each.ruleId}: ${each.message}`,
    ),
  );
  const suppressed = files.flatMap((file) =>
    file.suppressed.map((each) => `${placed(file.path, each)} ${each.ruleId}`),
  );
  return { findings: findings.sort(), suppressed: suppressed.sort() };
}

/** What an editor shows that opens every file of the tree; the server is a process of its own. */
export async function byLanguageServer(tree: string): Promise<Said & Pick<Required<Said>, "repairs">> {
  const uri = pathToFileURL(tree).href;
  const server = await ServedProcess.start({ workspaceFolders: [{ uri, name: "tree" }] });
  try {
    const said = [];
    for (const file of filesOf(tree)) said.push(await ofDocument(server, tree, file));
    return {
      findings: said.flatMap(({ findings }) => findings).sort(),
      repairs: said.flatMap(({ repairs }) => repairs).sort(),
    };
  } finally {
    await server.stop();
  }
}

async function ofDocument(server: ServedProcess, tree: string, file: string) {
  const uri = pathToFileURL(path.join(tree, file)).href;
  const text = readFileSync(path.join(tree, file), "utf8");
  await server.open(uri, text, LANGUAGES[path.extname(file)] ?? "dotenv");
  const diagnostics = await server.diagnostics(uri);
  const findings: string[] = [];
  const repairs: string[] = [];
  for (const { range, code, severity, message } of diagnostics) {
    const [start, end] = [range.start, range.end].map(({ line, character }) => ({
      line: line + 1,
      column: character + 1,
    })) as [Place, Place];
    const level = severity === DiagnosticSeverity.Error ? "error" : "warning";
    findings.push(`${placed(file, start)}-${end.line}:${end.column} ${level} ${code}: ${message}`);
    const actions = await server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only: ["quickfix"] },
    });
    for (const action of actions) {
      const [own] = action.diagnostics ?? [];
      if (!isRepair(action) || own?.code !== code || !isSame(own?.range, range)) continue;
      repairs.push(`${placed(file, start)} ${code}: ${action.title}\n${afterAction(uri, text, action)}`);
    }
  }
  return { findings, repairs };
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ".js": "javascript",
  ".jsx": "javascriptreact",
  ".json": "json",
  ".ts": "typescript",
  ".tsx": "typescriptreact",
  ".yml": "yaml",
};

/** Only editors offer to explain a finding, or to suppress it. */
function isRepair({ title }: CodeAction): boolean {
  return !/^(?:Explain|Suppress) /.test(title);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
