import { describe, expect, it } from "vitest";
import { rangeOf } from "../../src/flow/tree.ts";
import { type Files, linkedFlow } from "./linked.ts";
import { probed } from "./probe.ts";

/** Where the probed value stands: the file and the code up to its first line's end; undefined when unknown. */
function placeIn(files: Files): string | undefined {
  const flow = linkedFlow(files);
  const place = flow.elsewhere(flow.resolve(probed(flow)));
  if (!place) return undefined;
  const { start, end } = rangeOf(place.node);
  return `${place.flow.module.fileName}: ${place.flow.module.text.slice(start, end)}`;
}

function table(
  rows: readonly (readonly [what: string, from: string, lib: string, place: string | undefined])[],
) {
  it.each(rows)("%s", (_, from, lib, place) => {
    expect(placeIn({ "app.ts": from, "lib.ts": lib })).toBe(place && `lib.ts: ${place}`);
  });
}

describe("imports", () => {
  table([
    ["named", `import { f } from "./lib"; probe(f)`, "export function f() {}", "function f() {}"],
    ["renamed", `import { f as g } from "./lib"; probe(g)`, "export const f = 1", "1"],
    ["default", `import f from "./lib"; probe(f)`, "export default () => 1", "() => 1"],
    ["namespace", `import * as lib from "./lib"; probe(lib.f)`, "export const f = 1", "1"],
    ["require", `probe(require("./lib").f)`, "exports.f = () => 1", "() => 1"],
    ["whole require", `const f = require("./lib"); probe(f)`, "module.exports = () => 1", "() => 1"],
  ]);
});
