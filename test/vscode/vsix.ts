import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const root = path.resolve(import.meta.dirname, "../..");

/** Builds and packs the extension, as a release does. */
export async function packExtension(file: string): Promise<void> {
  const vsce = path.join(root, "node_modules/@vscode/vsce/vsce");
  const args = [vsce, "package", "--out", file];
  await promisify(execFile)(process.execPath, args, { cwd: root });
}
