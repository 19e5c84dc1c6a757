import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { isFunction, type Node, propertyName } from "../../flow/tree.ts";
import { fieldsOf, valueOf } from "../objects.ts";
import { nameOf } from "./chains.ts";
import { namesMoneyIn, namesMoneyMove, namesRecipient } from "./names.ts";
import type { RecipientSink } from "./sinks.ts";

/** A function of the project or of a service that sends money, as its name says, given something named a recipient. */
export function* helperSinks(call: TSESTree.CallExpression, flow: Flow): Generator<RecipientSink> {
  const method = calledName(call);
  if (!namesMoneyMove(method) || placesOf(call, flow).some(namesMoneyIn)) return;
  const sink = (value: Node, field: string, isRecipientField: boolean): RecipientSink => ({
    call,
    value,
    field,
    provider: undefined,
    isRecipientField,
    isByName: true,
  });
  for (const argument of call.arguments) {
    const value = valueOf(argument, flow);
    if (value.type !== "ObjectExpression") {
      yield sink(argument, nameOf(argument) ?? method!, false);
      continue;
    }
    // What says by its name that it is the recipient comes before a description that mentions it.
    const fields = [...fieldsOf(value, flow).values].map(([field, found]) => ({
      field,
      found,
      isRecipientField: namesRecipient(field),
    }));
    fields.sort((a, b) => Number(b.isRecipientField) - Number(a.isRecipientField));
    for (const { field, found, isRecipientField } of fields) {
      for (const inner of found) yield sink(inner, field, isRecipientField);
    }
  }
}

/** What a call stands in, by name: its functions, and the routes that they serve. */
export function placesOf(node: Node, flow: Flow): readonly string[] {
  const names: string[] = [];
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up)) {
    if (up.type === "FunctionDeclaration" && up.id) names.push(up.id.name);
    else if (
      up.type === "VariableDeclarator" &&
      up.id.type === "Identifier" &&
      up.init &&
      isFunction(up.init)
    )
      names.push(up.id.name);
    else if (up.type === "MethodDefinition" || (up.type === "Property" && isFunction(up.value)))
      names.push(propertyName(up) ?? "");
    else if (up.type === "CallExpression") {
      const path = up.arguments[0] && flow.constant(up.arguments[0]);
      if (typeof path === "string" && path.startsWith("/")) names.push(path);
    }
  }
  return names;
}
