// `npm run lint`: everything about the sources that a tool can judge without running them.
import { LINT, runSteps } from "./steps.ts";

process.exitCode = (await runSteps(LINT)) === 0 ? 0 : 1;
