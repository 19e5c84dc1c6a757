import path from "node:path";
import { ESLint } from "eslint";
import { describe, expect, test } from "vitest";

const eslint = new ESLint({ cwd: path.resolve(import.meta.dirname, "../..") });

async function brokenRules(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

const IMPORTS = "no-restricted-imports";
const GLOBALS = "no-restricted-globals";
const SYNTAX = "no-restricted-syntax";

describe("a package that does what it may not do is reported", () => {
  test.each([
    ["engine reads the disk", "engine/src/a.ts", `import "node:fs";`, IMPORTS],
    ["engine uses Node without the prefix", "engine/src/a.ts", `import "path";`, IMPORTS],
    ["engine uses ESLint", "engine/src/lint.ts", `import "eslint";`, IMPORTS],
    ["engine uses a package nobody allowed", "engine/src/a.ts", `import "express";`, IMPORTS],
    ["engine knows the server", "engine/src/a.ts", `import "../../server/src/cli.ts";`, IMPORTS],
    ["engine waits", "engine/src/a.ts", `export async function f() {}`, SYNTAX],
    ["engine awaits", "engine/src/a.ts", `await 1;`, SYNTAX],
    ["engine loads at run time", "engine/src/a.ts", `export const a = () => import("./b.ts");`, SYNTAX],
    ["engine prints", "engine/src/flow/a.ts", `console.log(1);`, GLOBALS],
    ["engine reads the environment", "engine/src/a.ts", `export const a = process.env;`, GLOBALS],
    ["engine schedules", "engine/src/a.ts", `setTimeout(() => {}, 1);`, GLOBALS],
    ["engine calls the network", "engine/src/a.ts", `fetch("https://example.com");`, GLOBALS],
    ["engine asks what time it is", "engine/src/a.ts", `export const a = Date.now();`, GLOBALS],
    ["engine makes a promise", "engine/src/a.ts", `export const a = Promise.resolve(1);`, GLOBALS],
    [
      "parse asks flow",
      "engine/src/parse/a.ts",
      `import { flowOf } from "../flow/flow.ts"; flowOf();`,
      IMPORTS,
    ],
    ["flow knows observations", "engine/src/flow/a.ts", `import "../observe/index.ts";`, IMPORTS],
    ["flow knows rules", "engine/src/flow/a.ts", `import "../rules/index.ts";`, IMPORTS],
    ["flow knows providers", "engine/src/flow/a.ts", `import "../providers/index.ts";`, IMPORTS],
    [
      "flow reads a provider file",
      "engine/src/flow/a.ts",
      `import "../../../providers/generic.json";`,
      IMPORTS,
    ],
    ["flow uses Node", "engine/src/flow/a.ts", `import "node:path";`, IMPORTS],
    ["observe judges", "engine/src/observe/a.ts", `import "../rules/index.ts";`, IMPORTS],
    ["observe uses Node", "engine/src/observe/money/a.ts", `import "node:path";`, IMPORTS],
    [
      "a rule looks at code",
      "engine/src/rules/no-a.ts",
      `import { flowOf } from "../flow/flow.ts"; flowOf();`,
      IMPORTS,
    ],
    ["a rule builds on a rule", "engine/src/rules/no-a.ts", `import "./no-float-amounts.ts";`, IMPORTS],
    ["a rule reads the disk", "engine/src/rules/no-a.ts", `import "node:fs";`, IMPORTS],
    ["engine knows the disk", "engine/src/a.ts", `import "@paylint/linking";`, IMPORTS],
    ["linking knows the server", "linking/src/a.ts", `import "../../server/src/cli.ts";`, IMPORTS],
    ["linking reaches into the engine", "linking/src/a.ts", `import "../../engine/src/lint.ts";`, IMPORTS],
    ["linking starts a program", "linking/src/a.ts", `import "node:child_process";`, IMPORTS],
    [
      "linking writes",
      "linking/src/a.ts",
      `import { writeFileSync } from "node:fs"; writeFileSync("", "");`,
      IMPORTS,
    ],
    ["linking waits for the disk", "linking/src/a.ts", `import "node:fs/promises";`, IMPORTS],
    ["linking loads what it finds", "linking/src/a.ts", `export const a = (b: string) => import(b);`, SYNTAX],
    ["the plugin reads the disk", "eslint-plugin/src/a.ts", `import "node:fs";`, IMPORTS],
    ["the plugin parses", "eslint-plugin/src/a.ts", `import "@babel/parser";`, IMPORTS],
    [
      "the plugin loads an ESLint of its own",
      "eslint-plugin/src/a.ts",
      `import { ESLint } from "eslint"; new ESLint();`,
      IMPORTS,
    ],
    [
      "the plugin reaches into the engine",
      "eslint-plugin/src/a.ts",
      `import "../../engine/src/lint.ts";`,
      IMPORTS,
    ],
    ["the server knows VS Code", "server/src/a.ts", `import "vscode";`, IMPORTS],
    ["the server knows the client", "server/src/a.ts", `import "../../client/src/extension.ts";`, IMPORTS],
    ["the server uses ESLint", "server/src/a.ts", `import "eslint";`, IMPORTS],
    ["the server starts a program", "server/src/project/a.ts", `import "node:child_process";`, IMPORTS],
    ["the server runs a script", "server/src/a.ts", `import "vm";`, IMPORTS],
    ["the server calls the network", "server/src/a.ts", `import "node:https";`, IMPORTS],
    ["the server evaluates", "server/src/a.ts", `eval("1");`, "no-eval"],
    [
      "the server makes a function of a text",
      "server/src/a.ts",
      `export const a = new Function("1");`,
      "no-new-func",
    ],
    [
      "the server imports what a name says",
      "server/src/a.ts",
      `export const a = (b: string) => import(b);`,
      SYNTAX,
    ],
    ["the client analyses", "client/src/a.ts", `import "@paylint/engine";`, IMPORTS],
    ["the client reads the disk", "client/src/a.ts", `import "node:fs";`, IMPORTS],
    [
      "the client runs the server's code",
      "client/src/a.ts",
      `import { a } from "paylint/protocol"; a();`,
      IMPORTS,
    ],
    [
      "the client reaches into the server",
      "client/src/a.ts",
      `import "../../server/src/protocol.ts";`,
      IMPORTS,
    ],
  ])("%s", async (_, filePath, code, rule) => {
    expect(await brokenRules(filePath, code)).toContain(rule);
  });
});

describe("what a package may do is not reported", () => {
  test.each([
    ["engine/src/parse/a.ts", `import { parse } from "@babel/parser"; export const a = parse("");`],
    ["engine/src/parse/a.ts", `import type { Module } from "../flow/tree.ts"; export type A = Module;`],
    ["engine/src/observe/a.ts", `import { flowOf } from "../flow/flow.ts"; export const a = flowOf;`],
    ["engine/src/rules/no-a.ts", `import { defineRule } from "./rule.ts"; export const a = defineRule;`],
    ["engine/src/rules/no-a.ts", `import type { Range } from "../flow/tree.ts"; export type A = Range;`],
    ["engine/src/rules/index.ts", `import { a } from "./no-float-amounts.ts"; export const b = a;`],
    ["linking/src/a.ts", `import { readFileSync } from "node:fs"; export const a = readFileSync;`],
    ["eslint-plugin/src/a.ts", `import { DiskHost } from "@paylint/linking"; export const a = DiskHost;`],
    ["eslint-plugin/src/a.ts", `import { rules } from "@paylint/engine"; export const a = rules;`],
    ["eslint-plugin/src/a.ts", `import type { Rule } from "eslint"; export type A = Rule.RuleModule;`],
    ["server/src/a.ts", `import { readFile } from "node:fs/promises"; export const a = readFile;`],
    ["client/src/a.ts", `import type { A } from "paylint/protocol"; export type B = A;`],
    ["client/src/a.ts", `import * as vscode from "vscode"; export const a = vscode.window;`],
  ])("%s: %s", async (filePath, code) => {
    expect(await brokenRules(filePath, code)).toEqual([]);
  });
});
