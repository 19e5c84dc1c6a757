import type { Flow } from "../../../flow/flow.ts";
import type { FunctionNode } from "../../../flow/tree.ts";
import { Path } from "./path.ts";
import { type Behaviour, UNKNOWN } from "./ways.ts";

/** Functions that call one another more deeply are not followed. */
const DEPTH = 10;

// By flow: what a function calls may stand in a file that has changed since, though its own tree was kept.
const known = new WeakMap<Flow, Map<FunctionNode, Behaviour>>();
let depth = 0;

/** What a function of the project proves and does; one that calls itself is not followed. */
export function behaviourOf(fn: FunctionNode, flow: Flow): Behaviour {
  let behaviours = known.get(flow);
  if (!behaviours) known.set(flow, (behaviours = new Map<FunctionNode, Behaviour>()));
  const found = behaviours.get(fn);
  if (found) return found;
  if (depth >= DEPTH) return UNKNOWN;
  behaviours.set(fn, UNKNOWN);
  depth++;
  try {
    const behaviour = new Path(fn, flow, behaviourOf).run();
    behaviours.set(fn, behaviour);
    return behaviour;
  } finally {
    depth--;
  }
}
