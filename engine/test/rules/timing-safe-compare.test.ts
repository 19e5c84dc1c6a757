import { describe, expect, it } from "vitest";
import { type Case, isReported, lintWith, placeOf, reportsOn, silentOn } from "./lint.ts";

const RULE = "timing-safe-compare";
const CRYPTO = `import { createHash, createHmac, timingSafeEqual } from "node:crypto"; `;

function express(cases: readonly Case[]): Case[] {
  return cases.map(([what, body, ...reported]) => [
    what,
    `${CRYPTO}app.post("/hook", (req, res) => { const mac = createHmac("sha256", process.env.SECRET).update(req.rawBody).digest("hex"); ${body} });`,
    ...reported,
  ]);
}

describe("silent: constant time", () => {
  silentOn(RULE, [
    ...express([
      ["timingSafeEqual", "return timingSafeEqual(Buffer.from(mac), Buffer.from(req.get('x-signature')))"],
      [
        "with a length guard",
        "const a = Buffer.from(mac), b = Buffer.from(req.get('x-signature')); return a.length === b.length && timingSafeEqual(a, b)",
      ],
      [
        "its result compared",
        "return timingSafeEqual(Buffer.from(mac), Buffer.from(req.get('x-signature'))) === true",
      ],
      ["behind a helper of another file", "return safeEqual(mac, req.get('x-signature'))"],
      ["a length test", "if (mac.length !== req.get('x-signature').length) return"],
      ["a type test", "if (typeof req.get('x-signature') !== 'string') return"],
    ]),
    [
      "WebCrypto's verify",
      "export const ok = (key, sig, data) => crypto.subtle.verify('HMAC', key, sig, data)",
    ],
    [
      "two MACs of both values",
      `${CRYPTO}const h = (x) => createHmac("sha256", key).update(x).digest("hex"); export const eq = (a, b) => h(a) === h(b)`,
    ],
    [
      "an XOR loop",
      "export function eq(a, b) { let d = 0; for (let i = 0; i < a.length; i++) d |= a.charCodeAt(i) ^ b.charCodeAt(i); return d === 0 }",
    ],
  ]);
});

describe("silent: nothing secret is compared", () => {
  silentOn(RULE, [
    ...express([
      ["presence", "if (req.get('x-signature') === undefined) return"],
      ["an empty string", "if (process.env.SECRET === '' || mac === '') return"],
      ["null", "if (mac == null) return"],
      ["an event type", "if (req.body.event === 'payment.paid') return"],
      ["the MAC's algorithm", "if (req.get('x-signature-alg') === 'HMAC-SHA256') return"],
    ]),
    [
      "a content hash",
      `${CRYPTO}export const same = (a, etag) => createHash("sha256").update(a).digest("hex") === etag`,
    ],
    [
      "the hash of a request",
      `${CRYPTO}export const seen = (req, row) => createHash("sha256").update(JSON.stringify(req.body)).digest("hex") === row.requestHash`,
    ],
    [
      "a configuration's fingerprint",
      "export const changed = (config, signature) => JSON.stringify(config) !== signature",
    ],
    [
      "a key kept in the process",
      "let cached; export function client() { if (cached !== process.env.API_KEY) { cached = process.env.API_KEY } }",
    ],
    ["device tokens of one request", "export const other = (req) => req.body.tokenA !== req.body.tokenB"],
    ["the environment's name", "export const live = (req) => req.headers.mode === process.env.NODE_ENV"],
    [
      "a public key's id",
      "export const known = (req) => req.headers['x-key-id'] === process.env.PUBLIC_KEY_ID",
    ],
    ["a version tag", "export const v1 = (part) => part.split('=')[0] === 'v1'"],
    ["bytes that name a file's type", "export const png = (bytes) => bytes.subarray(0, 4).equals(SIGNATURE)"],
    [
      "sorting",
      "export const sorted = (list) => list.sort((a, b) => a.signature.localeCompare(b.signature))",
    ],
    [
      "a stored row's token that no secret is held against",
      "export const mine = (row, user) => row.token === user.token",
    ],
    [
      "the hash of a sent token against a stored hash",
      `${CRYPTO}export const f = async (req) => { const row = await find(req.body.email); return createHash("sha256").update(req.body.token).digest("hex") === row.tokenHash }`,
    ],
    [
      "the token seen last, kept by the object",
      "class C { #c; async use({ accessToken }) { if (this.accessToken !== accessToken) { this.accessToken = accessToken; this.#c = connect(accessToken) } } }",
    ],
    [
      "a stored index, computed again",
      `${CRYPTO}export async function rotate(row) { const storedIndex = row.keyIndex; return createHmac("sha256", k).update(row.key).digest("hex") === storedIndex }`,
    ],
    [
      "a fingerprint against a row's",
      `${CRYPTO}class L { async same(id) { const row = await this.rows.find(id); return createHmac("sha256", this.key).update(row.machine).digest("hex") === row.machineHash } }`,
    ],
    [
      "a setting that is no secret",
      "class G { can(req) { return req.headers['x-api-version'] === this.config.get('API_VERSION') } }",
    ],
    [
      "another address's query",
      "export const f = () => new URL(location.href).searchParams.get('token') === process.env.API_TOKEN",
    ],
    [
      "a kind of token",
      `import { TokenKind } from "./k"; export const f = (req) => { const parsed = parseToken(req.header("authorization")); return parsed?.kind !== TokenKind.API_TOKEN }`,
    ],
    ["a comment", "// return mac === req.headers['x-signature']"],
  ]);
});

