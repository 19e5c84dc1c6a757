import type { DocumentState } from "paylint/protocol";

export type ServerState = "starting" | "ready" | "restarting" | "crashed";

export interface StatusText {
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly busy: boolean;
  readonly command: "paylint.showLog" | "paylint.restartServer";
}

/** What the status item says of the server and of the document in front; undefined for one not looked at yet. */
export function statusText(server: ServerState, document: DocumentState | undefined): StatusText {
  switch (server) {
    case "starting":
      return { detail: "starting", severity: "information", busy: true, command: "paylint.showLog" };
    case "restarting":
      return {
        detail: "the server stopped and is started again",
        severity: "warning",
        busy: true,
        command: "paylint.showLog",
      };
    case "crashed":
      return {
        detail: "the server keeps stopping; this file is not checked",
        severity: "error",
        busy: false,
        command: "paylint.restartServer",
      };
    case "ready":
      return { ...documentText(document), busy: false, command: "paylint.showLog" };
  }
}

function documentText(document: DocumentState | undefined): Pick<StatusText, "detail" | "severity"> {
  switch (document?.state) {
    case undefined:
      return { detail: "ready", severity: "information" };
    case "checked":
      if (document.byEslint)
        return { detail: "ESLint shows what Paylint's plugin finds in this file", severity: "information" };
      return document.settingsBroken
        ? { detail: "paylint.json has mistakes, so the recommended rules are used", severity: "warning" }
        : { detail: "this file is checked as you type", severity: "information" };
    case "skipped":
      return { detail: `this file is not checked: ${document.reason}`, severity: "warning" };
    case "failed":
      return { detail: "this file is not checked: Paylint failed on it", severity: "warning" };
  }
}
