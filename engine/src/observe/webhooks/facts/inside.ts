import { isWithin, type Node, type NodeOf } from "../../../flow/tree.ts";
import type { Place } from "./walk.ts";

/** The nodes of a type in a function, whichever functions inside of it they stand in. */
export function inside<Type extends `${Node["type"]}`>(
  { flow, fn }: Place,
  type: Type,
): readonly NodeOf<Type>[] {
  return flow.tree.all(type).filter((node) => isWithin(node as Node, fn));
}
