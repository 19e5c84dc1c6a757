import type { Flow } from "../../flow/flow.ts";
import type { FunctionNode, Node, Range } from "../../flow/tree.ts";

export type Framework =
  | "express"
  | "koa"
  | "fastify"
  | "hono"
  | "nestjs"
  | "next-app"
  | "next-pages"
  | "sveltekit"
  | "remix"
  | "astro"
  | "lambda"
  | "firebase"
  | "workers"
  | "deno"
  | "netlify"
  | "vercel"
  | "unknown";

/** A function that is given the requests a payment provider, or another sender of events, makes. */
export interface Handler {
  readonly flow: Flow;
  readonly fn: FunctionNode;
  readonly framework: Framework;
  /** The path it serves, as far as the file or the files around it tell: `/api/webhooks/stripe`. */
  readonly route: string | undefined;
  /** Id of the provider whose events it receives; undefined where the code does not tell. */
  readonly provider: string | undefined;
  /** Where it is reported: its name, or the call that mounts it. */
  readonly range: Range;
  /** What runs before it, in order: middlewares of its route and router, guards, hooks. Nodes of `flow` or of `place`. */
  readonly before: readonly Stage[];
  /**
   * Whether `before` is all there is. False where others may mount something in front of it: an exported router or
   * handler whose importers are not known.
   */
  readonly complete: boolean;
  /** The files that mount it, and what it is mounted on, as far as they are known: plugins and settings stand there. */
  readonly mountedBy?: readonly Flow[];
}

/** A function or expression that runs before a handler. */
export interface Stage {
  readonly flow: Flow;
  readonly node: Node;
  /** It may not run, or not before: it is mounted in a branch, on a path that is not known, or in another function. */
  readonly unsure?: boolean;
}
