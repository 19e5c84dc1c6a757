import { Linker } from "../../../../src/flow/link.ts";
import { isFunction } from "../../../../src/flow/tree.ts";
import type { Answer, Fact } from "../../../../src/observe/observation.ts";
import type { Framework, Handler } from "../../../../src/observe/webhooks/handler.ts";
import { parseJavaScript } from "../../../../src/parse/javascript.ts";

export interface Setting {
  readonly framework?: Framework;
  readonly provider?: string;
  /** Other files by their names without the ending, as `./name` imports them. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The function or method named `handler` of a piece of code, as the webhook handler that it is. */
export function handlerIn(
  text: string,
  { framework = "express", provider, files = {} }: Setting = {},
): Handler {
  const { module, problems } = parseJavaScript({ fileName: "handler.ts", text });
  if (!module || problems.length > 0)
    throw new Error(`The test's code does not parse: ${problems[0]?.message}`);
  const find = (specifier: string) => {
    const name = specifier.replace("./", "");
    return Object.hasOwn(files, name) ? { fileName: `${name}.ts`, text: files[name]! } : undefined;
  };
  const flow = new Linker({ find }, (source) => parseJavaScript(source).module).flowOf(module);
  const candidates = [
    ...flow.tree.all("FunctionDeclaration").filter(({ id }) => id?.name === "handler"),
    ...flow.tree
      .all("VariableDeclarator")
      .flatMap(({ id, init }) => (id.type === "Identifier" && id.name === "handler" && init ? [init] : [])),
    ...flow.tree
      .all("MethodDefinition")
      .flatMap(({ key, value }) => (key.type === "Identifier" && key.name === "handler" ? [value] : [])),
  ].filter((node) => isFunction(node));
  const [fn] = candidates;
  if (!fn) throw new Error("The test's code has no handler");
  return {
    flow,
    fn,
    framework,
    route: undefined,
    provider,
    range: { start: fn.range[0], end: fn.range[0] + 1 },
    before: [],
    complete: true,
  };
}

/** The answer of a fact, and the text that it shows. */
export function said(fact: Fact | undefined, handler: Handler): { answer: Answer | undefined; text: string } {
  const range = fact?.range ?? { start: 0, end: 0 };
  return { answer: fact?.answer, text: handler.flow.module.text.slice(range.start, range.end) };
}
