import * as vscode from "vscode";
import { onSettingChanged, setting } from "./configuration.ts";

/** Follows whether the ESLint extension runs, so that nothing is shown by both. */
export class EslintWatch implements vscode.Disposable {
  readonly #tell: (runs: boolean) => void;
  readonly #subscriptions: vscode.Disposable;
  #told = false;

  constructor(tell: (runs: boolean) => void) {
    this.#tell = tell;
    const look = (): void => this.#look();
    this.#subscriptions = vscode.Disposable.from(
      // VS Code does not tell when an extension begins to run, but what it shows then.
      vscode.languages.onDidChangeDiagnostics(look),
      vscode.extensions.onDidChange(look),
      onSettingChanged("besideEslint", look),
    );
  }

  /** A server that has begun takes it that ESLint does not run. */
  begin(): void {
    this.#told = false;
    this.#look();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #look(): void {
    const runs =
      setting("besideEslint") === "once" &&
      vscode.extensions.getExtension("dbaeumer.vscode-eslint")?.isActive === true &&
      vscode.workspace.getConfiguration("eslint").get<boolean>("enable") !== false;
    if (runs === this.#told) return;
    this.#told = runs;
    this.#tell(runs);
  }
}
