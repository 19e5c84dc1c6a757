import { describe, expect, test } from "vitest";
import { type KeyPattern, keyPatterns, keysIn } from "../../src/providers/index.ts";

/** Characters of an alphabet, no run of them the same, so that no placeholder comes out. */
function text(length: number, alphabet: string): string {
  return Array.from({ length }, (_, at) => alphabet[(at * 7 + 3) % alphabet.length]).join("");
}

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const alnum = (length: number) => text(length, DIGITS + LOWER + LOWER.toUpperCase());
const lower = (length: number) => text(length, DIGITS + LOWER);
const upper = (length: number) => text(length, DIGITS + LOWER.toUpperCase());
const hex = (length: number) => text(length, "0123456789abcdef");
const base32 = (length: number) => text(length, `${LOWER}234567`);
const uuid = () => [8, 4, 4, 4, 12].map(hex).join("-");

/** A value of each documented shape, made here so that none stands in a file: [provider, prefix, tail]. */
const SHAPES: readonly (readonly [string, string, string])[] = [
  ["stripe", "sk_live_", alnum(24)],
  ["stripe", "sk_live_", alnum(99)],
  ["stripe", "sk_test_", alnum(24)],
  ["stripe", "rk_live_", alnum(40)],
  ["stripe", "rk_test_", alnum(40)],
  ["stripe", "pk_live_", alnum(24)],
  ["stripe", "pk_test_", alnum(24)],
  ["stripe", "whsec_", alnum(32)],
  ["paymongo", "sk_live_", alnum(24)],
  ["paymongo", "sk_test_", alnum(24)],
  ["paymongo", "pk_live_", alnum(24)],
  ["paymongo", "pk_test_", alnum(24)],
  ["paymongo", "whsk_", alnum(24)],
  ["paystack", "sk_live_", hex(40)],
  ["paystack", "sk_test_", hex(40)],
  ["paystack", "pk_live_", hex(40)],
  ["paystack", "pk_test_", hex(40)],
  ["mintcash", "sk_live_", alnum(24)],
  ["mintcash", "sk_test_", alnum(24)],
  ["mintcash", "pk_live_", alnum(24)],
  ["mintcash", "pk_test_", alnum(24)],
  ["swap-pay", "sspay_sec_test_", lower(20)],
  ["swap-pay", "sspay_sec_", lower(20)],
  ["swap-pay", "sk_live_", alnum(24)],
  ["paychain-hq", "pk_live_", alnum(24)],
  ["flutterwave", "FLWSECK-", `${lower(32)}-X`],
  ["flutterwave", "FLWSECK_TEST-", `${lower(32)}-X`],
  ["flutterwave", "FLWSECK_TEST", lower(12)],
  ["flutterwave", "FLWPUBK-", `${lower(32)}-X`],
  ["flutterwave", "FLWPUBK_TEST-", `${lower(32)}-X`],
  ["razorpay", "rzp_live_", alnum(14)],
  ["razorpay", "rzp_test_", alnum(14)],
  ["razorpay", "rzp_live_", `${alnum(14)}:${alnum(24)}`],
  ["razorpay", "rzp_test_", `${alnum(14)}:${alnum(24)}`],
  ["paypal", "access_token$production$", `${lower(16)}$${hex(32)}`],
  ["square", "EAAA", alnum(60)],
  ["square", "sq0atp-", alnum(22)],
  ["square", "sq0csp-", alnum(43)],
  ["xendit", "xnd_production_", alnum(60)],
  ["xendit", "xnd_development_", alnum(62)],
  ["mollie", "live_", alnum(30)],
  ["mollie", "test_", alnum(30)],
  ["checkout-com", "sk_", base32(27)],
  ["checkout-com", "pk_", base32(27)],
  ["checkout-com", "sk_sbox_", `${base32(26)}#`],
  ["checkout-com", "pk_sbox_", `${base32(26)}*`],
  ["checkout-com", "sk_", uuid()],
  ["checkout-com", "sk_test_", uuid()],
  ["circle", "TEST_API_KEY:", `${hex(32)}:${hex(32)}`],
  ["nowpayments", "", [1, 2, 3, 4].map(() => upper(7)).join("-")],
  ["adyen", "", hex(64)],
  ["generic", "sk_live_", alnum(12)],
  ["generic", "rk_live_", alnum(12)],
  ["generic", "sk_test_", alnum(12)],
  ["generic", "pk_live_", alnum(12)],
  ["generic", "pk_test_", alnum(12)],
  ["generic", "whsec_", `${alnum(30)}+=`],
];

function matches(provider: string, value: string): readonly KeyPattern[] {
  return keyPatterns().filter(
    (known) => known.provider.id === provider && known.pattern.exec(value)?.[0] === value,
  );
}

