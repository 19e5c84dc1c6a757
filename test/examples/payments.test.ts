import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Json } from "./http.ts";
import type { Sent } from "./provider-double.ts";
import { secretOf, startShops, type Shop, type Shops } from "./shops.ts";

let shops: Shops;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  shops = await startShops();
  // Every look at the clock sees a later time, as it would in production.
  let now = Date.now();
  vi.spyOn(Date, "now").mockImplementation(() => (now += 1000));
});

afterAll(() => {
  vi.restoreAllMocks();
  return shops.close();
});

beforeEach(() => {
  shops.provider.reset();
  shops.shop.seed();
  shops.repaired.seed();
});

interface Answer {
  readonly status: number;
  readonly json: Json;
}

async function post(url: string, body: object, headers: object = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

/** A way to post as a person who has signed in; what begins with a slash is a path of the shop. */
async function signedIn(shop: Shop, customerId: string) {
  const { json } = await post(`${shop.url}/session`, { customerId });
  return (to: string, body: object = {}) =>
    post(to.startsWith("/") ? shop.url + to : to, body, { "X-Session": json.session });
}

/** Pays an order for one bag at 19.99 pesos; with `failing`, the provider is out of order the first time. */
async function pay(shop: Shop, way: string, failing = false): Promise<Sent[]> {
  const ana = await signedIn(shop, "ana");
  const { json: order } = await ana("/orders", { productId: "barako", quantity: 1 });
  const body = { cardToken: "card-1", recipients: [{ address: "TSomebodyElse", share: 100 }] };
  const path = `/orders/${order.id}/pay/${way}`;
  if (failing) {
    shops.provider.failOnce();
    expect((await ana(path, body)).status).toBe(502);
  }
  expect((await ana(path, body)).status).toBe(200);
  return [...shops.provider.sent];
}

/** What makes a request the same request to its provider. */
function keyOf({ headers, body }: Sent): unknown {
  return headers["idempotency-key"] ?? body.externalId;
}

describe("an amount", () => {
  it("in centavos is a whole number", async () => {
    const [broken] = await pay(shops.shop, "ewallet");
    expect(broken!.body.data.attributes.amount).toBe(1998.9999999999998);
    shops.provider.reset();
    const [whole] = await pay(shops.repaired, "ewallet");
    expect(whole!.body.data.attributes.amount).toBe(1999);
  });

  it("with a fee loses no centavo", async () => {
    const [broken] = await pay(shops.shop, "card");
    expect(broken!.body.amount).toBe(2056);
    shops.provider.reset();
    const [whole] = await pay(shops.repaired, "card");
    expect(whole!.body.amount).toBe(2057);
  });

  it("in USDT is a decimal string that covers the price", async () => {
    const [broken] = await pay(shops.shop, "usdt");
    expect(Number(broken!.body.amount) * 58.5).toBeLessThan(19.99);
    shops.provider.reset();
    const [exact] = await pay(shops.repaired, "usdt");
    expect(exact!.body.amount).toBe("0.341710");
  });

  it("to PayChain HQ is a decimal string", async () => {
    const [broken] = await pay(shops.shop, "split");
    expect(broken!.body.amount).toBe("20.189899999999998");
    shops.provider.reset();
    const [exact] = await pay(shops.repaired, "split");
    expect(exact!.body.amount).toBe("19.99");
  });

  it("refunded is the amount that was paid", async () => {
    for (const [shop, refunded] of [
      [shops.shop, 1998],
      [shops.repaired, 1999],
    ] as const) {
      const ana = await signedIn(shop, "ana");
      const { json: order } = await ana("/orders", { productId: "barako", quantity: 1 });
      Object.assign(shop.db.orders.get(order.id)!, { status: "paid", paymentId: "pay-1" });
      const url = `${shop.url}/admin/orders/${order.id}/refund/ewallet`;
      expect((await post(url, {}, { "X-Admin-Key": "a guess" })).status).toBe(403);
      expect((await post(url, {}, { "X-Admin-Key": secretOf("ADMIN_API_KEY") })).status).toBe(200);
      expect(shops.provider.sent.at(-1)!.body.data.attributes.amount).toBe(refunded);
    }
  });
});

describe("a payment that is tried again", () => {
  it.each(["ewallet", "card", "usdt", "split"])("by %s is a second payment for the shop", async (way) => {
    const [first, second] = await pay(shops.shop, way, true);
    expect(keyOf(first!) === undefined || keyOf(first!) !== keyOf(second!)).toBe(true);
  });

  it.each(["ewallet", "card", "usdt", "split"])("by %s is the same payment for its twin", async (way) => {
    const [first, second] = await pay(shops.repaired, way, true);
    expect(keyOf(first!)).toEqual(expect.any(String));
    expect(second).toEqual(first);
    shops.provider.reset();
    const [other] = await pay(shops.repaired, way);
    expect(keyOf(other!), "another order").not.toBe(keyOf(first!));
  });

  it("is the same for subscriptions and refunds", async () => {
    const ana = await signedIn(shops.repaired, "ana");
    shops.provider.failOnce();
    expect((await ana("/subscriptions", { cardToken: "card-1" })).status).toBe(502);
    expect((await ana("/subscriptions", { cardToken: "card-1" })).status).toBe(201);
    const { json: order } = await ana("/orders", { productId: "barako", quantity: 1 });
    Object.assign(shops.repaired.db.orders.get(order.id)!, { status: "paid", paymentId: "pay-1" });
    const url = `${shops.repaired.url}/admin/orders/${order.id}/refund/ewallet`;
    const key = { "X-Admin-Key": secretOf("ADMIN_API_KEY") };
    shops.provider.failOnce();
    expect((await post(url, {}, key)).status).toBe(502);
    expect((await post(url, {}, key)).status).toBe(200);
    const [subscription, subscriptionAgain, refund, refundAgain] = shops.provider.sent.map(keyOf);
    expect(subscription).toEqual(expect.any(String));
    expect(subscriptionAgain).toBe(subscription);
    expect(refund).toEqual(expect.any(String));
    expect(refundAgain).toBe(refund);
  });
});

describe("money", () => {
  const FOREIGN = { accountNumber: "999", accountName: "Mallory", bic: "XXXX", address: "TMallory", centavos: 10_000 };

  it("goes wherever the request says, in the shop", async () => {
    const ben = await signedIn(shops.shop, "ben");
    await ben("/payouts/bank", { ...FOREIGN, amount: "100" });
    await ben("/payouts/wallet", { ...FOREIGN, amount: "100" });
    await pay(shops.shop, "split");
    await post(shops.shop.tips, { orderId: "order-1", amount: "1", wallet: "TMallory" });
    await ben(shops.shop.cashOut, FOREIGN);
    const [bank, wallet, split, tip, cashOut] = shops.provider.sent;
    expect(bank!.body.transfers[0].destination_account.number).toBe("999");
    expect(wallet!.body.destination).toBe("TMallory");
    expect(split!.body.payoutRecipients[0].address).toBe("TSomebodyElse");
    expect(tip!.body.payoutRecipients[0].address).toBe("TMallory");
    expect(cashOut!.body.destination).toBe("TMallory");
  });

  it("goes only to the seller's own accounts, in the twin", async () => {
    const ben = await signedIn(shops.repaired, "ben");
    for (const accountId of [undefined, "bank-ana"]) {
      expect((await ben("/payouts/bank", { ...FOREIGN, accountId })).status).toBe(404);
    }
    expect((await ben("/payouts/wallet", FOREIGN)).status).toBe(404);
    expect((await ben(shops.repaired.cashOut, FOREIGN)).status).toBe(404);
    expect(shops.provider.sent).toEqual([]);
    await ben("/payouts/bank", { ...FOREIGN, accountId: "bank-ben" });
    await ben("/payouts/wallet", { ...FOREIGN, walletId: "wallet-ben" });
    await pay(shops.repaired, "split");
    const [bank, wallet, split] = shops.provider.sent;
    expect(bank!.body.transfers[0]).toMatchObject({
      destination_account: { number: "200000000002", name: "Benguet Roasters" },
      amount: 10_000,
    });
    expect(wallet!.body).toMatchObject({ destination: "TBenguetRoasters", amount: "1.709402" });
    expect(split!.body.payoutRecipients).toEqual([{ address: "TBenguetRoasters", share: 100 }]);
  });

  it("is paid out once, however often the seller has to try", async () => {
    const ben = await signedIn(shops.repaired, "ben");
    for (const [path, recipient] of [
      ["/payouts/bank", { accountId: "bank-ben" }],
      ["/payouts/wallet", { walletId: "wallet-ben" }],
    ] as const) {
      shops.provider.reset();
      const before = shops.repaired.db.sellers.get("benguet")!.balance;
      shops.provider.failOnce();
      expect((await ben(path, { ...recipient, centavos: 10_000 })).status).toBe(502);
      expect((await ben(path, { ...recipient, centavos: 10_000 })).status).toBe(202);
      const [first, second] = shops.provider.sent;
      expect(keyOf(first!)).toEqual(expect.any(String));
      expect(second).toEqual(first);
      expect(shops.repaired.db.sellers.get("benguet")!.balance).toBe(before - 10_000);
    }
  });

  it("in tips goes to the seller of the order, once", async () => {
    const ana = await signedIn(shops.repaired, "ana");
    const ben = await signedIn(shops.repaired, "ben");
    const { json: order } = await ana("/orders", { productId: "barako", quantity: 1 });
    const tip = { orderId: order.id, centavos: 500, wallet: "TMallory" };
    expect((await ben(shops.repaired.tips, tip)).status, "somebody else's order").toBe(404);
    expect((await ana(shops.repaired.tips, { ...tip, centavos: 0.5 })).status).toBe(400);
    shops.provider.failOnce();
    expect((await ana(shops.repaired.tips, tip)).status).toBe(500);
    expect((await ana(shops.repaired.tips, tip)).status).toBe(201);
    const [first, second] = shops.provider.sent;
    expect(first!.body).toMatchObject({ amount: "5.00", payoutRecipients: [{ address: "TBenguetRoasters" }] });
    expect(keyOf(first!)).toEqual(expect.any(String));
    expect(second).toEqual(first);
  });

  it("cashed out is the whole balance, once", async () => {
    const ben = await signedIn(shops.repaired, "ben");
    shops.provider.failOnce();
    expect((await ben(shops.repaired.cashOut, { walletId: "wallet-ben" })).status).toBe(500);
    expect((await ben(shops.repaired.cashOut, { walletId: "wallet-ben" })).status).toBe(202);
    expect((await ben(shops.repaired.cashOut, { walletId: "wallet-ben" })).status, "nothing left").toBe(400);
    const [first, second] = shops.provider.sent;
    expect(first!.body).toMatchObject({ amount: "8.547009", destination: "TBenguetRoasters" });
    expect(keyOf(first!)).toEqual(expect.any(String));
    expect(second).toEqual(first);
  });

  it("is not paid out beyond the balance, nor in parts of a centavo", async () => {
    const ben = await signedIn(shops.repaired, "ben");
    for (const centavos of [50_001, 0, -1, 0.5, "100", undefined]) {
      expect((await ben("/payouts/bank", { accountId: "bank-ben", centavos })).status, String(centavos)).toBe(400);
    }
    expect(shops.provider.sent).toEqual([]);
  });
});
