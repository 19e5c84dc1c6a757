import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** Nothing in front of the code, and nothing that asks the network. */
const SETTINGS = {
  // In a browser it is on, and what a case only tried would be in the file a second later.
  "files.autoSave": "off",
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.banner": "never",
};

/** A running VS Code server: opened in a browser it is VS Code, with the real extension host behind it. */
export class VsCodeServer {
  /** Host and port, as in `127.0.0.1:4711`. */
  readonly authority: string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: string) {
    this.#process = process;
    this.ended = once(process, "exit");
    this.authority = `127.0.0.1:${port}`;
  }

  /** Starts VS Code with one extension installed; everything it writes goes below `folder`. */
  static async start(vscode: string, vsix: string, folder: string): Promise<VsCodeServer> {
    const extensions = path.join(folder, "extensions");
    await mkdir(extensions, { recursive: true });
    const machine = path.join(folder, "data/data/Machine");
    await mkdir(machine, { recursive: true });
    await writeFile(path.join(machine, "settings.json"), JSON.stringify(SETTINGS));
    // Its sockets lie among the temporary files, and are not always removed.
    const env = { ...process.env, TMPDIR: folder };
    const program = [
      path.join(vscode, "out/server-main.js"),
      "--accept-server-license-terms",
      "--telemetry-level",
      "off",
      "--server-data-dir",
      path.join(folder, "data"),
      "--extensions-dir",
      extensions,
    ];
    await promisify(execFile)(process.execPath, [...program, "--install-extension", vsix], { env });
    const server = spawn(
      process.execPath,
      [
        ...program,
        ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--enable-smoke-test-driver"],
      ],
      { env, stdio: ["ignore", "pipe", "pipe"] },
    );
    return new VsCodeServer(server, await portOf(server));
  }

  /** The address of VS Code with a folder open. */
  url(folder: string, payload?: readonly (readonly [string, string])[]): string {
    const query = new URLSearchParams({ folder });
    if (payload) query.set("payload", JSON.stringify(payload));
    return `http://${this.authority}/?${query}`;
  }

  /** The address by which VS Code knows a file of this machine. */
  remote(file: string): string {
    return `vscode-remote://${this.authority}${file}`;
  }

  async stop(): Promise<void> {
    this.#process.kill();
    await this.ended;
  }
}

/** The port that the server says it listens on; throws with all it said when it ends instead. */
async function portOf(server: ChildProcess): Promise<string> {
  let said = "";
  server.stderr!.on("data", (chunk: Buffer) => (said += chunk.toString()));
  for await (const line of createInterface({ input: server.stdout! })) {
    said += `${line}\n`;
    const port = /listening on (\d+)/.exec(line)?.[1];
    if (port) {
      server.stdout!.resume();
      return port;
    }
  }
  throw new Error(`VS Code's server did not start:\n${said}`);
}
