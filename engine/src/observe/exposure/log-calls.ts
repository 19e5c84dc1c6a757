import type { TSESTree } from "@typescript-eslint/types";
import { calledName, receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import { bare, type Node, propertyName } from "../../flow/tree.ts";

const LEVELS =
  /^(?:log|info|warn|warning|error|debug|trace|verbose|fatal|silly|notice|dir|table|child|http|write)$/;
const CONSOLE = /^(?:console|globalThis\.console)\.(?:log|info|warn|error|debug|trace|dir|table)$/;
const LOGGER = /(?:^|_)(?:\w*log|\w*logger|pino|winston|bunyan|\$?log4js|fancyLog)$/i;
/** Error reporters and traces: what they are told leaves the program. */
const REPORTER =
  /^(?:@sentry\/[\w-]+|@bugsnag\/[\w-]+|rollbar|newrelic|@opentelemetry\/api|dd-trace|@datadog\/[\w-]+|applicationinsights|@logtail\/[\w-]+|posthog-node):/;
const TELLS =
  /^(?:capture(?:Message|Exception|Event)|setExtras?|setContext|setTags?|addBreadcrumb|notify|leaveBreadcrumb|noticeError|addCustomAttributes?|recordException|setAttributes?|addEvent|track(?:Event|Exception|Trace))$/;

/** The calls of a file that write to a log, an error report or a trace, with what they are given. */
export function* logCalls(flow: Flow): Generator<TSESTree.CallExpression> {
  for (const call of flow.tree.all("CallExpression")) if (isLogCall(call, flow)) yield call;
}

/** A function of the project's own that logs, as its name says: `logToAxiom({ … })`, `logError(…)`. */
const OWN = /^(?:log|logger|debug|log(?:To|Error|Info|Warn|Warning|Debug|Event|Message)[A-Z]?\w*)$/;

/** Whether a call writes to a log, an error report or a trace. */
export function isLogCall(call: TSESTree.CallExpression, flow: Flow): boolean {
  const receiver = receiverOf(call);
  if (!receiver) return OWN.test(calledName(call) ?? "");
  const name = flow.name(call.callee) ?? "";
  if (CONSOLE.test(name)) return true;
  if (/^process\.(?:stdout|stderr)\.write$/.test(name)) return true;
  if (TELLS.test(receiver.method))
    return REPORTER.test(name) || /^(?:span|scope|Sentry)$/i.test(lastName(receiver.object) ?? "");
  return LEVELS.test(receiver.method) && LOGGER.test(lastName(receiver.object) ?? "");
}

/** `logger` of `this.logger`, `log` of `request.log`, `pino` of `pino()`. */
function lastName(node: Node): string | undefined {
  const object = bare(node);
  if (object.type === "Identifier") return object.name;
  if (object.type === "MemberExpression") return propertyName(object);
  return object.type === "CallExpression" ? lastName(object.callee) : undefined;
}
