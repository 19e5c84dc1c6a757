import type { TSESTree } from "@typescript-eslint/types";
import { Calls } from "./calls.ts";
import { type Constant, constantOf } from "./constant.ts";
import { buildGraph, canReturn, type Graph, type Root } from "./graph.ts";
import { type Exports, exportsOf } from "./exports.ts";
import type { Glance } from "./glance.ts";
import type { Linker, Place } from "./link.ts";
import { asInstance, type Meaning, nameOf } from "./meaning.ts";
import { Origins, type Trace, type TraceOptions } from "./origin.ts";
import { Places } from "./places.ts";
import { type ReachingWrites, reachingWrites } from "./reaching.ts";
import { Resolver } from "./resolve.ts";
import { Scopes, type Write } from "./scopes.ts";
import {
  bare,
  type ClassNode,
  type FunctionNode,
  indexTree,
  type Module,
  type Node,
  type Tree,
} from "./tree.ts";

/** A call that ends the process only after more calls in calls than this is taken to return. */
const MAX_HOPS = 20;

/** What a file's own text says, whatever other files hold. */
interface Parts {
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly resolver: Resolver;
  readonly calls: Calls;
}

const parts = new WeakMap<Module["program"], Parts>();

function partsOf(module: Module): Parts {
  let known = parts.get(module.program);
  if (!known) {
    const tree = indexTree(module);
    const scopes = new Scopes(tree);
    const resolver = new Resolver(tree, scopes);
    parts.set(module.program, (known = { tree, scopes, resolver, calls: new Calls(tree, scopes, resolver) }));
  }
  return known;
}

/** What can be asked of one file's code. Everything in it is computed on demand and kept. */
export class Flow {
  readonly module: Module;
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly calls: Calls;
  readonly #resolver: Resolver;
  readonly #origins: Origins;
  readonly #linker: Linker | undefined;
  readonly #places: Places;
  #exports: Exports | undefined;
  readonly #graphs = new Map<Root, Graph>();
  readonly #neverReturns = new Map<FunctionNode, boolean>();
  /** Functions whose end is being looked for, each called by the one before. */
  #hops = 0;

