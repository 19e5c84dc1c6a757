import { createContext, Script } from "node:vm";

/** What a module of an executed test sees besides the language. */
export type Globals = Readonly<Record<string, unknown>>;

/** The exports of a text in JavaScript that exports functions and imports nothing. */
export function exportsOf<Exports>(text: string, globals: Globals = {}): Exports {
  const names = [...text.matchAll(/export (?:async )?function (\w+)/g)].map(([, name]) => name!);
  const script = new Script(`${text.replaceAll(/^export /gm, "")}\n;({ ${names.join(", ")} })`);
  return script.runInContext(
    createContext({ Math, JSON, Number, String, parseInt, parseFloat, ...globals }),
  ) as Exports;
}

/** Numbers from 0 to 1 that are the same in every run. */
export function* seeded(seed: number): Generator<number, never> {
  let state = seed >>> 0;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}
