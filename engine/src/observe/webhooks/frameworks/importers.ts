import type { Flow } from "../../../flow/flow.ts";
import { importersOf } from "../../files.ts";
import { frameworkByParameters, takesRequest } from "./parameters.ts";

/** Importers of importers are asked so far. */
const DEPTH = 3;

const known = new WeakMap<Flow, readonly Flow[]>();

/** A file and those that import it, where functions of it may be given requests; else the file alone. */
export function filesThatMount(flow: Flow): readonly Flow[] {
  const functions = [
    ...flow.tree.all("FunctionDeclaration"),
    ...flow.tree.all("FunctionExpression"),
    ...flow.tree.all("ArrowFunctionExpression"),
  ];
  return functions.some((fn) => takesRequest(fn, flow) || frameworkByParameters(fn, flow))
    ? [flow, ...filesBehind(flow)]
    : [flow];
}

/** The files that import a file, directly or through files that hand on what they import; none where unknown. */
export function filesBehind(flow: Flow): readonly Flow[] {
  let files = known.get(flow);
  if (!files) {
    const found = new Set<Flow>();
    collect(flow, found, 0);
    found.delete(flow);
    known.set(flow, (files = [...found]));
  }
  return files;
}

function collect(flow: Flow, found: Set<Flow>, depth: number): void {
  for (const importer of importersOf(flow) ?? []) {
    if (found.has(importer)) continue;
    found.add(importer);
    if (depth < DEPTH && handsOn(importer)) collect(importer, found, depth + 1);
  }
}

/** Whether a file may export what it imports. */
function handsOn({ exports }: Flow): boolean {
  return (
    exports.all.length > 0 ||
    exports.whole.length > 0 ||
    [...exports.named.values()].some((each) => each.some(({ kind }) => kind === "from"))
  );
}
