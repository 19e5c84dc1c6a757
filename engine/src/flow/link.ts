import { Flow } from "./flow.ts";
import { type Glance, glanceAt } from "./glance.ts";
import { Places } from "./places.ts";
import type { Module, Node } from "./tree.ts";

/** A file's text; its name is in the form of the linted file's. */
export interface SourceFile {
  readonly fileName: string;
  readonly text: string;
}

/** Where the other files of a project come from; what it answers stays the same while a file is linted. */
export interface Host {
  /**
   * The text of the module that a specifier names from a file; undefined when it is missing, foreign (a package that
   * was installed), too large or outside of the project.
   */
  find(specifier: string, from: string): SourceFile | undefined;
  /** The files that import a file, as far as the host knows; undefined when it does not. */
  importersOf?(fileName: string): readonly SourceFile[] | undefined;
}

/** A piece of code of one of the project's files. Only its own flow can be asked about it. */
export interface Place {
  readonly flow: Flow;
  readonly node: Node;
}

/** How many other files are opened for one that is linted; what lies beyond is unknown. */
const MAX_OPENED = 60;

/** How many imports away from a module a glance looks, and how many texts at most. */
const MAX_STEPS = 2;
const MAX_GLANCES = 60;

/** Opens the files that a linted one leads to. One is made for each linted file, and lives as long as the look at it. */
export class Linker {
  readonly #host: Host;
  readonly #parse: (source: SourceFile) => Module | undefined;
  readonly #budget: number;
  readonly #flows = new Map<string, Flow | undefined>();
  readonly #found = new Map<string, Flow | undefined>();
  readonly #importers = new Map<string, readonly SourceFile[] | undefined>();
  readonly #links = new Set<string>();
  readonly #glances = new Map<RegExp, Map<string, boolean>>();
  #linted: string | undefined;
  readonly places = new Places();
  /** How often the budget ran out. */
  gaveUp = 0;

  constructor(host: Host, parse: (source: SourceFile) => Module | undefined, budget = MAX_OPENED) {
    this.#host = host;
    this.#parse = parse;
    this.#budget = budget;
  }

  /** The names of all other files that were asked for; of a missing one by its path as the specifier gives it. */
  get links(): readonly string[] {
    return [...this.#links].filter((name) => name !== this.#linted).sort();
  }

  /** The names of the files whose importers were asked for. */
  get importersAsked(): readonly string[] {
    return [...this.#importers.keys()].sort();
  }

  /** The flow of the linted file itself: what leads back to it finds this one, whatever the host holds of it. */
  flowOf(module: Module): Flow {
    let flow = this.#flows.get(module.fileName);
    if (flow?.module.program !== module.program)
      this.#flows.set(module.fileName, (flow = new Flow(module, this)));
    this.#linted = module.fileName;
    return flow!;
  }

  /** The module that a specifier names from a file. */
  open(specifier: string, from: string): Flow | undefined {
    const key = `${from}\n${specifier}`;
    if (this.#found.has(key)) return this.#found.get(key);
    const source = this.#host.find(specifier, from);
    if (!source && /^\.\.?(?:\/|$)/.test(specifier)) this.#links.add(joined(from, specifier));
    const flow = source && this.#openSource(source);
    this.#found.set(key, flow);
    return flow;
  }

  /**
   * Whether the text of a module, or of one that it imports over a few steps, has a match; for what no text can hold
   * without one, a module need not be opened. True where that is not known.
   */
  mayHold(pattern: RegExp, specifier: string, from: string): boolean {
    let known = this.#glances.get(pattern);
    if (!known) this.#glances.set(pattern, (known = new Map<string, boolean>()));
    const key = `${from}\n${specifier}`;
    let holds = known.get(key);
    if (holds === undefined) known.set(key, (holds = this.#findMatch(pattern, specifier, from)));
    return holds;
  }

  /** The text of a module alone. */
  glance(specifier: string, from: string): Glance | undefined {
    const source = this.#host.find(specifier, from);
    return source && this.#glanceAt(source);
  }

  #findMatch(pattern: RegExp, specifier: string, from: string): boolean {
    const source = this.#host.find(specifier, from);
    if (!source) return true;
    const seen = new Set([source.fileName]);
    let level: SourceFile[] = [source];
    for (let step = 0; level.length > 0; step++) {
      if (level.some((each) => this.#glanceAt(each).has(pattern))) return true;
      if (step === MAX_STEPS) return false;
      level = level.flatMap((each) => this.#importsOf(each)).filter(({ fileName }) => !seen.has(fileName));
      for (const { fileName } of level) seen.add(fileName);
      if (seen.size > MAX_GLANCES) return true;
    }
    return false;
  }

  #importsOf(source: SourceFile): SourceFile[] {
    const { specifiers } = this.#glanceAt(source);
    return specifiers.flatMap((specifier) => this.#host.find(specifier, source.fileName) ?? []);
  }

  #glanceAt(source: SourceFile): Glance {
    this.#links.add(source.fileName);
    return glanceAt(source);
  }

  /**
   * The modules that import a file, of those whose name counts; undefined when they, or some of them, are not known.
   */
  importersOf(fileName: string, counts: (fileName: string) => boolean): readonly Flow[] | undefined {
    if (!this.#importers.has(fileName)) this.#importers.set(fileName, this.#host.importersOf?.(fileName));
    const flows = this.#importers
      .get(fileName)
      ?.filter((source) => counts(source.fileName))
      .map((source) => this.#openSource(source));
    return flows?.every((flow) => flow !== undefined) ? flows : undefined;
  }

  #openSource(source: SourceFile): Flow | undefined {
    const { fileName } = source;
    this.#links.add(fileName);
    if (this.#flows.has(fileName)) return this.#flows.get(fileName);
    if (this.#flows.size > this.#budget) {
      this.gaveUp++;
      return undefined;
    }
    const module = this.#parse(source);
    const flow = module && new Flow(module, this);
    this.#flows.set(fileName, flow);
    return flow;
  }
}

/** A relative specifier as a path in the form of the file's name that holds it. */
function joined(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