describe("a documented shape", () => {
  test.each(SHAPES.map(([provider, prefix, tail]) => [provider, `${prefix}…${tail.length}`, prefix + tail]))(
    "of %s matches: %s",
    (provider, _, value) => {
      const known = matches(provider, value);
      expect(known.length).toBeGreaterThan(0);
      expect(known.every(({ key }) => value.includes(key.keyword))).toBe(true);
    },
  );

  test("stands here for every key of every provider file", () => {
    const shown = new Set(SHAPES.flatMap(([provider, prefix, tail]) => matches(provider, prefix + tail)));
    expect(
      keyPatterns()
        .filter((known) => !shown.has(known))
        .map(({ key }) => key.name),
    ).toEqual([]);
  });
});

describe("no shape of the provider matches", () => {
  const cases = SHAPES.map(
    ([provider, prefix, tail]) => [provider, `${prefix}…${tail.length}`, prefix, tail] as const,
  );
  const finds = (provider: string, value: string) =>
    keyPatterns()
      .filter((known) => known.provider.id === provider && known.pattern.test(value))
      .map(({ key }) => key.name);

  test.each(cases)("%s: %s as the end of a longer word", (provider, _, prefix, tail) => {
    expect(finds(provider, `x${prefix}${tail}`)).toEqual([]);
  });

  test.each(cases)("%s: %s cut short", (provider, _, prefix, tail) => {
    expect(finds(provider, prefix + tail.slice(0, 6))).toEqual([]);
  });

  test.each(cases)("%s: %s with a space in it", (provider, _, prefix, tail) => {
    expect(
      finds(provider, `${prefix}${tail.slice(0, 6)} ${tail.slice(6, 12)} ${tail.slice(12, 18)}`),
    ).toEqual([]);
  });

  test.each([
    ["your_secret_key_goes_here_please_now"],
    ["<your key>"],
    ["${process.env.SECRET_KEY}"],
    ["..."],
  ])("the placeholder %s behind a secret's prefix", (placeholder) => {
    const prefixes = ["sk_live_", "sk_test_", "rk_live_", "whsec_", "whsk_", "FLWSECK-", "xnd_production_"];
    expect(
      prefixes.flatMap((prefix) => keysIn(prefix + placeholder, new Set(["stripe", "paymongo"]))),
    ).toEqual([]);
  });
});

test.each(keyPatterns().map(({ key, provider }) => [provider.id, key.name, key] as const))(
  "%s, %s: matching takes linear time",
  (_, __, key) => {
    // A group that is repeated may hold nothing that is repeated, and no anchor ties the pattern to an end.
    expect(key.pattern).not.toMatch(/[*+}]\??\)(?:[*+]|\{)/);
    expect(key.pattern).not.toMatch(/^\^|\$$|\\b/);
  },
);

describe("keysIn", () => {
  const names = (value: string, ...detected: string[]) =>
    keysIn(value, new Set(detected)).map(({ key }) => key.name);
  const shared = `sk_live_${alnum(24)}`;

  test("names the provider in use where several share a shape", () => {
    expect(names(shared, "paymongo")).toEqual(["PayMongo live secret key"]);
    expect(names(shared, "stripe")).toEqual(["Stripe live secret key"]);
    expect(names(shared, "mintcash")).toEqual(["MintCash live secret key"]);
  });

  test("names no provider where several share a shape and none is in use", () => {
    expect(names(shared)).toEqual(["Live secret key"]);
  });

  test("names the one provider that has a shape", () => {
    expect(names(`whsk_${alnum(24)}`)).toEqual(["PayMongo webhook secret"]);
    expect(names(`sspay_sec_test_${lower(20)}`)).toEqual(["Swap Pay test secret key"]);
  });

  test("takes a key that some provider in use publishes for public", () => {
    const key = `pk_live_${alnum(24)}`;
    const visibility = (...ids: string[]) => keysIn(key, new Set(ids)).map((match) => match.key.visibility);
    expect(visibility("paychain-hq")).toEqual(["secret"]);
    expect(visibility("paychain-hq", "stripe")).toEqual(["public"]);
    expect(visibility()).toEqual(["public"]);
  });

  test("takes the pair of id and secret for one match, not for the id alone", () => {
    expect(names(`rzp_live_${alnum(14)}:${alnum(24)}`)).toEqual(["Razorpay live key pair"]);
  });

  test("gives places in the order of the text, and the same ones each time", () => {
    const value = `a = "${shared}"; b = "whsk_${alnum(24)}"`;
    const places = () =>
      keysIn(value, new Set()).map(({ start, end }) => value.slice(start, end).slice(0, 5));
    expect(places()).toEqual(["sk_li", "whsk_"]);
    expect(places()).toEqual(places());
  });

  test("reads a megabyte of near misses in seconds, not minutes", () => {
    const nearly = `sk_live_${"a".repeat(200)} rzp_live_aaaaaaaaaa:${"b".repeat(19)} ${"sk_".repeat(100)} `;
    const started = performance.now();
    keysIn(
      nearly.repeat(1_000_000 / nearly.length),
      new Set(["checkout-com", "mollie", "adyen", "nowpayments"]),
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