describe("silent: tests and scripts that build signatures", () => {
  const code = `${CRYPTO}export const f = (req) => createHmac("sha256", k).update(req.rawBody).digest("hex") === req.headers["x-sig"]`;
  silentOn(RULE, [["a test", code]], "src/webhook.test.ts");
  silentOn(RULE, [["a folder of tests", code]], "tests/webhook.ts");
  it("a project's folder that is called so says nothing", () => {
    expect(lintWith(RULE, code, "src/testimonials/webhook.ts").reported).toHaveLength(1);
  });
});

describe("reported: a MAC against what was sent", () => {
  reportsOn(RULE, [
    ...express([
      [
        "in a condition",
        "if (mac !== req.headers['x-signature']) return",
        "mac !== req.headers['x-signature']",
      ],
      ["loosely", "if (mac == req.get('x-signature')) return", "mac == req.get('x-signature')"],
      [
        "the names swapped",
        "const expected = req.header('x-signature'); const signature = mac; if (expected !== signature) return",
        "expected !== signature",
      ],
      [
        "with a prefix",
        "if (`sha256=${mac}` === req.headers['x-hub-signature-256']) return",
        "`sha256=${mac}` === req.headers['x-hub-signature-256']",
      ],
      [
        "with a prefix that is added",
        "if (req.headers['x-signature'] !== 'sha256=' + mac) return",
        "req.headers['x-signature'] !== 'sha256=' + mac",
      ],
      [
        "trimmed and in lower case",
        "if (mac.toLowerCase() !== req.get('x-signature').trim().toLowerCase()) return",
        "mac.toLowerCase() !== req.get('x-signature').trim().toLowerCase()",
      ],
      ["beside a presence test", "if (!req.get('s') || req.get('s') !== mac) return", "req.get('s') !== mac"],
      ["a field of the body", "if (mac !== req.body.signature) return", "mac !== req.body.signature"],
      [
        "inside a log",
        "console.log({ ok: mac === req.get('x-signature') })",
        "mac === req.get('x-signature')",
      ],
      [
        "Buffer.compare",
        "if (Buffer.compare(Buffer.from(mac), Buffer.from(req.get('s'))) !== 0) return",
        "Buffer.compare(Buffer.from(mac), Buffer.from(req.get('s')))",
      ],
    ]),
    [
      "returned by a helper",
      `${CRYPTO}export function ok(body, signature) { const e = createHmac("sha1", s).update(body).digest("hex"); return e === signature }`,
      "e === signature",
    ],
    [
      "update and digest apart",
      `const crypto = require("crypto"); exports.ok = (req) => { const h = crypto.createHmac("sha1", s); h.update(req.rawBody); return req.headers["x-sig"] === h.digest("hex") }`,
      `req.headers["x-sig"] === h.digest("hex")`,
    ],
    [
      "a helper of the file computes it",
      `${CRYPTO}const sign = (b) => createHmac("sha256", s).update(b).digest("base64"); export async function POST(req) { const b = await req.text(); if (sign(b) !== req.headers.get("x-sig")) return }`,
      `sign(b) !== req.headers.get("x-sig")`,
    ],
    [
      "a helper of another file, as its name and the header's say",
      `import { computeSignature } from "./s"; export async function POST(req) { if (computeSignature(await req.text()) !== req.headers.get("x-signature")) return }`,
      `computeSignature(await req.text()) !== req.headers.get("x-signature")`,
    ],
    [
      "a class's method",
      `${CRYPTO}class G { canActivate(req: Request) { const mac = createHmac("sha512", this.key).update(req.rawBody).digest("hex"); return mac === req.headers["x-sig"] } }`,
      `mac === req.headers["x-sig"]`,
    ],
    [
      "NestJS: a header parameter",
      `${CRYPTO}class C { hook(@RawBody() raw, @Headers("x-sig") sig) { if (createHmac("sha256", k).update(raw).digest("hex") !== sig) throw 1 } }`,
      `createHmac("sha256", k).update(raw).digest("hex") !== sig`,
    ],
    [
      "Next.js headers()",
      `${CRYPTO}import { headers } from "next/headers"; export async function POST(r) { const sig = (await headers()).get("x-sig"); if (createHmac("sha256", k).update(await r.text()).digest("hex") !== sig) return }`,
      `createHmac("sha256", k).update(await r.text()).digest("hex") !== sig`,
    ],
    [
      "WebCrypto, bytes as hex",
      `Deno.serve(async (req) => { const m = await crypto.subtle.sign("HMAC", key, await req.arrayBuffer()); const hex = Array.from(new Uint8Array(m)).map((b) => b.toString(16).padStart(2, "0")).join(""); if (hex !== req.headers.get("x-sig")) return })`,
      `hex !== req.headers.get("x-sig")`,
    ],
    [
      "crypto-js",
      `import CryptoJS from "crypto-js"; export const ok = (req) => CryptoJS.HmacSHA256(req.rawBody, key).toString() === req.headers["x-sig"]`,
      `CryptoJS.HmacSHA256(req.rawBody, key).toString() === req.headers["x-sig"]`,
    ],
    [
      "a hash of data and a secret",
      `${CRYPTO}export const ok = (req) => createHash("sha512").update(req.body.order_id + process.env.SERVER_KEY).digest("hex") === req.body.signature_key`,
      `createHash("sha512").update(req.body.order_id + process.env.SERVER_KEY).digest("hex") === req.body.signature_key`,
    ],
    [
      "a hash by one call, of data and a secret",
      `import md5 from "md5"; export const ok = (req) => md5(req.body.id + process.env.MERCHANT_SECRET) === req.body.signature`,
      `md5(req.body.id + process.env.MERCHANT_SECRET) === req.body.signature`,
    ],
    [
      "the confirmation of a checkout",
      `${CRYPTO}export async function POST(req) { const { razorpay_order_id: o, razorpay_payment_id: p, razorpay_signature: s } = await req.json(); if (createHmac("sha256", k).update(o + "|" + p).digest("hex") !== s) return }`,
      `createHmac("sha256", k).update(o + "|" + p).digest("hex") !== s`,
    ],
  ]);
});

