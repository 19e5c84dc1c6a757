import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { providers } from "@paylint/engine";
import { type Command, InvalidArgumentError } from "commander";
import type { Checklist, ProviderInUse } from "../checklist/checklist.ts";
import { changeGoLive, GO_LIVE_FILE } from "../checklist/go-live-file.ts";
import { nearest } from "../checklist/nearest.ts";
import { type ChecklistProject, providerName } from "../checklist/project.ts";
import { emptyGoLive } from "../checklist/signing.ts";
import { count } from "../checklist/words.ts";
import { reasonOf } from "../project/errors.ts";
import { SETTINGS_FILE } from "../project/settings.ts";
import { CLEAN, RunError } from "./outcome.ts";
import { write } from "./output.ts";
import { lookAt, requireProviders, type Workspace } from "./workspace.ts";

interface InitFlags {
  readonly provider?: readonly string[];
}

/** `paylint init`; `worker` is the module that its threads run. */
export function addInit(program: Command, worker: URL): void {
  program
    .command("init")
    .description("begin a go-live checklist: write paylint.json and go-live.json")
    .argument("[folder]", "the project (default: the current folder)", ".")
    .option(
      "--provider <id>",
      "a payment provider that is used; may be repeated (default: found in the code)",
      collect,
    )
    .addHelpText(
      "after",
      "\nFiles that are there already keep what they hold. Exit codes: 0 begun, 2 could not be.",
    )
    .action(async (folder: string, flags: InitFlags) => {
      process.exitCode = await runInit(folder, flags, worker);
    });
}

async function runInit(folder: string, { provider }: InitFlags, worker: URL): Promise<number> {
  const before = await lookAt(folder, worker);
  const { file } = before.project.settings;
  if (file !== undefined && provider)
    throw new RunError(`${file} is there already. Add the providers to it by hand: { "providers": [...] }`);
  if (!provider) requireProviders(before);
  const lines =
    file === undefined
      ? writeSettings(before, provider)
      : [`${SETTINGS_FILE} is there already and was left as it is.`];
  const workspace = file === undefined ? await lookAt(folder, worker) : before;
  write([...lines, await writeGoLive(workspace), "", ...nextSteps(workspace.checklist), ""].join("\n"));
  return CLEAN;
}

function writeSettings({ project, checklist }: Workspace, named: readonly string[] | undefined): string[] {
  const ids = named ?? checklist.inUse.map(({ id }) => id);
  const file = path.join(project.root, SETTINGS_FILE);
  const settings = { providers: ids, gate: "required" };
  try {
    writeFileSync(file, `${JSON.stringify(settings, undefined, 2)}\n`, { flag: "wx" });
  } catch (error) {
    throw new RunError(`${file} could not be written: ${reasonOf(error)}.`);
  }
  const found = named
    ? []
    : ["Found in the code:", ...checklist.inUse.map((each) => `  ${toldOf(project, each)}`), ""];
  return [...found, `${SETTINGS_FILE} names the providers and the gate; change it as you like.`];
}

function toldOf(project: ChecklistProject, { id, evidence }: ProviderInUse): string {
  const name = providerName(project, id);
  if (!evidence) return name;
  const others = evidence.files > 1 ? `, and ${count(evidence.files - 1, "other file")}` : "";
  return `${name}: ${evidence.file} (${evidence.by})${others}`;
}

/** New items of a newer Paylint get their lists, so that branches that sign them merge without a conflict. */
async function writeGoLive({ project, checklist }: Workspace): Promise<string> {
  const ids = checklist.statuses.map(({ item }) => item.fullId);
  const existed = existsSync(project.goLiveFile);
  let added = 0;
  await changeGoLive(project.goLiveFile, (goLive = { items: {} }) => {
    const { items } = emptyGoLive(ids.filter((id) => !goLive.items[id]));
    added = Object.keys(items).length;
    return { ...goLive, items: { ...goLive.items, ...items } };
  });
  if (!existed) return `${GO_LIVE_FILE} has a place for what people sign of ${count(added, "item")}.`;
  return added > 0
    ? `${GO_LIVE_FILE} was there already; ${count(added, "item")} got a place in it, and nothing else changed.`
    : `${GO_LIVE_FILE} is there already and was left as it is.`;
}

function nextSteps({ statuses }: Checklist): string[] {
  const open = statuses.find(({ state }) => state === "open") ?? statuses[0];
  return [
    "Next:",
    `  paylint status                   what the code proves and contradicts, and what waits for people`,
    `  paylint sign ${open?.item.fullId ?? "ITEM"}   say that an item is done; see paylint sign --help`,
    `  paylint status --gate required   in CI: fails until everything required is settled`,
    `Commit ${SETTINGS_FILE} and ${GO_LIVE_FILE}: they belong to the code that they speak of.`,
  ];
}

function collect(value: string, collected: readonly string[] = []): readonly string[] {
  const ids = providers.map(({ id }) => id);
  if (ids.includes(value)) return [...new Set([...collected, value])];
  const [guess] = nearest(value, ids);
  throw new InvalidArgumentError(
    guess === undefined ? `The providers are ${ids.join(", ")}.` : `Did you mean "${guess}"?`,
  );
}
