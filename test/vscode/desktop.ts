// `npm run test:desktop`: the suite of the tests in a VS Code with a window, which is downloaded the first time.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from "@vscode/test-electron";
import { cacheFolder } from "./vscode-build.ts";
import { packExtension } from "./vsix.ts";
import { Workspace } from "./workspace.ts";

await using workspace = await Workspace.create();
const vsix = workspace.path("paylint.vsix");
await packExtension(vsix);
const vscodeExecutablePath = await downloadAndUnzipVSCode({ cachePath: cacheFolder() });
const folders = ["--extensions-dir", workspace.path("e"), "--user-data-dir", workspace.path("u")];
const [cli = vscodeExecutablePath] = resolveCliArgsFromVSCodeExecutablePath(vscodeExecutablePath);
await promisify(execFile)(cli, [...folders, "--install-extension", vsix], {
  shell: process.platform === "win32",
});
const { extension, tests } = await workspace.buildSuite();
await runTests({
  vscodeExecutablePath,
  extensionDevelopmentPath: extension,
  extensionTestsPath: tests,
  launchArgs: [workspace.shop, ...folders, "--disable-workspace-trust"],
});
