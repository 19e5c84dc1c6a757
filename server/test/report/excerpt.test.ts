import { describe, expect, test } from "vitest";
import { Excerpts } from "../../src/report/excerpt.ts";
import { placeOn } from "../checklist/samples.ts";

const KEY = ["sk", "live", "MadeUpMadeUpMadeUp123456"].join("_");
const PLAIN = "Tr0ub4dorAndThree";

function shown(fileName: string, lines: readonly string[], line = 1): string {
  return new Excerpts({ fileName, text: lines.join("\n") })
    .at(placeOn(line))!
    .map(({ text }) => text)
    .join("\n");
}

test("shows two lines before and behind, and marks the place", () => {
  const excerpts = new Excerpts({ fileName: "a.ts", text: ["1", "2", "3", "4", "5", "6", "7"].join("\r\n") });
  expect(excerpts.at({ ...placeOn(4), endLine: 5 })).toEqual([
    { line: 2, text: "2", marked: false },
    { line: 3, text: "3", marked: false },
    { line: 4, text: "4", marked: true },
    { line: 5, text: "5", marked: true },
    { line: 6, text: "6", marked: false },
    { line: 7, text: "7", marked: false },
  ]);
});

test("a place that the file no longer has is not shown", () => {
  expect(new Excerpts({ fileName: "a.ts", text: "one" }).at(placeOn(2))).toBeUndefined();
});

test("long lines are cut", () => {
  expect(shown("a.ts", ["x ".repeat(500)]).length).toBeLessThan(200);
});

describe("secrets are masked", () => {
  test.for<[string, string, readonly string[]]>([
    ["in a literal", "a.ts", [`const stripe = new Stripe("${KEY}");`]],
    ["as a fallback", "a.ts", [`const key = process.env.STRIPE_SECRET_KEY || "${KEY}";`]],
    ["in a .env file", ".env", [`STRIPE_SECRET_KEY=${KEY}`]],
    ["in JSON", "config.json", [`{ "stripe": { "secretKey": "${KEY}" } }`]],
    ["behind a comment that suppresses", "a.ts", ["// paylint-disable-next-line", `const key = "${KEY}";`]],
    ["in a comment", "a.ts", [`// was ${KEY}`]],
    ["in a template with more in it", "a.ts", [`const auth = \`Bearer ${KEY}\`;`]],
    ["beside the place", "a.ts", ["refund(1);", `const stripe = new Stripe("${KEY}");`]],
    ["twice on a line", "a.ts", [`const keys = ["${KEY}", "${KEY}"];`]],
  ])("%s", ([, fileName, lines]) => {
    const text = shown(fileName, lines);
    expect(text).toContain("••••••");
    expect(text).not.toContain("MadeUp");
  });

  test("together with other strings of their line", () => {
    const text = shown("a.ts", [`const auth = ["${PLAIN}", "${KEY}"];`]);
    expect(text).not.toContain(PLAIN);
  });

  test("in URLs", () => {
    expect(shown("a.ts", [`const db = "postgres://shop:${PLAIN}@db.example/shop";`])).not.toContain(PLAIN);
  });

  test("on every line of a private key", () => {
    const body = Array.from({ length: 3 }, (_, at) => `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${at}Kx7Qp`);
    const lines = ["const pem = `-----BEGIN PRIVATE KEY-----", ...body, "-----END PRIVATE KEY-----`;"];
    expect(shown("a.ts", lines, 3)).not.toContain("MIIE");
  });
});

test("code without secrets stays as it is", () => {
  const lines = [
    'const expected = createHmac("sha256", secret).update(payload).digest("hex");',
    "if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return;",
    'app.post("/webhooks/paymongo", express.raw({ type: "application/json" }), handler);',
  ];
  expect(shown("a.ts", lines)).toBe(lines.join("\n"));
});
