import path from "node:path";
import { languageOf, presetSettings, type RuleSettings } from "@paylint/engine";
import { contains, slashed } from "@paylint/linking";
import { baselineIn, type BaselineFile } from "../project/baseline/baseline-file.ts";
import { rulesFor } from "../project/file-rules.ts";
import { GitView } from "../project/ignoring.ts";
import { loadSettings, type Settings, SettingsError } from "../project/settings.ts";
import { isOnDisk, pathOf } from "./document-name.ts";
import { EslintConfigs } from "./eslint-configs.ts";

/** How a document is to be linted. */
export interface DocumentContext {
  /** As the command line names it when it runs in the project's folder. */
  readonly fileName: string;
  /** The folder that the file's name is relative to; undefined for a document outside of the open folders. */
  readonly root: string | undefined;
  readonly rules: RuleSettings;
  /** Findings that are known already. */
  readonly baseline?: BaselineFile | undefined;
  /** Left out by the project's settings. */
  readonly ignored: boolean;
  /** The settings could not be used, and the recommended rules stand in for them. */
  readonly settingsBroken: boolean;
  /** The editor's ESLint shows what our plugin finds in it. */
  readonly byEslint: boolean;
}

const PRESET = "recommended";

/**
 * The folders that are open, with their settings: the same that the command line finds when it is run there. Nothing
 * but settings, ESLint's too, the baseline, and what git ignores is read from disk.
 */
export class Project {
  readonly #log: (line: string) => void;
  /** Absolute, the innermost first. */
  #folders: readonly string[] = [];
  /** By folder; undefined where they are broken. */
  readonly #settings = new Map<string, Settings | undefined>();
  readonly #baselines = new Map<string, BaselineFile | undefined>();
  readonly #eslintConfigs = new EslintConfigs();
  #eslintRuns = false;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    const gone = new Set(removed.map(pathOf));
    const folders = [
      ...this.#folders.filter((folder) => !gone.has(folder)),
      ...added.filter(isOnDisk).map(pathOf),
    ];
    this.#folders = folders.sort((a, b) => b.length - a.length);
  }

  /** Takes a document's URI and the path under which it is linted. */
  contextOf(uri: string, name: string): DocumentContext {
    if (!isOnDisk(uri) || !path.isAbsolute(name)) {
      const rules = presetSettings(PRESET);
      return {
        fileName: name,
        root: undefined,
        rules,
        ignored: false,
        settingsBroken: false,
        byEslint: false,
      };
    }
    const folder = this.folderOf(name);
    const settings = this.#settingsOf(folder ?? path.dirname(name));
    return {
      fileName: folder === undefined ? name : slashed(path.relative(folder, name)),
      root: folder,
      rules: rulesFor(
        settings ?? { rules: presetSettings(PRESET) },
        name,
        GitView.ignoresFile(name, folder ?? path.dirname(name)),
      ),
      baseline: this.#baselineOf(folder ?? path.dirname(name)),
      ignored: settings?.ignores(name, false) ?? false,
      settingsBroken: !settings,
      byEslint:
        this.#eslintRuns &&
        folder !== undefined &&
        languageOf(name) === "javascript" &&
        this.#eslintConfigs.nameOurPlugin(name, folder),
    };
  }

  /** Whether the editor runs ESLint on what is open. */
  eslintRuns(runs: boolean): void {
    this.#eslintRuns = runs;
  }

  /** The innermost open folder that a file, absolute, lies in. */
  folderOf(file: string): string | undefined {
    return this.#folders.find((each) => contains(each, file));
  }

  /** A settings file changed, or may have. */
  forgetSettings(): void {
    this.#settings.clear();
    this.#baselines.clear();
    this.#eslintConfigs.forget();
  }

  #settingsOf(folder: string): Settings | undefined {
    if (!this.#settings.has(folder)) this.#settings.set(folder, this.#load(folder));
    return this.#settings.get(folder);
  }

  #baselineOf(folder: string): BaselineFile | undefined {
    if (!this.#baselines.has(folder)) this.#baselines.set(folder, baselineIn(folder, this.#log));
    return this.#baselines.get(folder);
  }

  #load(folder: string): Settings | undefined {
    try {
      return loadSettings(folder, PRESET);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.#log(`${error.message}\nThe recommended rules are used until this is repaired.`);
      return undefined;
    }
  }
}
