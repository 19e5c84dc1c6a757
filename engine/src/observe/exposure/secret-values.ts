import type { Flow } from "../../flow/flow.ts";
import { membersOf } from "../../flow/meaning.ts";
import type { Origin } from "../../flow/origin.ts";
import { bare, type Node } from "../../flow/tree.ts";
import { settingOf } from "../macs.ts";
import { namesSecret } from "../names.ts";

/** Names that end in a secret; a token or a hash is one only where the program keeps it. */
const ALWAYS =
  /(?:secret|passw(?:or)?d|passphrase|mnemonic|seed_?phrase|(?:private|api|signing|secret|access)_?key)s?(?:_?(?:value|text|hex|pem|base64|str|string|raw))?$/i;
/** A customer's own secret of one payment, a fingerprint of a secret, where one is kept, whether there is one. */
const NEVER =
  /client_?secret|publishable|public|_?pub_|anon|hash(?:ed)?$|masked|redacted|encrypted|(?:name|_?id|path|file|dir|ur[li]|prefix|fingerprint)s?$/i;
const QUESTION = /^(?:has|is|no|missing|valid|with|without)(?:_|[A-Z])/;

/** The name of the secret that an expression gives away, as the code writes it; undefined when it gives none. */
export function secretIn(expression: Node, flow: Flow): string | undefined {
  const node = bare(expression);
  const written = nameIn(node);
  if (written !== undefined && isHarmless(written)) return undefined;
  if (written !== undefined && namesAlways(written) && !isCleared(node, flow)) return written;
  for (const { origin, steps } of flow.traces(node)) {
    const name = keptSecret(origin);
    // Whatever a call makes of it, such as a hash or a mask, is another value.
    if (name !== undefined && !steps.some(({ kind }) => kind === "call" || kind === "operand")) return name;
  }
  return undefined;
}

/** The name under which the program keeps a secret: an environment variable, or a setting. */
export function keptSecret(origin: Origin): string | undefined {
  if (origin.kind === "environment") return isKept(origin.name) ? origin.name : undefined;
  if (origin.kind !== "named") return undefined;
  const setting = settingOf(origin);
  if (setting !== undefined) return isKept(setting) ? setting : undefined;
  const last = membersOf(origin.meaning).at(-1);
  const { path } = origin.meaning;
  return path.at(-1)?.kind === "member" && last !== undefined && namesAlways(last) ? last : undefined;
}

function isKept(name: string | undefined): name is string {
  return name !== undefined && namesSecret(name) && !isHarmless(name);
}

function namesAlways(name: string): boolean {
  return ALWAYS.test(name) && namesSecret(spelt(name)) && !isHarmless(name);
}

/** `mnemonic` and `seedPhrase` are secrets of wallets, which other questions do not know by name. */
function spelt(name: string): string {
  return /mnemonic|seed_?phrase/i.test(name) ? "secret" : name;
}

function isHarmless(name: string): boolean {
  return NEVER.test(name) || QUESTION.test(name);
}

function nameIn(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier")
    return undefined;
  return node.property.name;
}

/** A variable whose only value is a truth, a number, or text of the program's own. */
function isCleared(node: Node, flow: Flow): boolean {
  const traces = flow.traces(node);
  return traces.every(
    ({ origin, steps }) =>
      (origin.kind === "literal" && !steps.some(({ kind }) => kind === "argument")) ||
      origin.kind === "made" ||
      steps.some(({ kind }) => kind === "call"),
  );
}