  constructor(module: Module, linker?: Linker) {
    const { tree, scopes, resolver, calls } = partsOf(module);
    this.module = module;
    this.tree = tree;
    this.scopes = scopes;
    this.calls = calls;
    this.#resolver = resolver;
    this.#linker = linker;
    this.#places = linker?.places ?? new Places();
    this.#origins = new Origins({
      tree,
      scopes,
      resolver,
      calls,
      reaching: (read, writes) => this.#visibleWrites(read, writes),
    });
  }

  /** What a callee or value means. */
  resolve(node: Node): Meaning {
    return this.#resolver.resolve(node);
  }

  /** What a callee or value means, as text: see nameOf(). */
  name(node: Node): string | undefined {
    return nameOf(this.#resolver.resolve(node));
  }

  /** What a field or method of a class means in its objects; undefined for one that the class itself does not say. */
  field(node: ClassNode, name: string): Meaning | undefined {
    return this.#resolver.field(node, name);
  }

  /** What the module exports. */
  get exports(): Exports {
    return (this.#exports ??= exportsOf(this.tree, this.scopes));
  }

  /**
   * The function, class method, object member or constant value that a meaning stands for, in this file or another;
   * undefined for one that no file of the project shows, or that is ambiguous.
   */
  place(meaning: Meaning): Place | undefined {
    return this.#places.placeOf(meaning, this);
  }

  /** The same, where it stands in another file. */
  elsewhere(meaning: Meaning): Place | undefined {
    const place = this.place(meaning);
    return place?.flow === this ? undefined : place;
  }

  /**
   * The name of what a meaning stands for behind other files of the project, where that is something of a package or of
   * the language: `stripe:new().refunds.create` of `../lib/stripe:client.refunds.create`.
   */
  nameBeyond(meaning: Meaning): string | undefined {
    return this.#places.nameOf(meaning, this);
  }

  /**
   * Whether a meaning may lead to something that no text can hold without a match: false where it begins in a module
   * of the project that, like those it imports, has none, and need not be opened for it.
   */
  mayLeadTo(pattern: RegExp, meaning: Meaning): boolean {
    const specifier = this.#moduleOf(meaning);
    if (specifier === undefined || !this.#linker) return true;
    return this.#linker.mayHold(pattern, specifier, this.module.fileName);
  }

  /** Whether a meaning begins in a module of the project that has a match. */
  beginsIn(pattern: RegExp, meaning: Meaning): boolean {
    const specifier = this.#moduleOf(meaning);
    return specifier !== undefined && (this.glance(specifier)?.has(pattern) ?? false);
  }

  /**
   * The text of the function that an import names, where its file declares it in plain sight: no need to open it in
   * order to know that it is one.
   */
  functionAtGlance({ root, path }: Meaning): string | undefined {
    const [first] = path;
    if (root.kind !== "import" || path.length !== 1 || first?.kind !== "member" || !first.name)
      return undefined;
    return this.glance(root.module)?.declaration(first.name);
  }

  /** The module that a meaning begins in, through a field of a class where there is one. */
  #moduleOf(meaning: Meaning): string | undefined {
    const { root, path } = asInstance(meaning);
    if (root.kind === "import") return root.module;
    const [first] = path;
    if (root.kind !== "this" || !root.class || first?.kind !== "member" || first.name === undefined)
      return undefined;
    const field = this.field(root.class, first.name);
    return field && field.root.kind !== "this" ? this.#moduleOf(field) : undefined;
  }

  /** A look at the text of the module that a specifier of this file names, where it is one of the project. */
  glance(specifier: string): Glance | undefined {
    return this.#linker?.glance(specifier, this.module.fileName);
  }

  /** The module that a specifier of this file names, where it is one of the project. */
  opened(specifier: string): Flow | undefined {
    return this.#linker?.open(specifier, this.module.fileName);
  }

  /** The modules that import this one, of those whose name counts; undefined where they are not known. */
  importers(counts: (fileName: string) => boolean = () => true): readonly Flow[] | undefined {
    return this.#linker?.importersOf(this.module.fileName, counts);
  }

  /** Where a value can come from; never empty. */
  traces(node: Node, options?: TraceOptions): readonly Trace[] {
    return this.#origins.of(node, options);
  }

  /** How often a value had more origins than are followed, and was called unknown. */
  get gaveUp(): number {
    return this.#origins.gaveUp;
  }

  /** The value of an expression that is the same in every run. */
  constant(node: Node): Constant | undefined {
    return constantOf(node, this.scopes);
  }

  /** The writes of a variable that a read of it can see; undefined when unknown. */
  reachingWrites(read: Node): ReachingWrites | undefined {
    const variable = this.scopes.variableOf(read);
    if (!variable) return undefined;
    const graph = this.graphOf(this.tree.functionOf(read) ?? this.module.program);
    return reachingWrites(graph, this.scopes.writesOf(variable), read);
  }

  #visibleWrites(read: Node, writes: readonly Write[]): readonly Write[] {
    const reaching = writes.length > 1 ? this.reachingWrites(read) : undefined;
    const visible = reaching ? [...reaching.writes, ...reaching.escapes] : [];
    return visible.length > 0 ? visible : writes;
  }

  /** Whether every path of a function ends in an exception or in the end of the process. */
  neverReturns(fn: FunctionNode): boolean {
    const known = this.#neverReturns.get(fn);
    if (known !== undefined) return known;
    if (this.#hops === MAX_HOPS) return false;
    this.#hops++;
    // A function that calls itself is taken to return while that is being found out.
    this.#neverReturns.set(fn, false);
    const never = !fn.generator && !canReturn(this.graphOf(fn));
    this.#neverReturns.set(fn, never);
    this.#hops--;
    return never;
  }

  /** A call after which nothing runs; an async function ends its caller only where it is awaited. */
  #endsHere(node: TSESTree.CallExpression | TSESTree.AwaitExpression): boolean {
    const call = bare(node.type === "AwaitExpression" ? node.argument : node);
    if (call.type !== "CallExpression") return false;
    if (/^(?:process[.:]exit|process[.:]abort|Deno\.exit)$/.test(this.name(call.callee) ?? "")) return true;
    const fn = this.calls.functionNamed(call.callee);
    return fn !== undefined && fn.async === (node.type === "AwaitExpression") && this.neverReturns(fn);
  }

  /** The control flow of a function, or of the top level of the file. */
  graphOf(root: Root): Graph {
    let graph = this.#graphs.get(root);
    if (!graph) {
      graph = buildGraph(root, {
        visitorKeys: this.module.visitorKeys,
        neverReturns: (node) => this.#endsHere(node),
      });
      this.#graphs.set(root, graph);
    }
    return graph;
  }
}

const flows = new WeakMap<Module["program"], Flow>();

/** The flow of a module: one per tree, or per linker where there is one, however many rules ask. */
export function flowOf(module: Module, linker?: Linker): Flow {
  if (linker) return linker.flowOf(module);
  let flow = flows.get(module.program);
  if (!flow) flows.set(module.program, (flow = new Flow(module)));
  return flow;
}
