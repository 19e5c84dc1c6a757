import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import type { Node } from "../../flow/tree.ts";
import { type Bound, type Fields, inCall } from "../objects.ts";

/** An HTTP request that the program sends. */
export interface OutgoingRequest {
  readonly call: TSESTree.CallExpression;
  /** In upper case; undefined where the code does not tell. */
  readonly method: string | undefined;
  /** As far as it is written out; `{}` stands for each part that is not. */
  readonly url: string;
  readonly headers: Fields;
  readonly body: Fields;
  /** Of a call of the project's own wrapper: the call of this file that sends the request for it. */
  readonly sentBy: TSESTree.CallExpression | undefined;
}

/** Tells the request that a call sends, when it sends one in its way. */
export type Recogniser = (
  call: TSESTree.CallExpression,
  flow: Flow,
  bound: Bound | undefined,
) => OutgoingRequest | undefined;

export function textOf(node: Node | undefined, flow: Flow, bound?: Bound): string | undefined {
  const place = node && inCall(node, flow, bound);
  const value = place?.flow.constant(place.node);
  return typeof value === "string" ? value : undefined;
}

export const NOTHING: Fields = { values: new Map(), open: false, members: new Map() };

/** An HTTP method as it is given among options. */
export function methodIn(options: Fields, flow: Flow, bound: Bound | undefined): string | undefined {
  const method = (options.members.get("method") ?? options.members.get("type"))?.[0]?.place;
  if (!method) return options.open ? undefined : "GET";
  return textOf(method.node, method.flow, bound)?.toUpperCase();
}
