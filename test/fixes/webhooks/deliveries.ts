import { createHmac, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { listen } from "../../examples/http.ts";
import { loaded } from "../modules.ts";
import type { Sample } from "./frameworks.ts";

/** What the handlers and their sender share in this run. */
const SECRET = randomUUID();
const HOUR = 3600;

interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Signing {
  readonly secret?: string;
  /** How many seconds ago. */
  readonly age?: number;
}

function signed(body: string, { secret = SECRET, age = 0 }: Signing = {}): Delivery {
  const time = String(Math.floor(Date.now() / 1000) - age);
  const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return { body, headers: { "webhook-timestamp": time, "webhook-signature": signature } };
}

const PAID = `{"id":"evt_1","type":"payment.paid","amount":20}`;
/** The same in other bytes. */
const SPACED = `{ "id": "evt_1", "type": "payment.paid", "amount": 20.0 }`;

/** What a sender, its network or an attacker sends. */
const DELIVERIES = {
  genuine: () => signed(PAID),
  "genuine, with spaces": () => signed(SPACED),
  "re-serialised on its way": () => ({ ...signed(PAID), body: SPACED }),
  forged: () => signed(PAID, { secret: "a guess" }),
  "with a signature that is cut": () => {
    const { body, headers } = signed(PAID);
    return { body, headers: { ...headers, "webhook-signature": headers["webhook-signature"]!.slice(0, -1) } };
  },
  unsigned: () => ({ body: PAID, headers: {} }),
  replayed: () => signed(PAID, { age: HOUR }),
  "of an unknown type": () => signed(PAID.replace("paid", "held")),
} satisfies Readonly<Record<string, () => Delivery>>;

/** By delivery the status of the answer, and whether the order was fulfilled. */
export type Outcome = Readonly<Record<keyof typeof DELIVERIES, string>>;

/** What a handler does right. */
export const RIGHT: Outcome = {
  genuine: "200, fulfilled",
  "genuine, with spaces": "200, fulfilled",
  "re-serialised on its way": "401",
  forged: "401",
  "with a signature that is cut": "401",
  unsigned: "401",
  replayed: "400",
  "of an unknown type": "200",
};

/** Starts a sample's handler with a text of its own, and sends it everything, each to be answered on its own. */
export async function outcomeOf(
  sample: Sample,
  handler: string,
  modules: Readonly<Record<string, unknown>> = {},
): Promise<Outcome> {
  const paid = new Set<string>();
  const packages = createRequire(import.meta.url);
  const aliases = Object.entries(sample.aliases ?? {}).map(([name, alias]) => [name, packages(alias)]);
  const exports = loaded<never>({ ...sample.files, [sample.handler]: handler }, sample.entry, {
    modules: {
      ...Object.fromEntries(aliases),
      "./orders": { paid },
      ...modules,
    },
    env: { WEBHOOK_SECRET: SECRET, NODE_ENV: "test" },
  });
  const { url, close } = await listen(await sample.start(exports));
  const outcome: Record<string, string> = {};
  try {
    for (const [name, delivery] of Object.entries(DELIVERIES)) {
      paid.clear();
      const { body, headers } = delivery();
      const { status } = await fetch(`${url}/webhooks/pay`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      });
      outcome[name] = `${status}${paid.size > 0 ? ", fulfilled" : ""}`;
    }
  } finally {
    await close();
  }
  return outcome as Outcome;
}
