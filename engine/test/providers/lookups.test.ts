import { describe, expect, test } from "vitest";
import {
  amountFields,
  callBySdk,
  callsByHttp,
  carriersOf,
  detectProviders,
  idempotencyNames,
  packageOf,
  providerById,
  providersOfHost,
  recipientFields,
  signatureHeaders,
  verifierByCallee,
} from "../../src/providers/index.ts";

describe("detectProviders", () => {
  const ids = (text: string, ...packages: string[]) => [...detectProviders({ packages, text }).keys()];

  test.each([
    ["an import", "", ["stripe"], "stripe"],
    ["an import of a package's file", "", ["stripe/lib/stripe.js"], "stripe"],
    ["a Deno import", "", ["npm:stripe@17"], "stripe"],
    ["an import from a CDN", "", ["https://esm.sh/stripe@14.21.0?target=deno"], "stripe"],
    ["an API host", `fetch("https://api.paymongo.com/v1/refunds")`, [], "paymongo"],
    ["a subdomain of a host", "`https://acme-checkout-live.adyenpayments.com/checkout`", [], "adyen"],
    ["a host with a port", `"https://api.mintcash.me:443/payments"`, [], "mintcash"],
    ["a header in quotes", `req.headers["paymongo-signature"]`, [], "paymongo"],
    ["a header in another case", `req.get('X-Paystack-Signature')`, [], "paystack"],
    ["a variable read", "process.env.SWAP_PAY_SECRET", [], "swap-pay"],
    ["a variable read by a string", `config.getOrThrow("PAYCHAIN_API_KEY")`, [], "paychain-hq"],
    ["a variable with a public prefix", "import.meta.env.VITE_STRIPE_KEY;", [], "stripe"],
    ["a variable taken apart", "const { PAYMONGO_SECRET_KEY, PORT } = process.env;", [], "paymongo"],
    ["a line of a dotenv file", "PORT=3000\nexport PAYSTACK_SECRET_KEY=x\n", [], "paystack"],
  ])("tells a provider by %s", (_, text, packages, id) => {
    expect(ids(text, ...packages)).toEqual([id]);
  });

  test.each([
    [
      "prose that names a provider",
      "// Stripe and PayMongo both sign webhooks; see stripe.com and paymongo.com.",
    ],
    [
      "a link to documentation",
      "// https://docs.stripe.com/webhooks and https://developers.paymongo.com/docs",
    ],
    ["a host without a scheme", "// Requests go to api.stripe.com, says the guide."],
    ["a host that only begins like one", `fetch("https://api.stripe.com.evil.example/v1")`],
    ["a host that only ends like one", `fetch("https://notapi.paymongo.com.example")`],
    ["a header without quotes", "// The Stripe-Signature header carries the time."],
    ["a variable in a sentence", "// Set STRIPE_SECRET_KEY before you start the server."],
    ["a header that many providers use", `req.headers["x-signature"]; req.headers["x-webhook-signature"]`],
    ["part of a longer variable", "process.env.PINSTRIPES; process.env.stripe"],
  ])("is silent on %s", (_, text) => {
    expect(ids(text)).toEqual([]);
  });

  test("is silent on packages that only sound like one", () => {
    expect(ids("", "stripe-like", "@acme/stripe", "./stripe", "../paymongo.ts")).toEqual([]);
  });

  test("gives the evidence", () => {
    const text = `fetch("https://api.stripe.com/v1"); process.env.STRIPE_KEY; "stripe-signature"`;
    expect(detectProviders({ packages: ["stripe"], text }).get("stripe")).toEqual([
      { kind: "package", text: "stripe" },
      { kind: "host", text: "api.stripe.com" },
      { kind: "header", text: "stripe-signature" },
      { kind: "environment", text: "STRIPE_KEY" },
    ]);
  });
});

test.each([
  ["stripe", "stripe", "stripe"],
  ["npm:stripe@17.1.0", "stripe", "stripe"],
  ["npm:/stripe@17", "stripe", "stripe"],
  ["@octokit/webhooks-methods", "@octokit/webhooks-methods", "@octokit/webhooks-methods"],
  ["https://esm.sh/@octokit/webhooks@14/dist", "@octokit/webhooks", "@octokit/webhooks/dist"],
  ["razorpay/dist/utils/razorpay-utils.js", "razorpay", "razorpay/dist/utils/razorpay-utils"],
  ["./stripe.js", ".", "./stripe"],
  ["node:crypto", "crypto", "crypto"],
  ["", "", ""],
])("packageOf(%j)", (specifier, name, path) => {
  expect(packageOf(specifier)).toEqual({ name, path });
});

