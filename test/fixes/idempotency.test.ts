import { describe, expect, it } from "vitest";
import { repaired } from "../../engine/test/observe/repairs/repairing.ts";
import { exportsOf } from "./running.ts";

const RULE = "require-idempotency-key";

/**
 * A provider that does what it is asked, loses its first answer, and answers the same again for a key that it knows.
 * Under a known key, other parameters are an error.
 */
class Provider {
  readonly done: string[] = [];
  readonly #answers = new Map<string, { readonly asked: string; readonly answer: { readonly id: string } }>();
  #isFirst = true;

  ask(operation: string, parameters: unknown, key: string | undefined): { readonly id: string } {
    const asked = `${operation} ${JSON.stringify(parameters)}`;
    const known = key === undefined ? undefined : this.#answers.get(key);
    if (known && known.asked !== asked) throw new Error("This key was used for something else");
    const answer = known?.answer ?? { id: `${operation}-${this.done.push(asked)}` };
    if (key !== undefined) this.#answers.set(key, { asked, answer });
    if (this.#isFirst) {
      this.#isFirst = false;
      throw new Error("The connection was lost");
    }
    return answer;
  }

  /** What the SDK is called. */
  get stripe() {
    const call = (operation: string) => ({
      create: async (parameters: unknown, options?: { readonly idempotencyKey?: string }) =>
        this.ask(operation, parameters, options?.idempotencyKey),
    });
    return { charges: call("charge"), refunds: call("refund"), transfers: call("transfer") };
  }

  /** The same over HTTP, with the key in a header or in the body. */
  readonly fetch = async (
    url: string,
    { headers = {}, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body: string },
  ) => {
    const { externalId, ...parameters } = JSON.parse(body) as { readonly externalId?: string };
    const answer = this.ask(url, parameters, headers["Idempotency-Key"] ?? externalId);
    return { json: async () => answer };
  };
}

type Run = (
  stripe: Provider["stripe"],
  order: { readonly id: string; readonly amount: number },
) => Promise<unknown>;

/** A job that its queue runs again when it fails. */
async function twice(run: () => Promise<unknown>): Promise<void> {
  await run().catch(() => run());
}

/** How often a provider did what it was asked for one order. */
async function done(code: string): Promise<number> {
  const provider = new Provider();
  let clock = 0;
  const globals = {
    fetch: provider.fetch,
    process: { env: { KEY: "k" } },
    // Each look at the clock and each draw is another one.
    Date: { now: () => ++clock },
    crypto: { randomUUID: () => `random-${++clock}` },
    retry: twice,
  };
  const { run } = exportsOf<{ readonly run: Run }>(code, globals);
  const order = { id: "o-1", amount: 1999 };
  await (code.includes("retry(") ? run(provider.stripe, order) : twice(() => run(provider.stripe, order)));
  return provider.done.length;
}

describe.each([
  [
    "a charge without a key",
    "export async function run(stripe, order) { return stripe.charges.create({ amount: order.amount, currency: 'usd', description: order.id }); }",
  ],
  [
    "a refund whose options are empty",
    "export async function run(stripe, order) { return stripe.refunds.create({ charge: order.id }, {}); }",
  ],
  [
    "a charge with a key from the clock",
    "export async function run(stripe, order) { return stripe.charges.create({ amount: order.amount, description: order.id }, { idempotencyKey: `c-${Date.now()}` }); }",
  ],
  [
    "a charge with a key that is drawn on each try",
    "export async function run(stripe, order) { return retry(() => stripe.charges.create({ amount: order.amount, description: order.id }, { idempotencyKey: crypto.randomUUID() })); }",
  ],
  [
    "a charge with its key among the parameters",
    "export async function run(stripe, order) { return stripe.charges.create({ amount: order.amount, idempotency_key: order.id }); }",
  ],
  [
    "a refund over HTTP",
    "export async function run(stripe, order) { return fetch('https://api.paymongo.com/v1/refunds', { method: 'POST', headers: { authorization: process.env.KEY }, body: JSON.stringify({ payment: order.id }) }); }",
  ],
  [
    "a payment with its key in the body",
    "export async function run(stripe, order) { return fetch('https://api.mintcash.me/payments', { method: 'POST', body: JSON.stringify({ amount: order.amount, description: order.id }) }); }",
  ],
])("%s", (_, code) => {
  it("moves the money twice before the repair and once after", async () => {
    expect(await done(code)).toBe(2);
    expect(await done(repaired(RULE, code))).toBe(1);
  });
});

it("makes both of two operations once they are told apart", async () => {
  const code =
    "export async function run(stripe, order) { await stripe.charges.create({ amount: order.amount }, { idempotencyKey: order.id }); await stripe.transfers.create({ amount: order.amount }, { idempotencyKey: order.id }); }";
  await expect(done(code)).rejects.toThrow("used for something else");
  expect(await done(repaired(RULE, code))).toBe(2);
});

it("charges two customers once all calls no longer have the same key", async () => {
  const code =
    "export async function run(stripe, order) { return stripe.charges.create({ amount: order.amount }, { idempotencyKey: 'charge', description: order.id }); }";
  const charges = async (text: string): Promise<number> => {
    const provider = new Provider();
    const { run } = exportsOf<{ readonly run: Run }>(text);
    await twice(() => run(provider.stripe, { id: "o-1", amount: 100 }));
    await run(provider.stripe, { id: "o-2", amount: 100 });
    return provider.done.length;
  };
  expect([await charges(code), await charges(repaired(RULE, code))]).toEqual([1, 2]);
});
