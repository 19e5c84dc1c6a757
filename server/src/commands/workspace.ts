import { statSync } from "node:fs";
import path from "node:path";
import type { Checklist } from "../checklist/checklist.ts";
import { readGoLive } from "../checklist/go-live-file.ts";
import { type ChecklistProject, checklistOf, loadChecklistProject } from "../checklist/project.ts";
import { check } from "../project/check.ts";
import type { CheckResult } from "../project/results.ts";
import { RunError } from "./outcome.ts";

/** A project's checklist after a look at all of its code and sign-offs. */
export interface Workspace {
  readonly project: ChecklistProject;
  readonly checklist: Checklist;
  readonly result: CheckResult;
  /** Whether there is a file with sign-offs. */
  readonly hasGoLive: boolean;
}

/**
 * Looks at the project that a folder belongs to.
 * @throws {RunError} when there is no such folder
 * @throws {JsonFileError} when settings, sign-offs or a provider file of the project are broken
 */
export async function lookAt(folder: string, worker: URL): Promise<Workspace> {
  const full = path.resolve(folder);
  if (!statSync(full, { throwIfNoEntry: false })?.isDirectory())
    throw new RunError(`There is no folder "${folder}".`);
  const project = loadChecklistProject(full);
  const goLive = readGoLive(project.goLiveFile);
  const result = await check(["."], {
    cwd: project.root,
    gitignore: true,
    ignores: (entry, isFolder) => project.settings.ignores(entry, isFolder),
    rules: project.settings.rules,
    overrides: project.settings.overrides,
    link: true,
    evidence: { ownProviders: project.customProviders },
    threads: undefined,
    worker,
  });
  const checklist = checklistOf(project, clock());
  checklist.load(
    result.files.flatMap(({ evidence }) => evidence ?? []),
    goLive?.items ?? {},
  );
  return { project, checklist, result, hasGoLive: goLive !== undefined };
}

/** Says what time it is: that of the machine, or in tests the one that PAYLINT_NOW holds. */
export function clock(): () => Date {
  const fixed = process.env.PAYLINT_NOW;
  if (!fixed) return () => new Date();
  const time = new Date(fixed);
  if (Number.isNaN(time.getTime())) throw new RunError(`PAYLINT_NOW holds no time: "${fixed}".`);
  return () => time;
}

/** @throws {RunError} when the project uses no provider, as far as can be told */
export function requireProviders({ checklist, project }: Workspace): void {
  if (checklist.providers.length > 0) return;
  throw new RunError(
    `No payment provider was found in ${project.root}. Name those that it uses, or "generic", in paylint.json: { "providers": ["stripe"] }`,
  );
}
