import path from "node:path";
import { itemsOf, type ListedItem, listItems, providerById, providers } from "@paylint/engine";
import { type CustomProvider, readCustomProviders } from "../project/custom-providers.ts";
import { loadSettings, type Settings, SettingsError } from "../project/settings.ts";
import { Checklist } from "./checklist.ts";
import { GO_LIVE_FILE } from "./go-live-file.ts";
import { nearest } from "./nearest.ts";

/** A project as its checklist sees it. */
export interface ChecklistProject {
  /** The folder of its settings; absolute. */
  readonly root: string;
  readonly settings: Settings;
  /** Where people's sign-offs are kept; absolute. */
  readonly goLiveFile: string;
  /** The project's own providers. */
  readonly customProviders: readonly CustomProvider[];
}

/**
 * The project that a folder belongs to: it begins where its `paylint.json` lies, or at the folder itself.
 * @throws {SettingsError | CustomProviderError} naming every place that is wrong
 */
export function loadChecklistProject(folder: string): ChecklistProject {
  const settings = loadSettings(folder, "recommended");
  const { file } = settings;
  const customProviders = file === undefined ? [] : readCustomProviders(file, settings.customProviders);
  if (file !== undefined) checkProviders(file, settings, customProviders);
  const root = file === undefined ? folder : path.dirname(file);
  return { root, settings, customProviders, goLiveFile: path.join(root, GO_LIVE_FILE) };
}

function checkProviders(file: string, settings: Settings, own: readonly CustomProvider[]): void {
  const known = [...providers, ...own].map(({ id }) => id);
  const problems = (settings.providers ?? [])
    .filter(({ text }) => !known.includes(text))
    .map(({ text, line, column }) => {
      const [guess] = nearest(text, known);
      const hint = guess === undefined ? `the providers are ${known.join(", ")}` : `did you mean "${guess}"?`;
      return { message: `There is no provider "${text}": ${hint}`, line, column };
    });
  if (problems.length > 0) throw new SettingsError(file, problems);
}

/** The checklist of a project, without evidence and sign-offs yet. */
export function checklistOf({ settings, customProviders }: ChecklistProject, now: () => Date): Checklist {
  const own = new Map(customProviders.map((provider) => [provider.id, listItems(provider)]));
  return new Checklist({
    providers: settings.providers?.map(({ text }) => text),
    ownProviders: [...own.keys()],
    itemsOf: (id): readonly ListedItem[] => own.get(id) ?? itemsOf(id),
    shelfLife: settings.shelfLife,
    now,
  });
}

/** A provider's name as people write it. */
export function providerName({ customProviders }: ChecklistProject, id: string): string {
  return customProviders.find((own) => own.id === id)?.name ?? providerById(id)?.name ?? id;
}
