import { expect, test } from "vitest";
import { statusText } from "../src/status-text.ts";

test.for([
  ["starting", undefined, "information", true],
  ["ready", undefined, "information", false],
  ["ready", { state: "checked", settingsBroken: false }, "information", false],
  ["ready", { state: "checked", settingsBroken: true }, "warning", false],
  ["ready", { state: "skipped", reason: "larger than 1 MB" }, "warning", false],
  ["ready", { state: "failed" }, "warning", false],
  ["restarting", { state: "checked", settingsBroken: false }, "warning", true],
  ["crashed", { state: "checked", settingsBroken: false }, "error", false],
] as const)("%s, %j", ([server, document, severity, busy]) => {
  expect(statusText(server, document)).toMatchObject({ severity, busy });
});

test("a file that is not checked is told with the reason", () => {
  const { detail } = statusText("ready", { state: "skipped", reason: "larger than 1 MB" });
  expect(detail).toBe("this file is not checked: larger than 1 MB");
});

test("a file whose findings ESLint shows says so", () => {
  const { detail, severity } = statusText("ready", {
    state: "checked",
    settingsBroken: false,
    byEslint: true,
  });
  expect(detail).toContain("ESLint");
  expect(severity).toBe("information");
});

test("a server that keeps stopping is one click from a new start", () => {
  expect(statusText("crashed", undefined).command).toBe("paylint.restartServer");
});
