// `npm test`: the checks of the sources, then every test; the last line counts them all.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { providePrograms } from "./programs.ts";
import { LINT, root, runSteps, TYPES } from "./steps.ts";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of Vitest's JSON report that is counted. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** Runs Vitest on everything; a file that could not be loaded, and an error outside of a test, count as failed. */
function runTests(): Counts {
  const folder = mkdtempSync(path.join(tmpdir(), "paylint-test-"));
  try {
    const file = path.join(folder, "report.json");
    const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
    const { status } = spawnSync(
      process.execPath,
      [vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
      { cwd: root, stdio: "inherit" },
    );
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    const unloaded = report.testResults.filter(
      (t) => t.status === "failed" && t.assertionResults.length === 0,
    ).length;
    const failed = report.numFailedTests + unloaded;
    return {
      passed: report.numPassedTests,
      failed: failed === 0 && status !== 0 ? 1 : failed,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

providePrograms();
const checks = [TYPES, ...LINT];
const failedChecks = await runSteps(checks);
const tests = runTests();
const passed = tests.passed + checks.length - failedChecks;
const failed = tests.failed + failedChecks;
console.log(`\n${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ""}`);
process.exitCode = failed === 0 ? 0 : 1;
