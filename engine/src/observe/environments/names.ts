import type { EnvironmentSetting } from "../observation.ts";

export type Environment = EnvironmentSetting["environment"];

const PRODUCTION = /^(?:production|prod|prd|live)$/i;
const TEST = /^(?:test|testing|development|dev|staging|stage|sandbox|qa|ci)$/i;
/** The environment that a name is one for. */
export function environmentNamed(name: string): Environment | undefined {
  return PRODUCTION.test(name) ? "production" : TEST.test(name) ? "test" : undefined;
}

/** Words beside an environment's name in the name of a file of settings. */
const SETTINGS =
  /^(?:env|config|configuration|conf|settings|appsettings|environments?|vars?|variables|values|secrets?|params?|parameters|payments?)$/i;
const FOLDER = /^(?:config|configs|configuration|conf|settings|env|envs|environments?)$/i;
const TEMPLATE = /^(?:example|sample|template|dist|defaults?)$/i;

/**
 * The environment whose settings a file holds, by its name: `.env.production`, `config/prod.json`,
 * `appsettings.Production.json`, `environments/staging/payments.json`. Templates, which no program reads, are for none.
 */
export function environmentOf(fileName: string): Environment | undefined {
  const [name, folder = "", around = ""] = fileName.split("/").reverse() as [string, string?, string?];
  const words = name.split(/[.\-_]/).filter((word) => word !== "" && word !== "local");
  if (words.some((word) => TEMPLATE.test(word))) return undefined;
  // The ending says in which language it is written, but for `production.env` and `.env.production`.
  const told = /(?:^|\.)env(?:\.|$)/i.test(name) ? words : words.slice(0, -1);
  const named = told.flatMap((word) => environmentNamed(word) ?? []);
  if (named.length === 0) return FOLDER.test(around) ? environmentNamed(folder) : undefined;
  const others = told.filter((word) => !environmentNamed(word));
  const isOfSettings = others.length > 0 ? others.every((word) => SETTINGS.test(word)) : FOLDER.test(folder);
  // Of `checkout.production.json` the end tells, of `live-scores.json` nothing does.
  const isEnding = others.length > 0 && /\.\w+\.\w+$/.test(name) && environmentNamed(told.at(-1)!);
  return isOfSettings || isEnding ? named.at(-1) : undefined;
}
