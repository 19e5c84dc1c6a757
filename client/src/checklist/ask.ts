import type { ServerRequests, SignParams } from "paylint/protocol";
import * as vscode from "vscode";

const { t } = vscode.l10n;

/** Sends a request to the server that runs at the moment. */
export type Ask = <Method extends keyof ServerRequests>(
  method: Method,
  params: ServerRequests[Method]["params"],
) => Promise<ServerRequests[Method]["result"]>;

/** What a person adds to a signature. */
export type Answers = Pick<SignParams, "who" | "evidence" | "note" | "reason">;

/** Who signs; undefined when the person gave up. `signer` is the one that git knows. */
async function askWho(title: string, signer: string | undefined): Promise<string | undefined> {
  if (signer !== undefined) {
    const another = t("Another person …");
    const items = [
      { label: signer, description: t("as git knows you") },
      { label: another, description: t("who looks at it with you and signs") },
    ];
    const picked = await vscode.window.showQuickPick(items, { title, placeHolder: t("Who signs?") });
    if (picked?.label !== another) return picked?.label;
  }
  return vscode.window.showInputBox({
    title,
    prompt: t("Who signs?"),
    placeHolder: "Ada Example <ada@example.com>",
    validateInput: (text) =>
      /^[^<>]*[^<>\s] <[^<>\s@]+@[^<>\s@]+>$/.test(text.trim())
        ? undefined
        : t("Write a name and a mail address: Ada Example <ada@example.com>"),
  });
}

/** Asks for what belongs to a signature; undefined when the person gave up. */
export async function askAnswers(
  state: SignParams["state"],
  title: string,
  signer: string | undefined,
): Promise<Answers | undefined> {
  const who = await askWho(title, signer);
  if (who === undefined) return undefined;
  if (state === "not-applicable") {
    const reason = await vscode.window.showInputBox({
      title,
      prompt: t("Why does it not apply?"),
      validateInput: (text) => (text.trim() === "" ? t("A reason is needed") : undefined),
    });
    return reason === undefined ? undefined : { who, reason };
  }
  if (state === "reopened") {
    const note = await askText(title, t("Why is it open again? (Enter leaves it out)"));
    return note === undefined ? undefined : { who, ...(note !== "" && { note }) };
  }
  const evidence = await askText(
    title,
    t("What shows it: a URL, or a file of the project (Enter leaves it out)"),
  );
  if (evidence === undefined) return undefined;
  const note = await askText(title, t("A note (Enter leaves it out)"));
  return note === undefined
    ? undefined
    : { who, ...(evidence !== "" && { evidence }), ...(note !== "" && { note }) };
}

async function askText(title: string, prompt: string): Promise<string | undefined> {
  return (await vscode.window.showInputBox({ title, prompt }))?.trim();
}
