import type { Flow } from "../../flow/flow.ts";
import { type Node, rangeOf } from "../../flow/tree.ts";
import type { Repair } from "../observation.ts";
import { textOf } from "./modules.ts";
import { asOperand } from "./places.ts";

/** `await` in front of a call, where its function can wait. */
export function repairAwaiting(call: Node, flow: Flow): readonly Repair[] {
  if (!flow.tree.functionOf(call)?.async) return [];
  const text = asOperand(`await ${textOf(call, flow)}`, call, flow);
  return [{ title: "Wait for the check", edits: [{ range: rangeOf(call), text }] }];
}
