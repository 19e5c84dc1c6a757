import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../test/docs/pages.ts";
import { built, FreshProject, type Ran } from "../../test/packages/project.ts";

/** The ESLints that the plugin names as its peers: the first and the newest of each major version. */
export const ESLINTS = ["eslint-9-first", "eslint-9", "eslint-10-first", "eslint"].map((name) => {
  const manifest = path.join(root, "node_modules", name, "package.json");
  return { name, version: (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version };
});

/** Those that a project with a fresh lock file gets. */
export const NEWEST = ESLINTS.filter(({ name }) => !name.endsWith("-first"));

const LINKED = [
  ...["@babel/eslint-parser", "@eslint/js", "@eslint/json", "@typescript-eslint/parser"],
  ...["eslint-plugin-paylint", "eslint-plugin-yml", "typescript-eslint"],
];

export interface LintedFile {
  /** Below the project's folder. */
  readonly file: string;
  /** As "line rule", or the message where no rule speaks; in the order of the file. */
  readonly found: readonly string[];
}

/** A project with one of the ESLints, the built plugin and the plugins and parsers that may stand beside it. */
export class Citizen extends FreshProject {
  readonly #bin: string;

  constructor(eslint: string, files: Readonly<Record<string, string>>) {
    super(files);
    built("eslint-plugin");
    this.link("eslint", eslint);
    for (const name of LINKED) this.link(name);
    this.#bin = path.join(root, "node_modules", eslint, "bin/eslint.js");
  }

  /** Runs ESLint's command line; `preload` is a module of CommonJS that runs before it. */
  eslint(args: readonly string[], preload?: string): Ran {
    const options = preload === undefined ? {} : { NODE_OPTIONS: `--require=${preload}` };
    return this.run(process.execPath, [this.#bin, ...args], "", options);
  }

  /**
   * What ESLint finds; files without findings are left out.
   * @throws when ESLint could not run or a file could not be parsed
   */
  lint(args: readonly string[] = ["."], preload?: string): LintedFile[] {
    const { stdout, stderr, status } = this.eslint(["--format", "json", ...args], preload);
    if (status !== 0 && status !== 1) throw new Error(stderr);
    const results = JSON.parse(stdout) as { filePath: string; messages: Message[] }[];
    return results
      .filter(({ messages }) => messages.length > 0)
      .map(({ filePath, messages }) => ({
        file: path.relative(this.folder, filePath).replaceAll("\\", "/"),
        found: messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`),
      }))
      .sort((one, other) => (one.file < other.file ? -1 : 1));
  }
}

interface Message {
  readonly line: number;
  readonly ruleId: string | null;
  readonly message: string;
}
