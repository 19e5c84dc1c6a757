import type { Flow } from "../flow/flow.ts";

const TEST_FILE =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e)\/|\.(?:test|spec|e2e|e2e-spec)\.[cm]?[jt]sx?$/i;

/** Whether a file's name says that it tests other code: it builds and compares signatures for its own sake. */
export function isTestFile(fileName: string): boolean {
  return TEST_FILE.test(fileName);
}

/** The modules that import a file, as far as they are known: not those that test it, which mount what they like. */
export function importersOf(flow: Flow): readonly Flow[] | undefined {
  return flow.importers((fileName) => !isTestFile(fileName));
}
