import { describe, expect, it } from "vitest";
import { isMonotonous, isPlaceholder, looksGenerated } from "../../../src/observe/secrets/placeholder.ts";
import { hex, random, uuid } from "./fake.ts";

describe("isPlaceholder", () => {
  it.each([
    "your_stripe_secret_key",
    "YOUR-KEY-HERE",
    "xxxxxxxxxxxxxxxxxxxxxxxx",
    "************************",
    "abc...",
    "51Ab…",
    "<secret key>",
    "{{ stripe.key }}",
    "${STRIPE_KEY}",
    "$STRIPE_KEY",
    "changeme",
    "change-me-please",
    "exampleexampleexample123",
    "dummy1234567890abcdefghi",
    "fakekeyfakekeyfakekey1",
    "REPLACE_ME",
    "redacted",
    "abcdefghijklmnopqrstuvwx",
    "1234567890abcdef12345678",
    "000000000000000000000000",
    "abababababababababababab",
    "STRIPE_SECRET_KEY",
    "set this in the dashboard",
  ])("%s", (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it("knows the sample keys that providers document by their beginning", () => {
    expect(isPlaceholder(`4eC39HqLyj${random(14)}`)).toBe(true);
  });

  it("takes none of a thousand generated keys for one", () => {
    const seeds = Array.from({ length: 1000 }, (_, at) => at);
    expect(seeds.filter((seed) => isPlaceholder(random(24, seed)))).toEqual([]);
    expect(seeds.filter((seed) => isPlaceholder(random(99, seed)))).toEqual([]);
    expect(seeds.filter((seed) => isMonotonous(hex(64, seed)))).toEqual([]);
  });
});

describe("looksGenerated", () => {
  it("says yes to letters and digits in a mix", () => {
    for (let seed = 0; seed < 200; seed++) {
      expect(looksGenerated(random(24, seed)), random(24, seed)).toBe(true);
      expect(looksGenerated(hex(32, seed)), hex(32, seed)).toBe(true);
    }
  });

  it.each([
    ["too short", random(8)],
    ["words", "correct-horse-battery-staple"],
    ["words in camel case", "correctHorseBatteryStaple"],
    ["words with a number behind", "webhooks-shared-key-2024"],
    ["a version", "payments_api_v2_internal"],
    ["a date", "2024-06-01T12:00:00"],
    ["a URL", "https://api.shop.dev/v1/a1b2c3d4e5f6"],
    ["a path", "./keys/a1b2c3d4e5f6g7h8.pem"],
    ["an e-mail address", "a1b2c3d4e5@shop.dev"],
    ["a UUID", uuid],
    ["prose", "pay 10 or 20 in 3 parts"],
    ["a name of the environment", "PAYPAL_CLIENT_KEY_2"],
    ["one character over and over", "1a1a1a1a1a1a1a1a1a1a"],
  ])("says no to %s", (_, text) => {
    expect(looksGenerated(text)).toBe(false);
  });
});
