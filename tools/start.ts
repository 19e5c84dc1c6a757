// `npm start`: shows on the sample shop what Paylint does, and says what to try next.
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
console.log("Checking the sample shop: paylint check examples/shop\n");
const { status } = spawnSync(process.execPath, ["server/bin/paylint.js", "check", "examples/shop"], {
  cwd: root,
  stdio: "inherit",
});
// The sample has findings on purpose; only a check that could not run is a failure.
if (status !== 0 && status !== 1) {
  console.error("\nThe check could not run; see above.");
  process.exit(1);
}
console.log(`
Each finding is a mistake that people really make. What to try next:

  npx paylint check examples/shop-repaired   the same shop, repaired: silent
  npx paylint check PATH                     your own code; nothing of it is run
  npm run editor                             the sample shop in a real VS Code with the extension
  npm test                                   everything that has to be true of Paylint
`);