describe("callees", () => {
  test.each([
    ["stripe:new().webhooks.constructEvent", "stripe"],
    ["stripe:call().webhooks.constructEvent", "stripe"],
    ["stripe:Stripe.new().webhooks.constructEventAsync", "stripe"],
    ["npm:stripe@17:new().webhooks.constructEvent", "stripe"],
    ["https://esm.sh/stripe@14?target=deno:webhooks.constructEvent", "stripe"],
    ["paymongo:call().webhooks.constructEvent", "paymongo"],
    ["@paychainhq/sdk:verifyWebhookSignature", "paychain-hq"],
    ["razorpay:validateWebhookSignature", "razorpay"],
    ["square:WebhooksHelper.verifySignature", "square"],
    ["coinbase-commerce-node:Webhook.verifyEventBody", "coinbase-commerce"],
    ["standardwebhooks:Webhook.new().verify", "generic"],
  ])("%s verifies a webhook of %s", (name, id) => {
    expect(verifierByCallee(name)?.provider.id).toBe(id);
  });

  test.each([
    ["a name alone", "constructEvent"],
    ["a method of another package", "./stripe:new().webhooks.constructEvent"],
    ["a client that was never made", "stripe:refunds.create"],
    ["a longer path", "stripe:new().webhooks.constructEvent.bind"],
    ["nothing", ""],
  ])("%s is no callee of a provider", (_, name) => {
    expect(verifierByCallee(name)).toBeUndefined();
    expect(callBySdk(name)).toBeUndefined();
  });

  test("a verifier tells what it takes and how it answers", () => {
    const square = verifierByCallee("square:WebhooksHelper.verifySignature")?.verifier;
    expect(square).toMatchObject({ answers: "promise-boolean", constantTime: "no", acceptsParsed: false });
    expect(square?.payload).toEqual({ argument: 0, property: "requestBody" });
    expect(
      verifierByCallee("@adyen/api-library:hmacValidator.new().validateHMAC")?.verifier.acceptsParsed,
    ).toBe(true);
  });

  test.each([
    ["stripe:new().refunds.create", "refund", "key", ["option", 1]],
    ["stripe:new().transfers.createReversal", "refund", "key", ["option", 2]],
    ["stripe:new().paymentIntents.confirm", "payment", "hosted", ["option", 2]],
    ["stripe:new().checkout.sessions.create", "checkout", "hosted", ["option", 1]],
    ["checkout-sdk-node:Checkout.new().payments.refund", "refund", "key", ["argument", 2]],
    ["xendit-node:Xendit.new().Payout.createPayout", "payout", "key", ["option", 0]],
    ["@mollie/api-client:createMollieClient().paymentRefunds.create", "refund", "key", ["option", 0]],
    ["@circle-fin/circle-sdk:Circle.new().payouts.createPayout", "payout", "key", ["body", undefined]],
    ["square:SquareClient.new().refunds.refundPayment", "refund", "key", ["body", undefined]],
    ["flutterwave-node-v3:new().Transfer.initiate", "transfer", "key", ["body", undefined]],
  ])("%s makes a %s", (name, operation, idempotency, [carrier, argument]) => {
    const found = callBySdk(name);
    expect(found?.call).toMatchObject({ operation, idempotency });
    expect(carriersOf(found!).find((item) => item.carrier === carrier)?.argument).toBe(argument);
  });

  test.each([
    "customers.create",
    "setupIntents.create",
    "paymentMethods.attach",
    "webhookEndpoints.create",
    "tokens.create",
  ])("stripe's %s moves no money", (path) => {
    expect(callBySdk(`stripe:new().${path}`)).toBeUndefined();
  });

  test("no carrier is promised for a call that has no place for a key", () => {
    expect(carriersOf(callBySdk("paymongo:call().refunds.create")!)).toEqual([]);
  });
});

