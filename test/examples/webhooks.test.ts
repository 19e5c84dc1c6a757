import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startShops, type Shop, type Shops } from "./shops.ts";
import { deliver, liveEvent, paidEvent, PROVIDERS, sign, type Delivery, type Provider } from "./webhooks.ts";

const ORDER = "order-of-ana";
const HOUR = 3600;

let shops: Shops;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  shops = await startShops();
});

afterAll(() => shops.close());

beforeEach(() => {
  shops.provider.reset();
  shops.provider.invoice = { id: "invoice-1", status: "paid", metadata: { orderId: ORDER } };
  for (const { db, seed } of [shops.shop, shops.repaired]) {
    seed();
    const order = { id: ORDER, customerId: "ana", productId: "barako", total: 1999, status: "pending" };
    db.orders.set(ORDER, order);
  }
});

/** Delivers one after the other; how often the order was fulfilled, by the 10 points that each time gives. */
async function timesFulfilled(shop: Shop, provider: Provider, ...deliveries: Delivery[]): Promise<number> {
  const before = shop.db.customers.get("ana")!.points;
  for (const delivery of deliveries) await deliver(shop.webhooks[provider], delivery);
  await shop.drained();
  return (shop.db.customers.get("ana")!.points - before) / 10;
}

function event(provider: Provider, eventId = "event-1"): object {
  return paidEvent(provider, ORDER, eventId);
}

/** The same JSON in other bytes, as a provider may send it: spaces, an escape, a number with a fraction of zero. */
function otherwiseWritten(json: object): string {
  return JSON.stringify(json, undefined, 1)
    .replace(/\n\s*/g, " ")
    .replace("a", "\\u0061")
    .replace(/\}$/, ', "attempt": 1.0}');
}

/** What the shop does with a webhook of each provider, and what its twin does. */
type Expected = Readonly<Record<Provider, readonly [shop: number, repaired: number]>>;

async function expectFulfilled(expected: Expected, deliveries: (provider: Provider) => Delivery[]) {
  for (const provider of PROVIDERS) {
    const shop = await timesFulfilled(shops.shop, provider, ...deliveries(provider));
    const repaired = await timesFulfilled(shops.repaired, provider, ...deliveries(provider));
    expect([shop, repaired], provider).toEqual(expected[provider]);
    for (const { db } of [shops.shop, shops.repaired]) db.orders.get(ORDER)!.status = "pending";
  }
}

describe("a webhook", () => {
  it("that is genuine is accepted, but not by a route that a JSON parser runs before", () =>
    expectFulfilled({ paymongo: [1, 1], "swap-pay": [0, 1], mintcash: [1, 1], paychain: [1, 1] }, (provider) => [
      sign(provider, JSON.stringify(event(provider))),
    ]));

  it("that is genuine is lost by the shop when serialising again does not give back its bytes", () =>
    expectFulfilled({ paymongo: [0, 1], "swap-pay": [0, 1], mintcash: [0, 1], paychain: [0, 1] }, (provider) => [
      sign(provider, otherwiseWritten(event(provider))),
    ]));

  it("that was re-serialised on its way is refused, but not by a shop that serialises again itself", () =>
    expectFulfilled({ paymongo: [1, 0], "swap-pay": [0, 0], mintcash: [1, 0], paychain: [1, 0] }, (provider) => [
      { ...sign(provider, JSON.stringify(event(provider))), body: JSON.stringify(event(provider), undefined, 2) },
    ]));

  it("that is forged is refused", () =>
    expectFulfilled({ paymongo: [0, 0], "swap-pay": [0, 0], mintcash: [0, 0], paychain: [0, 0] }, (provider) => [
      sign(provider, JSON.stringify(event(provider)), { secret: "a guess" }),
      { body: JSON.stringify(event(provider)), headers: {} },
      { ...sign(provider, JSON.stringify(event(provider, "event-2"))), body: JSON.stringify(event(provider)) },
    ]));

  it("that comes twice is processed twice by the shop", async () => {
    const twice = (provider: Provider) => {
      const delivery = sign(provider, JSON.stringify(event(provider)));
      return [delivery, delivery];
    };
    await expectFulfilled({ paymongo: [2, 1], "swap-pay": [0, 1], mintcash: [2, 1], paychain: [2, 1] }, twice);
  });

  it("that comes twice does nothing the second time, whatever the order's state", async () => {
    for (const provider of PROVIDERS) {
      const delivery = sign(provider, JSON.stringify(event(provider)));
      expect(await timesFulfilled(shops.repaired, provider, delivery), provider).toBe(1);
      shops.repaired.db.orders.get(ORDER)!.status = "pending";
      expect(await timesFulfilled(shops.repaired, provider, delivery), provider).toBe(0);
    }
  });

  it("that is replayed an hour later is refused where the scheme has a timestamp", () =>
    expectFulfilled({ paymongo: [1, 0], "swap-pay": [0, 0], mintcash: [1, 1], paychain: [1, 0] }, (provider) => [
      sign(provider, JSON.stringify(event(provider)), { at: Math.floor(Date.now() / 1000) - HOUR }),
    ]));

  it.each(["paymongo", "mintcash"] as const)("of %s in live mode is refused by a shop in test mode", async (of) => {
    const delivery = sign(of, JSON.stringify(liveEvent(of, event(of))));
    expect(await timesFulfilled(shops.shop, of, delivery)).toBe(1);
    expect(await timesFulfilled(shops.repaired, of, delivery)).toBe(0);
  });

  it("of PayChain HQ counts only as far as the invoice says so", async () => {
    shops.provider.invoice = { id: "invoice-1", status: "pending", metadata: { orderId: ORDER } };
    const delivery = sign("paychain", JSON.stringify(event("paychain")));
    expect(await timesFulfilled(shops.shop, "paychain", delivery)).toBe(1);
    expect(await timesFulfilled(shops.repaired, "paychain", delivery)).toBe(0);
    expect(shops.provider.sent).toMatchObject([{ method: "GET", path: "/businesses/biz-1/invoices/invoice-1" }]);
  });

  it("of PayChain HQ without the shop's token is refused", async () => {
    const { headers, body } = sign("paychain", JSON.stringify(event("paychain")));
    const delivery = { body, headers: { ...headers, Authorization: "Bearer guessed" } };
    for (const shop of [shops.shop, shops.repaired]) expect(await deliver(shop.webhooks.paychain, delivery)).toBe(401);
  });

  it("of a type that the shop does not know is answered with 200", async () => {
    for (const provider of PROVIDERS) {
      const body = JSON.stringify(event(provider)).replace(/(payment|invoice)\.(paid|succeeded)/, "something.else");
      const delivery = sign(provider, body);
      expect(await deliver(shops.repaired.webhooks[provider], delivery), provider).toBe(200);
    }
  });
});
