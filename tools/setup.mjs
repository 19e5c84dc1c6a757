// Makes a fresh clone ready, then runs the script named in the arguments on the project's own Node.
// Plain JavaScript without dependencies: it starts on the machine's Node, before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const windows = process.platform === "win32";
const node = path.join(root, "node_modules/node/bin", windows ? "node.exe" : "node");
const SOURCES = [
  "engine/src",
  "linking/src",
  "eslint-plugin/src",
  "server/src",
  "client/src",
  "providers",
  "tools/build.ts",
];
const OUTPUTS = ["eslint-plugin/dist/index.js", "server/dist/cli.js", "dist/extension.cjs"];
/** Written by tools/build.ts when a build has succeeded. */
const BUILT = "node_modules/.cache/paylint/built";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
}
const reason = whyInstall();
if (reason) {
  say(`${reason}: running npm ci …`);
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (!existsSync(node)) {
    fail("npm was told to skip install scripts. Run: npm rebuild node esbuild --ignore-scripts=false");
  }
}
if (needsBuild()) {
  say("building …");
  run(node, ["tools/build.ts"]);
}
const command = process.argv.slice(2);
if (command.length > 0) run(node, command);

/** Compares what the lock file asks for with npm's own note of what it installed. */
function whyInstall() {
  const note = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(note) || !existsSync(node)) return "packages are missing";
  const installed = packagesOf(note);
  for (const [name, entry] of Object.entries(packagesOf(path.join(root, "package-lock.json")))) {
    // The root has no entry in npm's note; packages for other platforms are left out of it.
    if (name === "" || entry.optional || entry.devOptional) continue;
    if (installed[name]?.version !== entry.version) return `${name} is not what package-lock.json asks for`;
  }
  return undefined;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

function needsBuild() {
  if (![BUILT, ...OUTPUTS].every((file) => existsSync(path.join(root, file)))) return true;
  const built = statSync(path.join(root, BUILT)).mtimeMs;
  return SOURCES.some((source) => changedSince(path.join(root, source), built));
}

/** Folders count too: deleting a file changes only its folder. */
function changedSince(place, time) {
  const stat = statSync(place);
  if (stat.mtimeMs > time) return true;
  return stat.isDirectory() && readdirSync(place).some((name) => changedSince(path.join(place, name), time));
}

function run(program, args) {
  const PATH = [path.join(root, "node_modules/.bin"), process.env.PATH].join(path.delimiter);
  // npm is a batch file on Windows, which only a shell can start.
  const shell = windows && program === "npm";
  const { error, status } = spawnSync(program, args, {
    cwd: root,
    stdio: "inherit",
    shell,
    env: { ...process.env, PATH },
  });
  if (error) fail(`${program} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function say(text) {
  console.log(`setup: ${text}`);
}

function fail(text) {
  console.error(`setup: ${text}`);
  process.exit(1);
}
