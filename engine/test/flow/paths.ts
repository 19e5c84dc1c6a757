import { parseForESLint } from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/types";
import { type Flow, flowOf } from "../../src/flow/flow.ts";
import { buildGraph, type Graph, type Root } from "../../src/flow/graph.ts";
import { type Limits, type Order, runAutomaton } from "../../src/flow/order.ts";
import { isFunction, type Node } from "../../src/flow/tree.ts";
import { parseJavaScript } from "../../src/parse/javascript.ts";

/** Our own parser, and one that builds the tree differently here and there. */
export const PARSERS = ["babel", "typescript-eslint"] as const;

export function flowFor(
  text: string,
  fileName = "handler.ts",
  parser: (typeof PARSERS)[number] = "babel",
): Flow {
  if (parser === "typescript-eslint") {
    const { ast, scopeManager, visitorKeys } = parseForESLint(text, {
      filePath: fileName,
      range: true,
      loc: true,
    });
    return flowOf({ fileName, text, program: ast, scopeManager: scopeManager!, visitorKeys, comments: [] });
  }
  const { module, problems } = parseJavaScript({ fileName, text });
  if (!module || problems.length > 0)
    throw new Error(`The test's code does not parse: ${problems[0]?.message}`);
  return flowOf(module);
}

/** The function named handler, or the top level when there is none. */
export function rootOf(flow: Flow): Root {
  const named = flow.tree.all("FunctionDeclaration").find(({ id }) => id?.name === "handler");
  const arrow = flow.tree
    .all("VariableDeclarator")
    .find(({ id, init }) => id.type === "Identifier" && id.name === "handler" && init && isFunction(init));
  return named ?? (arrow?.init as Root | undefined) ?? flow.module.program;
}

export function graphFor(flow: Flow, root: Root = rootOf(flow)): Graph {
  return buildGraph(root, {
    visitorKeys: flow.module.visitorKeys,
    neverReturns: (node) => isCallOf(node, "fail"),
  });
}

function isCallOf(node: Node, name: string): node is TSESTree.CallExpression {
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === name;
}

export function callsOf(flow: Flow, name: string): TSESTree.CallExpression[] {
  return flow.tree.all("CallExpression").filter((call) => isCallOf(call, name));
}

type Trust = "unverified" | "verified" | "refused";

/**
 * Runs a small webhook automaton. In the code, `check()` throws unless the request is genuine, `verify()` answers
 * whether it is, with or without `await`, `parse()` reads the body, and `fail()` never returns.
 */
export function runWebhook(flow: Flow, graph: Graph = graphFor(flow), limits?: Limits): Order<string> {
  return runAutomaton<string>(
    graph,
    {
      start: "unverified",
      step(state, node) {
        if (isCallOf(node, "check")) return trusted(state, "verified");
        if (isCallOf(node, "verify")) return trusted(state, "unverified");
        if (isCallOf(node, "parse") && !state.includes("parsed")) return `${state} parsed`;
        return state;
      },
      assume(state, test, holds, about) {
        const call = test.type === "AwaitExpression" ? test.argument : test;
        if (!isCallOf(call, "verify") || about !== "truth") return state;
        const outcome = holds ? "verified" : "refused";
        if (!state.startsWith("unverified") && !state.startsWith(outcome)) return undefined;
        return trusted(state, outcome);
      },
      lookThrough: (node) => constantBehind(flow, node),
    },
    limits,
  );
}

function trusted(state: string, trust: Trust): string {
  return state.replace(/^\w+/, trust);
}

/** What an alias holds that is written once; a member of a destructured object counts as the object. */
export function constantBehind(flow: Flow, node: Node): Node | undefined {
  const variable = flow.scopes.variableOf(node);
  const writes = variable ? flow.scopes.writesOf(variable) : [];
  return writes.length === 1 ? writes[0]!.value : undefined;
}

/** The states before all calls of act(), sorted; "never" when no path leads there. */
export function statesBeforeAct(text: string, parser?: (typeof PARSERS)[number]): string[] {
  const flow = flowFor(text, "handler.ts", parser);
  const order = runWebhook(flow);
  const states = new Set(callsOf(flow, "act").flatMap((call) => [...order.before(call)!]));
  return states.size > 0 ? [...states].sort() : ["never"];
}
