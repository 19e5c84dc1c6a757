import type { Flow } from "../../flow/flow.ts";
import { type Node, rangeOf } from "../../flow/tree.ts";
import { keyPatterns, keysIn, providers } from "../../providers/index.ts";
import { settingRead, settingTaken } from "../setting-reads.ts";
import { isTestFile } from "../files.ts";
import { modeOfHost, namesPaymentMode } from "../modes.ts";
import type { SettingFallback } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { escaped } from "../patterns.ts";
import { repairStandIn } from "../repairs/stand-ins.ts";

/** Settings of payments that fall back to a provider's test mode when they are missing. */
export const sandboxFallbacks: Observer = {
  kind: "setting-fallback",
  keywords: /\benv\b/,
  suits: ({ fileName, text }) => !isTestFile(fileName) && FALLS_BACK.test(text) && TESTS.test(text),
  *javascript(flow) {
    for (const { node, setting, standIn } of fallbacks(flow)) {
      const what = standInOf(standIn, setting, flow);
      if (!what || isForDevelopment(node, flow)) continue;
      const range = rangeOf(standIn);
      const steps = [{ range: rangeOf(node), note: `it stands in when ${setting} is missing` }];
      yield {
        kind: "setting-fallback",
        provider: what.provider,
        range,
        live: { answer: "no", range, steps },
        setting,
        standIn: what.kind,
        repairs: repairStandIn(standIn, setting, flow),
      };
    }
  },
};

const FALLS_BACK = /\|\||\?\?|\?\s|[\w$]\s{0,9}=(?![=>])/;
/** A key, host or mode of tests, in quotes. */
const TESTS = new RegExp(
  `["'\`](?:(?:sandbox|test)["'\`]|https?://[^"'\`\\s]{0,200}(?:sandbox|test|${testHosts().map(escaped).join("|")})|[\\w:]{0,40}(?:${testKeys().map(escaped).join("|")}))`,
  "i",
);

function testHosts(): readonly string[] {
  return providers.flatMap(({ hosts }) => hosts.sandbox);
}

function testKeys(): readonly string[] {
  return keyPatterns().flatMap(({ key }) => (key.mode === "test" ? [key.keyword] : []));
}

interface Fallback {
  readonly node: Node;
  readonly setting: string;
  readonly standIn: Node;
}

/** `env.X || "…"`, `env.X ?? "…"`, `env.X ? env.X : "…"`, `const { X = "…" } = process.env`. */
function* fallbacks(flow: Flow): Generator<Fallback> {
  for (const node of flow.tree.all("LogicalExpression")) {
    const setting = node.operator === "&&" ? undefined : settingRead(node.left, flow);
    if (setting !== undefined) yield { node, setting, standIn: node.right };
  }
  for (const node of flow.tree.all("ConditionalExpression")) {
    const setting = settingRead(node.test, flow);
    if (setting !== undefined && settingRead(node.consequent, flow) === setting)
      yield { node, setting, standIn: node.alternate };
  }
  for (const node of flow.tree.all("AssignmentPattern")) {
    const setting = settingTaken(node, flow);
    if (setting !== undefined) yield { node, setting, standIn: node.right };
  }
}

interface StandIn {
  readonly kind: SettingFallback["standIn"];
  readonly provider: string | undefined;
}

/** It opens nothing: the first request fails, as it should. */
const PLACEHOLDER = /placeholder|your|dummy|example\b|change_?me|x{4}|\.\.\./i;

function standInOf(node: Node, setting: string, flow: Flow): StandIn | undefined {
  const value = flow.constant(node);
  if (typeof value !== "string" || PLACEHOLDER.test(value)) return undefined;
  const key = keysIn(value, new Set()).find((match) => match.key.mode === "test");
  if (key) return { kind: "key", provider: key.provider.id };
  const host = /^https?:\/\/([^/:?#]+)/.exec(value)?.[1];
  if (host !== undefined) return hostOf(host);
  return /^(?:sandbox|test)$/i.test(value) && namesPaymentMode(setting)
    ? { kind: "mode", provider: undefined }
    : undefined;
}

function hostOf(host: string): StandIn | undefined {
  const told = modeOfHost(host);
  return told?.mode === "test" ? { kind: "host", provider: told.provider } : undefined;
}

const DEVELOPMENT = /NODE_ENV|isDev|development|isProd|production|isTest|__DEV__/;

/** Under a condition of development, or of no production, the stand-in is meant. */
function isForDevelopment(node: Node, flow: Flow): boolean {
  for (let child = node, up = flow.tree.parentOf(node); up; child = up, up = flow.tree.parentOf(up)) {
    if (up.type !== "IfStatement" && up.type !== "ConditionalExpression") continue;
    const { test } = up;
    if (test !== child && DEVELOPMENT.test(flow.module.text.slice(test.range[0], test.range[1]))) return true;
  }
  return false;
}