describe("callsByHttp", () => {
  const found = (path: string, ...ids: string[]) => callsByHttp("post", path, ids)[0]?.call.http?.path;

  test.each([
    ["the whole path", "/v1/refunds", "/v1/refunds"],
    ["a path with a query", "/v1/refunds?expand=charge", "/v1/refunds"],
    ["a path behind a base URL", "/refunds", "/v1/refunds"],
    ["a path behind an unknown beginning", "{}/v1/refunds", "/v1/refunds"],
    ["a segment filled in", "/v1/payment_intents/{}/attach", "/v1/payment_intents/{}/attach"],
    ["a segment written out", "/v1/payment_intents/pi_1/attach", "/v1/payment_intents/{}/attach"],
    ["the path that says more", "/v1/payment_intents", "/v1/payment_intents"],
  ])("finds %s", (_, path, expected) => {
    expect(found(path, "paymongo")).toBe(expected);
  });

  test.each([
    ["a path that is known of no call", "/v1/customers"],
    ["another end", "/v1/refunds/list"],
    ["another version", "/v9/refunds"],
    ["only unknown segments", "{}/{}"],
    ["nothing", ""],
  ])("is silent on %s", (_, path) => {
    expect(found(path, "paymongo")).toBeUndefined();
  });

  test("asks for the method and for evidence of the provider", () => {
    expect(callsByHttp("GET", "/v1/refunds", ["stripe"])).toEqual([]);
    expect(callsByHttp("POST", "/v1/refunds", [])).toEqual([]);
    expect(callsByHttp("POST", "/v1/refunds", ["no-such-provider"])).toEqual([]);
  });
});

test.each([
  ["api.paymongo.com", "paymongo", "any"],
  ["API.Stripe.com", "stripe", "any"],
  ["sandbox.mintcash.me", "mintcash", "test"],
  ["api.mintcash.me", "mintcash", "live"],
  ["api-m.sandbox.paypal.com", "paypal", "test"],
  ["acme-checkout-live.adyenpayments.com", "adyen", "live"],
  ["acme.api.sandbox.checkout.com", "checkout-com", "test"],
])("%s is %s's", (host, id, mode) => {
  expect(providersOfHost(host).map((found) => [found.provider.id, found.mode])).toEqual([[id, mode]]);
});

test("a host that only ends alike is nobody's", () => {
  expect(providersOfHost("notapi.stripe.com")).toEqual([]);
  expect(providersOfHost("")).toEqual([]);
});

test("signature headers are in lower case and name all their users", () => {
  const users = (header: string) =>
    signatureHeaders()
      .get(header)
      ?.map(({ provider }) => provider.id);
  expect(users("paymongo-signature")).toEqual(["paymongo"]);
  expect(users("x-signature")).toEqual(["mintcash"]);
  expect(users("Paymongo-Signature")).toBeUndefined();
  expect(signatureHeaders().get("x-nowpayments-sig")?.[0]?.signature.covers).toBe("sorted-json");
});

test("names of idempotency keys are sorted by where they stand", () => {
  const { headers, fields, options } = idempotencyNames();
  expect([...headers]).toEqual(
    expect.arrayContaining(["idempotency-key", "paypal-request-id", "x-payout-idempotency"]),
  );
  expect([...fields]).toEqual(expect.arrayContaining(["externalId", "reference", "customerTransactionId"]));
  expect([...options].sort()).toEqual(["idempotencyKey", "paypalRequestId"]);
});

test("recipients and amounts are found by the last name of their fields", () => {
  const users = (name: string) =>
    recipientFields()
      .get(name)
      ?.map(({ provider }) => provider.id) ?? [];
  expect(users("destination")).toEqual(expect.arrayContaining(["stripe", "swap-pay", "circle"]));
  expect(users("payoutRecipients")).toEqual(["paychain-hq"]);
  expect(users("fund_account_id")).toEqual(["razorpay"]);
  expect(amountFields().has("unit_amount")).toBe(true);
  expect(amountFields().has("description")).toBe(false);
});

test("facts that decide whether a rule speaks", () => {
  const first = (id: string) => providerById(id)?.signatures[0];
  expect(first("xendit")?.scheme).toBe("token");
  expect(first("adyen")?.covers).toBe("fields");
  expect(first("paymongo")).toMatchObject({ covers: "timestamp-and-raw-body", algorithm: "sha256" });
  expect(first("paymongo")?.toleranceSeconds).toBeUndefined();
  expect(providerById("mintcash")?.amounts).toMatchObject({
    request: "minor-integer",
    webhook: "major-number",
  });
  expect(providerById("swap-pay")?.idempotency?.required).toBe(true);
  expect(providerById("nobody")).toBeUndefined();
});
