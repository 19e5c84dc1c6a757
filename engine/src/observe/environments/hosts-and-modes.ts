import type { Flow } from "../../flow/flow.ts";
import type { SourceFile } from "../../flow/link.ts";
import { type Node, propertyName, type Range, rangeOf } from "../../flow/tree.ts";
import type { Entry } from "../../parse/entries.ts";
import { detectProviders, providers } from "../../providers/index.ts";
import { type Environment, environmentNamed, environmentOf } from "./names.ts";
import { isTestFile } from "../files.ts";
import { modeOfHost, namesPaymentMode, namesPaymentSetting, settingName, type ToldMode } from "../modes.ts";
import type { EnvironmentSetting } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { escaped } from "../patterns.ts";

/** Settings that belong to one environment and say whether payments run live in it. */
export const environmentSettings: Observer = {
  kind: "environment-setting",
  keywords: new RegExp(["sandbox", "live", "prod", "test", ...hostsOfOneMode()].join("|"), "i"),
  suits: holdsSettings,
  javascript: (flow) => observed(settingsIn(flow), flow.module.fileName),
  entryLanguages: ["dotenv", "json", "yaml", "toml", "properties"],
  entries: ({ entries, fileName }) => observed(entries, fileName),
};

/** Whether a file may hold settings that belong to one environment. */
export function holdsSettings({ fileName, text }: Pick<SourceFile, "fileName" | "text">): boolean {
  return !isTestFile(fileName) && (environmentOf(fileName) !== undefined || BY_ENVIRONMENT.test(text));
}

const BY_ENVIRONMENT = /\b(?:production|prod|staging|development)["']?\s*:\s*\{/;

function hostsOfOneMode(): readonly string[] {
  return providers
    .flatMap(({ hosts }) => [...hosts.live, ...hosts.sandbox])
    .filter((host) => modeOfHost(host))
    .map(escaped);
}

function* observed(entries: Iterable<Entry>, fileName: string): Generator<EnvironmentSetting> {
  for (const placed of settingsOfEnvironments(entries, fileName)) {
    const told = toldBy(placed.setting, placed.value);
    if (told) yield observedSetting(placed, told);
  }
}

/** A setting that belongs to one environment. */
export interface PlacedSetting {
  readonly environment: Environment;
  /** As environment variables are written. */
  readonly setting: string;
  readonly value: string;
  readonly range: Range;
}

/** The settings that belong to one environment, by the key above them or the name of their file. */
export function* settingsOfEnvironments(
  entries: Iterable<Entry>,
  fileName: string,
): Generator<PlacedSetting> {
  const ofFile = environmentOf(fileName);
  for (const { path, value, range } of entries) {
    const above = path.slice(0, -1).findLast((name) => environmentNamed(name));
    const environment = above === undefined ? ofFile : environmentNamed(above);
    if (!environment) continue;
    const setting = settingName(path.filter((name) => name !== above && !/^\d+$/.test(name)));
    yield { environment, setting, value, range };
  }
}

/** What a setting tells of the mode, judged by its environment. */
export function observedSetting(
  { environment, setting, range }: PlacedSetting,
  { mode, provider, shape }: Told,
): EnvironmentSetting {
  const isFitting = (mode === "live") === (environment === "production");
  return {
    kind: "environment-setting",
    provider: provider ?? providerNamed(setting),
    range,
    consistent: { answer: isFitting ? "yes" : "no", range, steps: [] },
    environment,
    shape,
    setting,
  };
}

/** Whether a setting says by its name which mode it is for: `PAYPAL_SANDBOX_URL`. */
export function namesItsMode(setting: string): boolean {
  return /(?:^|_)(?:SANDBOX|TEST|DEV|STAGING|LIVE|PROD|PRODUCTION)(?:_|$)/.test(setting);
}

type Told = ToldMode & Pick<EnvironmentSetting, "shape">;

/** What a setting tells of the mode; nothing where its name says which mode it is for. */
function toldBy(setting: string, value: string): Told | undefined {
  const mode = modeIn(setting, value);
  if (mode) return { mode, provider: undefined, shape: "mode" };
  if (namesItsMode(setting)) return undefined;
  const host = /^(?:https?:\/\/)?([a-z\d-]+(?:\.[a-z\d-]+)+)(?:[:/?]|$)/i.exec(value)?.[1];
  const told = host === undefined ? undefined : modeOfHost(host);
  // A sandbox of nobody knows whom may be no provider's.
  return told && (told.provider !== undefined || namesPaymentSetting(setting))
    ? { ...told, shape: "host" }
    : undefined;
}

const TRUE = /^(?:true|1|yes|on|enabled)$/i;
const FALSE = /^(?:false|0|no|off|disabled)$/i;

/** `PAYPAL_MODE=sandbox`, `MIDTRANS_IS_PRODUCTION=false`, `PAYMENTS_TEST_MODE=true`. */
function modeIn(setting: string, value: string): ToldMode["mode"] | undefined {
  if (namesPaymentMode(setting)) {
    const named = environmentNamed(value);
    if (named) return named === "production" ? "live" : "test";
  }
  const switched = /(?:^|_)(?:IS_|USE_)?(LIVE|PROD|PRODUCTION|SANDBOX|TEST)(?:_?MODE|_ENABLED)?$/.exec(
    setting,
  )?.[1];
  if (switched === undefined || !namesPaymentSetting(setting)) return undefined;
  const isLive = /^(?:LIVE|PROD)/.test(switched);
  if (TRUE.test(value)) return isLive ? "live" : "test";
  return FALSE.test(value) ? (isLive ? "test" : "live") : undefined;
}

function providerNamed(setting: string): string | undefined {
  const ids = [...detectProviders({ packages: [], text: `${setting}=` }).keys()];
  return ids.length === 1 ? ids[0] : undefined;
}

/** The members of a module's objects, as settings with their paths. */
export function* settingsIn(flow: Flow): Generator<Entry> {
  for (const property of flow.tree.all("Property")) {
    const value = flow.constant(property.value);
    if (typeof value !== "string" && typeof value !== "boolean") continue;
    yield { path: pathOf(property, flow), value: String(value), range: rangeOf(property.value) };
  }
}

function pathOf(property: Node, flow: Flow): readonly string[] {
  const path: string[] = [];
  for (let up: Node | undefined = property; up; up = flow.tree.parentOf(up)) {
    if (up.type === "Property") path.unshift(propertyName(up) ?? "");
    else if (up.type === "VariableDeclarator" && up.id.type === "Identifier") path.unshift(up.id.name);
    else if (up.type !== "ObjectExpression" && !up.type.startsWith("TS")) break;
  }
  return path;
}
