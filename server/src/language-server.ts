// The language server as a program: stdio, unless the command line names another transport.
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./app.ts";

if (!process.argv.some((argument) => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(argument))) {
  process.argv.push("--stdio");
}
serve(createConnection(ProposedFeatures.all));
