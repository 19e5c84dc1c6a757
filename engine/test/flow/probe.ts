import type { Flow } from "../../src/flow/flow.ts";
import type { Origin, Trace } from "../../src/flow/origin.ts";
import type { Node } from "../../src/flow/tree.ts";
import { callsOf, flowFor, PARSERS } from "./paths.ts";

/** The first argument of the code's first `probe(…)`. */
export function probed(flow: Flow): Node {
  const argument = callsOf(flow, "probe")[0]?.arguments[0];
  if (!argument) throw new Error("The test's code has no probe(…)");
  return argument;
}

/** Every row once with each parser. */
export function withParsers<Row extends object>(
  rows: readonly Row[],
): (Row & { parser: (typeof PARSERS)[number] })[] {
  return rows.flatMap((row) => PARSERS.map((parser) => ({ ...row, parser })));
}

/** Where the probed value comes from, as sorted words: `env X`, `literal 3`, `#0.body`, `made`, `unknown`. */
export function originsOf(code: string, parser: (typeof PARSERS)[number]): string[] {
  const flow = flowFor(code, "handler.ts", parser);
  return [...new Set(flow.traces(probed(flow)).map(({ origin }) => word(origin)))].sort();
}

function word(origin: Origin): string {
  switch (origin.kind) {
    case "literal":
      return `literal ${origin.value}`;
    case "environment":
      return `env ${origin.name ?? "?"}`;
    case "named":
      return origin.name ?? "named";
    default:
      return origin.kind;
  }
}

/** The steps of a trace as words: `call:stringify`, `alias`. */
export function stepsOf({ steps }: Trace): string[] {
  return steps.map(({ kind, name }) => (name === undefined ? kind : `${kind}:${name}`));
}
