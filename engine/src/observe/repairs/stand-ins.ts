import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, rangeOf } from "../../flow/tree.ts";
import { settingRead, settingTaken } from "../setting-reads.ts";
import type { Repair } from "../observation.ts";
import { addedFunction, freeName, isScript, isTypeScript, textOf } from "./modules.ts";

/** What a value stands in for when that is missing. */
interface Missing {
  /** What the error calls it. */
  readonly name: string;
  /** The environment variable, where it is one. */
  readonly setting: string | undefined;
}

/** What an expression stands in for, where it does so whole: `env.KEY || "…"`, and not as a part of something. */
export function standsInFor(node: Node, flow: Flow): Missing | undefined {
  const up = aroundOf(node, flow);
  if (up?.type === "LogicalExpression" && up.operator !== "&&" && bare(up.right) === node)
    return missingOf(up.left, flow);
  if (up?.type === "AssignmentExpression" && /^(?:\|\||\?\?)=$/.test(up.operator) && bare(up.right) === node)
    return missingOf(up.left, flow);
  if (up?.type === "AssignmentPattern" && bare(up.right) === node) {
    const setting = settingTaken(up, flow);
    return setting === undefined ? missingOf(up.left, flow) : { name: setting, setting };
  }
  if (up?.type === "ConditionalExpression" && bare(up.alternate) === node) {
    const setting = settingRead(up.test, flow);
    if (setting !== undefined && settingRead(up.consequent, flow) === setting)
      return { name: setting, setting };
  }
  return undefined;
}

/** An error at the start in the place of what stands in for a missing setting. */
export function repairStandIn(
  standIn: Node,
  setting: string | undefined,
  flow: Flow,
  name = setting,
): readonly Repair[] {
  if (!isScript(flow) || name === undefined) return [];
  const textFor = isTypeScript(flow) ? typedFunction : untypedFunction;
  const called = freeName("missingSetting", textFor, flow);
  return [
    {
      title: `Stop with an error when ${name} is missing`,
      edits: [
        { range: rangeOf(standIn), text: `${called}(${JSON.stringify(name)})` },
        ...addedFunction(textFor(called), flow),
      ],
      ...(setting !== undefined && { setting }),
    },
  ];
}

function untypedFunction(name: string): string {
  return functionText(name, "name", "");
}

function typedFunction(name: string): string {
  return functionText(name, "name: string", ": never");
}

function functionText(name: string, parameter: string, answer: string): string {
  return `/** Stops what needs a setting that is missing. */
function ${name}(${parameter})${answer} {
  throw new Error(\`\${name} is not set\`);
}`;
}

/** What is around an expression, types aside. */
function aroundOf(node: Node, flow: Flow): Node | undefined {
  let up = flow.tree.parentOf(node);
  while (up && bare(up) === node) up = flow.tree.parentOf(up);
  return up;
}

function missingOf(left: Node, flow: Flow): Missing | undefined {
  const setting = settingRead(left, flow);
  if (setting !== undefined) return { name: setting, setting };
  const node = bare(left);
  const isName = node.type === "Identifier" || node.type === "MemberExpression";
  return isName ? { name: textOf(node, flow), setting: undefined } : undefined;
}
