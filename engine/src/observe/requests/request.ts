import type { TSESTree } from "@typescript-eslint/types";
import type { Flow } from "../../flow/flow.ts";
import { type Bound, type Fields, fieldsOf } from "../objects.ts";
import type { Node } from "../../flow/tree.ts";

/** An HTTP request that the program sends. */
export interface OutgoingRequest {
  readonly call: TSESTree.CallExpression;
  /** In upper case; undefined where the code does not tell. */
  readonly method: string | undefined;
  /** As far as it is written out; `{}` stands for each part that is not. */
  readonly url: string;
  readonly headers: Fields;
  readonly body: Fields;
  /** The argument that holds the body, for showing where it stands. */
  readonly bodyNode: Node | undefined;
  /** Of a call of the project's own wrapper: the request that the wrapper sends for it. */
  readonly inner: OutgoingRequest | undefined;
}

/** Tells the request that a call sends, when it sends one in its way. */
export type Recogniser = (
  call: TSESTree.CallExpression,
  flow: Flow,
  bound: Bound,
) => OutgoingRequest | undefined;

export interface Written {
  readonly method: string | undefined;
  readonly url: string;
  /** The objects that hold headers: the request's own first, a client's after it. */
  readonly headers: readonly Node[];
  /** Whether something out of sight may add headers. */
  readonly open: boolean;
  readonly body: Node | undefined;
}

export function requestOf(
  call: TSESTree.CallExpression,
  { method, url, headers, open, body }: Written,
  flow: Flow,
  bound: Bound,
): OutgoingRequest {
  return {
    call,
    method: method?.toUpperCase(),
    url,
    headers: merged(headers, open, flow, bound),
    body: fieldsOf(body, flow, bound),
    bodyNode: body,
    inner: undefined,
  };
}

/** The members of several objects together. */
export function merged(nodes: readonly Node[], open: boolean, flow: Flow, bound: Bound): Fields {
  const values = new Map<string, readonly Node[]>();
  for (const fields of nodes.map((node) => fieldsOf(node, flow, bound))) {
    open ||= fields.open;
    for (const [name, found] of fields.values) values.set(name, [...(values.get(name) ?? []), ...found]);
  }
  return { values, open };
}

export function textOf(node: Node | undefined, flow: Flow): string | undefined {
  const value = node && flow.constant(node);
  return typeof value === "string" ? value : undefined;
}
