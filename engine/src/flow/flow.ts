import { indexTree, type Module, type Tree } from "./tree.ts";

/** What can be asked of one file's code. Everything in it is computed on demand and kept. */
export class Flow {
  readonly module: Module;
  readonly tree: Tree;

  constructor(module: Module) {
    this.module = module;
    this.tree = indexTree(module);
  }
}

const flows = new WeakMap<Module["program"], Flow>();

/** The flow of a module: one per tree, however many rules ask. */
export function flowOf(module: Module): Flow {
  let flow = flows.get(module.program);
  if (!flow) flows.set(module.program, (flow = new Flow(module)));
  return flow;
}
