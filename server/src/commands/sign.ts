import { type Command, Option } from "commander";
import type { SignedState } from "../checklist/go-live.ts";
import type { ItemStatus } from "../checklist/item-status.ts";
import { nearest } from "../checklist/nearest.ts";
import { sign } from "../checklist/signing.ts";
import { nameOf } from "../checklist/words.ts";
import { headOf } from "../project/git-head.ts";
import { gitIdentity } from "../project/git-identity.ts";
import { readGoLive } from "../checklist/go-live-file.ts";
import { CLEAN, RunError } from "./outcome.ts";
import { write } from "./output.ts";
import { clock, lookAt, requireProviders, type Workspace } from "./workspace.ts";

interface SignFlags {
  readonly state: SignedState;
  readonly folder: string;
  readonly who?: string;
  readonly evidence?: string;
  readonly note?: string;
  readonly reason?: string;
}

/** `paylint sign`; `worker` is the module that its threads run. */
export function addSign(program: Command, worker: URL): void {
  program
    .command("sign")
    .description("record in go-live.json what a person says of an item")
    .argument("<item>", "the item's id, as paylint status tells it: provider/item")
    .addOption(
      new Option("--state <state>", "what is said")
        .choices(["done", "not-applicable", "reopened"])
        .default("done"),
    )
    .option("--who <person>", 'who says it: "Name <mail>" (default: who makes commits, as git knows)')
    .option("--evidence <url-or-file>", "what shows it")
    .option("--note <text>", "what else there is to say")
    .option("--reason <text>", "why the item does not apply; needed with not-applicable")
    .option("--folder <folder>", "the project", ".")
    .addHelpText("after", "\nExit codes: 0 recorded, 2 not recorded.")
    .action(async (item: string, flags: SignFlags) => {
      process.exitCode = await runSign(item, flags, worker);
    });
}

async function runSign(id: string, flags: SignFlags, worker: URL): Promise<number> {
  const workspace = await lookAt(flags.folder, worker);
  requireProviders(workspace);
  const { project, checklist } = workspace;
  const { item, code } = statusOf(id, workspace);
  const { state, evidence, note, reason } = flags;
  const signOff = await sign(
    { item: item.fullId, state, who: flags.who ?? identityIn(project.root), evidence, note, reason },
    {
      file: project.goLiveFile,
      now: clock()(),
      commit: headOf(project.root),
      code,
      items: checklist.statuses.map((status) => status.item.fullId),
    },
  );
  checklist.replaceSignOffs(readGoLive(project.goLiveFile)?.items ?? {});
  write(`${nameOf(signOff.who)} signed ${item.fullId} as ${state}.\n${outcomeOf(checklist.statusOf(id)!)}\n`);
  return CLEAN;
}

function statusOf(id: string, { checklist }: Workspace): ItemStatus {
  const status = checklist.statusOf(id);
  if (status) return status;
  const ids = checklist.statuses.map(({ item }) => item.fullId);
  const near = nearest(id, ids);
  throw new RunError(
    [
      `There is no item "${id}" in this project's checklist.`,
      ...(near.length > 0 ? ["Did you mean one of these?"] : ["paylint status --verbose lists them."]),
      ...near.map((other) => `  ${other}  ${checklist.statusOf(other)!.item.title}`),
    ].join("\n"),
  );
}

function identityIn(folder: string): string {
  const who = gitIdentity(folder);
  if (who !== undefined) return who;
  throw new RunError(
    'Git does not know who you are: set user.name and user.email, or say --who "Ada Example <ada@example.com>".',
  );
}

/** What the item is now: a signature does not settle every one. */
function outcomeOf({ item, state, why }: ItemStatus): string {
  return `${item.title}: ${state}. ${why}`;
}
