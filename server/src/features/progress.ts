import type { ClientCapabilities, Connection } from "vscode-languageserver";

/** Work on many files that is shown while it goes on. */
export interface ScanProgress {
  /** Aborted when a person does not want to wait for it. */
  readonly cancelled: AbortSignal;
  report(done: number, of: number): void;
  done(): void;
}

const SILENT: ScanProgress = { cancelled: new AbortController().signal, report() {}, done() {} };

/** Begins to show work under a title, where the client shows any. */
export async function beginProgress(
  connection: Connection,
  { window }: ClientCapabilities,
  title: string,
): Promise<ScanProgress> {
  if (!window?.workDoneProgress) return SILENT;
  const reporter = await connection.window.createWorkDoneProgress();
  const stopped = new AbortController();
  reporter.token.onCancellationRequested(() => stopped.abort());
  reporter.begin(title, 0, undefined, true);
  return {
    cancelled: stopped.signal,
    report: (done, of) => reporter.report(Math.floor((100 * done) / of), `${done} of ${of} files`),
    done: () => reporter.done(),
  };
}
