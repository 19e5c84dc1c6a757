import type { TSESTree } from "@typescript-eslint/types";
import { calledName } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type FunctionNode, isFunction, type Node, propertyName, rangeOf } from "../../flow/tree.ts";
import type { EntryFile } from "../../parse/entries.ts";
import { detectProviders } from "../../providers/index.ts";
import { isTestFile } from "../files.ts";
import type { Answer, TlsSetting } from "../observation.ts";
import type { Observer } from "../observer.ts";

/** Where the check of certificates is switched off, for a payment's connection or for all of them. */
export const tls: Observer = {
  kind: "tls-setting",
  keywords: /rejectUnauthorized|REJECT_UNAUTHORIZED|strictSSL|checkServerIdentity|insecure/,
  suits: ({ fileName }) => !isTestFile(fileName),
  *javascript(flow) {
    yield* assignments(flow);
    if (!isPaymentCode(flow)) return;
    for (const property of flow.tree.all("Property"))
      if (bypasses(property, flow)) yield local(property, flow);
  },
  entryLanguages: ["dotenv"],
  entries: (file) => configured(file),
};

const SWITCH = "NODE_TLS_REJECT_UNAUTHORIZED";

/** `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"`: no connection of the process is checked any more. */
function* assignments(flow: Flow): Generator<TlsSetting> {
  for (const node of flow.tree.all("AssignmentExpression")) {
    const target = bare(node.left);
    if (target.type !== "MemberExpression" || propertyName(target) !== SWITCH) continue;
    const value = flow.constant(node.right);
    if (value === "0" || value === 0 || value === false) yield setting(node, true, answerAt(node, flow));
  }
}

function* configured({ entries }: EntryFile): Generator<TlsSetting> {
  for (const { path, value, range } of entries) {
    if (path.at(-1) !== SWITCH || value.trim() !== "0") continue;
    yield {
      kind: "tls-setting",
      provider: undefined,
      range,
      checked: { answer: "no", range, steps: [] },
      everywhere: true,
    };
  }
}

function local(node: TSESTree.Property, flow: Flow): TlsSetting {
  return setting(node, false, answerAt(node, flow));
}

function setting(node: Node, everywhere: boolean, answer: Answer): TlsSetting {
  const range = rangeOf(node);
  return {
    kind: "tls-setting",
    provider: undefined,
    range,
    checked: { answer, range, steps: [] },
    everywhere,
  };
}

/** A connection to the project's own database or mail server is none of a payment. */
const OTHER = /^(?:ssl|dialectOptions|database|db|redis|smtp|mail|mongo|tls)$/i;

function bypasses(property: TSESTree.Property, flow: Flow): boolean {
  const name = propertyName(property);
  const value = bare(property.value);
  const isOff =
    name === "rejectUnauthorized" || name === "strictSSL"
      ? flow.constant(value) === false
      : name === "insecure"
        ? flow.constant(value) === true && isOfAgent(property, flow)
        : name === "checkServerIdentity" && isFunction(value) && acceptsAll(value, flow);
  return isOff && !isOfOther(property, flow);
}

/** `checkServerIdentity: () => undefined`: an error would have been the answer that refuses. */
function acceptsAll(fn: FunctionNode, flow: Flow): boolean {
  return flow.tree.returnsOf(fn).every((result) => {
    const node = bare(result);
    return (node.type === "Identifier" && node.name === "undefined") || flow.constant(node) === null;
  });
}

function isOfAgent(property: Node, flow: Flow): boolean {
  const call = enclosing(property, flow).find((up) => up.type === "NewExpression");
  return call?.type === "NewExpression" && /Agent$/.test(calledName(call) ?? "");
}

function isOfOther(property: Node, flow: Flow): boolean {
  return enclosing(property, flow).some(
    (up) =>
      (up.type === "Property" && OTHER.test(propertyName(up) ?? "")) ||
      ((up.type === "NewExpression" || up.type === "CallExpression") &&
        /Pool|Client$|Sequelize|createTransport|Redis|connect|knex|DataSource|forRoot/i.test(
          calledName(up) ?? "",
        ) &&
        !/https?|axios|got|undici/i.test(flow.name(up.callee) ?? "")),
  );
}

/** What is around a node up to its statement. */
function enclosing(node: Node, flow: Flow): Node[] {
  const around: Node[] = [];
  for (let up = flow.tree.parentOf(node); up && !/Statement$|^Program$/.test(up.type);) {
    around.push(up);
    up = flow.tree.parentOf(up);
  }
  return around;
}

/** Under a condition, such as one of development, it is not known whether it ever holds where money moves. */
function answerAt(node: Node, flow: Flow): Answer {
  for (let up = flow.tree.parentOf(node); up; up = flow.tree.parentOf(up)) {
    if (/^(?:IfStatement|ConditionalExpression|LogicalExpression|SwitchCase)$/.test(up.type))
      return "unknown";
    if (isFunction(up)) return "no";
  }
  return "no";
}

function isPaymentCode(flow: Flow): boolean {
  const { text } = flow.module;
  if (/\b\w*(?:payment|payout|checkout|invoice|refund)/i.test(text)) return true;
  const packages = flow.tree.all("ImportDeclaration").map(({ source }) => source.value);
  return detectProviders({ packages, text }).size > 0;
}
