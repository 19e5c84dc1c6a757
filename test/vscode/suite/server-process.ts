import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** The process ids of the language servers that this extension host has started. */
export function serverProcesses(): number[] {
  return commandLines()
    .filter(({ parent, command }) => parent === process.pid && /language-server\.js/.test(command))
    .map(({ id }) => id);
}

interface CommandLine {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

function commandLines(): CommandLine[] {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/** Linux without the ps program is common on servers. */
function fromProc(): CommandLine[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ id: Number(name), parent, command }];
      } catch {
        // It ended while the list was read.
        return [];
      }
    });
}

function fromPs(): CommandLine[] {
  const lines = execFileSync("ps", ["-Ao", "pid=,ppid=,args="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)!;
    return { id: Number(id), parent: Number(parent), command: command! };
  });
}
