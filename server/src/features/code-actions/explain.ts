import { rulePage } from "@paylint/engine";
import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  type ExecuteCommandParams,
} from "vscode-languageserver";
import type { RulePages } from "../rule-pages.ts";
import type { ActionSource } from "./actions.ts";

/** Opens the page of the rule that its argument names: done by the client, or by the server for clients without it. */
export const EXPLAIN_COMMAND = "paylint.explain";

/** The pages of the rules that report here. */
export const explain: ActionSource = {
  kind: CodeActionKind.QuickFix,
  actions({ findings }) {
    const byRule = new Map(findings.map(({ finding, diagnostic }) => [finding.ruleId, diagnostic]));
    return [...byRule].map(([ruleId, diagnostic]) => {
      const title = `Explain ${ruleId}`;
      return {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        command: { title, command: EXPLAIN_COMMAND, arguments: [ruleId] },
      };
    });
  },
};

/** Opens a rule's page in an editor that has no command of its own for it. */
export async function explainRule(
  { arguments: [ruleId] = [] }: ExecuteCommandParams,
  connection: Connection,
  capabilities: ClientCapabilities,
  pages: RulePages,
): Promise<void> {
  const url = typeof ruleId === "string" ? pages.urlOf(ruleId) : undefined;
  if (!url) return;
  const shown =
    capabilities.window?.showDocument?.support === true &&
    (await connection.window.showDocument({ uri: url.href })).success;
  if (!shown) connection.window.showInformationMessage(`${rulePage(String(ruleId))}, here: ${url.pathname}`);
}
