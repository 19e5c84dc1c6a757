// `npm start`: shows on the sample shop what Paylint does, and says what to try next.
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** Runs `paylint`. The sample has findings on purpose; only a run that could not be one is a failure. */
function show(what: string, ...args: readonly string[]): void {
  console.log(`${what}: paylint ${args.join(" ")}\n`);
  const options = { cwd: root, stdio: "inherit" } as const;
  const { status } = spawnSync(process.execPath, ["server/bin/paylint.js", ...args], options);
  if (status === 0 || status === 1) return;
  console.error("\nIt could not run; see above.");
  process.exit(1);
}

show("Checking the sample shop", "check", "examples/shop");
show("\nIts go-live checklist", "status", "examples/shop");
console.log(`
Each finding is a mistake that people really make, and contradicts what it takes to go live. What to try next:

  npx paylint check examples/shop-repaired   the same shop, repaired: silent
  npx paylint status examples/shop-repaired  its checklist: proved by the code, or signed by people
  npx paylint check PATH                     your own code; nothing of it is run
  npx paylint init PATH                      begin a checklist of your own
  npm run editor                             the sample shop in a real VS Code with the extension
  npm test                                   everything that has to be true of Paylint
`);
