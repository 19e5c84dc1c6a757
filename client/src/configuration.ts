import * as vscode from "vscode";
import type { Settings } from "./settings.ts";

/** What a person, or else the manifest, sets. */
export function setting<Name extends keyof Settings>(name: Name): Settings[Name] {
  return vscode.workspace.getConfiguration("paylint").get(name) as Settings[Name];
}

export function onSettingChanged(name: keyof Settings, changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`paylint.${name}`)) changed();
  });
}
