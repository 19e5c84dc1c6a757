import { receiverOf } from "../../flow/callee.ts";
import type { Flow } from "../../flow/flow.ts";
import type { Trace, TraceOptions } from "../../flow/origin.ts";
import type { Node } from "../../flow/tree.ts";

/** Where the parts of a key come from, also through a hash of them. */
export function keyTraces(key: Node, flow: Flow): readonly Trace[] {
  return flow.traces(key, THROUGH_HASHES);
}

const HASH = /^(?:hash|hashed|sha1|sha256|sha512|md5|v3|v5|uuidv5|digest)$/i;

const THROUGH_HASHES: TraceOptions = {
  follow(call, callee) {
    const receiver = receiverOf(call);
    if (receiver?.method === "digest") return [receiver.object];
    if (receiver?.method === "update") {
      const before =
        receiver.object.type === "CallExpression" ? receiverOf(receiver.object)?.method : undefined;
      return [...call.arguments.slice(0, 1), ...(before === "update" ? [receiver.object] : [])];
    }
    const name = callee.path.at(-1);
    const called =
      name?.kind === "member" ? name.name : callee.root.kind === "global" ? callee.root.name : "";
    return HASH.test(called ?? "") && call.arguments.length > 0 ? call.arguments.slice(0, 1) : undefined;
  },
};

const CLOCK =
  /^(?:Date\.(?:now\(\)|new\(\).*)|performance\.now\(\)|process\.hrtime.*|(?:dayjs|moment|luxon|date-fns):.*)$/;
const RANDOM =
  /^(?:Math\.random\(\)|(?:globalThis\.|window\.|self\.)?crypto[.:](?:webcrypto\.)?random(?:UUID|Bytes)\(\)|(?:uuid|nanoid|ulid|ulidx|cuid|crypto-random-string|@paralleldrive\/cuid2)[:.].*|(?:bson|mongodb|mongoose):(?:Types\.)?ObjectId\..*)$/;
/** What is left of a moment where it only tells the day, the hour or the like: one key for each of them. */
const COARSE = /toDateString|toLocaleDateString|get(?:UTC)?(?:FullYear|Month|Date|Day)|startOf|endOf|format/;

/** Whether a part of a key is the moment at which it is made. A day or a month is none: it names what is paid for. */
export function isClock({ origin, steps }: Trace): boolean {
  if (origin.kind !== "named" || !CLOCK.test(origin.name ?? "") || COARSE.test(origin.name!)) return false;
  return !steps.some(
    ({ kind, name }) =>
      (kind === "call" && /^(?:slice|substring|substr|split)$/.test(name ?? "")) ||
      (kind === "operand" && name === "/"),
  );
}

/** Whether a part of a key is drawn at random. */
export function isRandom({ origin }: Trace): boolean {
  return origin.kind === "named" && RANDOM.test(origin.name ?? "");
}