describe("reported: a static token against what was sent", () => {
  reportsOn(RULE, [
    [
      "a callback token",
      "export const ok = (req) => req.headers['x-callback-token'] === process.env.XENDIT_CALLBACK_TOKEN",
      "req.headers['x-callback-token'] === process.env.XENDIT_CALLBACK_TOKEN",
    ],
    [
      "a bearer secret",
      "export const GET = (request) => request.headers.get('authorization') !== `Bearer ${process.env.CRON_SECRET}`",
      "request.headers.get('authorization') !== `Bearer ${process.env.CRON_SECRET}`",
    ],
    [
      "cut out of the header",
      "export const GET = (request) => { const t = request.headers.get('authorization').slice(7); return t === process.env.API_TOKEN }",
      "t === process.env.API_TOKEN",
    ],
    [
      "of a configuration",
      `import { config } from "./config"; export const ok = (req) => req.get("verif-hash") === config.flutterwave.secretHash`,
      `req.get("verif-hash") === config.flutterwave.secretHash`,
    ],
    [
      "in the query",
      "export const GET = (req) => req.query.token === process.env.PUBSUB_TOKEN",
      "req.query.token === process.env.PUBSUB_TOKEN",
    ],
    [
      "in a helper",
      "export const ok = (token) => token === process.env.VERIFY_TOKEN",
      "token === process.env.VERIFY_TOKEN",
    ],
    [
      "that is called a hash",
      "export const verifyHash = (hash) => hash === process.env.FLW_WEBHOOK_HASH",
      "hash === process.env.FLW_WEBHOOK_HASH",
    ],
    [
      "NestJS's configuration is asked for",
      "class G { constructor(private readonly config: ConfigService) {} can(context) { const req = context.switchToHttp().getRequest(); const key = this.config.get<string>('API_KEY'); return req.headers['x-api-key'] === key } }",
      "req.headers['x-api-key'] === key",
    ],
    [
      "Firebase keeps",
      `import { defineSecret } from "firebase-functions/params"; const KEY = defineSecret("INTERNAL_API_KEY"); export const f = (req) => req.get("x-key") !== KEY.value()`,
      `req.get("x-key") !== KEY.value()`,
    ],
    [
      "in the address of a request",
      `export async function POST(request) { const { searchParams } = new URL(request.url); if (searchParams.get("token") !== process.env.WEBHOOK_SECRET) return }`,
      `searchParams.get("token") !== process.env.WEBHOOK_SECRET`,
    ],
    [
      "that a class was made with",
      "class Guard { constructor(options) { this.callbackToken = options.callbackToken } check(token) { return token === this.callbackToken } }",
      "token === this.callbackToken",
    ],
    [
      "the header against the secret itself",
      "export const ok = (req) => req.headers['x-signature'] === process.env.WEBHOOK_SECRET",
      "req.headers['x-signature'] === process.env.WEBHOOK_SECRET",
    ],
    [
      "Deno's environment",
      `Deno.serve((req) => req.headers.get("x-key") === Deno.env.get("ADMIN_KEY"))`,
      `req.headers.get("x-key") === Deno.env.get("ADMIN_KEY")`,
    ],
  ]);

  it("not against what a component was given", () => {
    const text = `import { settings } from "./s"; export const Form = ({ apiKey }) => <p>{apiKey !== settings.apiKey}</p>;`;
    expect(lintWith(RULE, text, "src/form.tsx").reported).toEqual([]);
  });

  it("not when the option says so", () => {
    const text = "export const ok = (req) => req.headers['x-token'] === process.env.TOKEN";
    expect([true, false].map((tokens) => isReported(RULE, text, { tokens }))).toEqual([true, false]);
  });
});

it("says how it is compared, where, and where the MAC is computed", () => {
  const code = `${CRYPTO}\nexport function ok(req) {\n  const mac = createHmac("sha256", k).update(req.rawBody).digest("hex");\n  return mac === req.headers["x-sig"];\n}`;
  const [finding] = lintWith(RULE, code).findings;
  expect(placeOf(code, finding!)).toBe("4:10-4:38");
  expect(finding!.message).toContain("compared with ===");
  expect(finding!.related?.map((step) => placeOf(code, step))).toEqual(["3:15-3:72"]);
});
