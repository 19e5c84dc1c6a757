// `npm run editor`: VS Code with the extension and a copy of the sample shop, for a person to try in a browser.
import { once } from "node:events";
import { provideVsCode } from "./vscode-build.ts";
import { VsCodeServer } from "./vscode-server.ts";
import { packExtension } from "./vsix.ts";
import { Workspace } from "./workspace.ts";

await using workspace = await Workspace.create();
const vsix = workspace.path("paylint.vsix");
const [vscode] = await Promise.all([provideVsCode(), packExtension(vsix)]);
const server = await VsCodeServer.start(vscode, vsix, workspace.path("vscode"));
console.log(`
VS Code with Paylint and a copy of the sample shop, whose README says what is wrong where:

  ${server.url(workspace.shop)}

Open it in a browser. Ctrl+C ends it and removes the copy.`);
await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), server.ended]);
await server.stop();
