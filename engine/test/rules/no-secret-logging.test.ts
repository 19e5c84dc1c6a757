import { describe, expect, it } from "vitest";
import { type Case, isReported, lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-secret-logging";
const PINO = `import pino from "pino"; const logger = pino(); `;

function body(cases: readonly Case[]): Case[] {
  return cases.map(([what, code, ...reported]) => [
    what,
    `${PINO}export async function f(req, { privateKey, wallet, intent, config, apiKey }) { ${code} }`,
    ...reported,
  ]);
}

describe("silent: nothing secret is logged", () => {
  silentOn(
    RULE,
    body([
      ["text that only speaks of a secret", `console.log("the webhook secret is missing")`],
      ["a length", "console.log(process.env.STRIPE_SECRET_KEY?.length)"],
      ["whether it is set", "console.log(!!process.env.STRIPE_SECRET_KEY)"],
      ["set or missing", `console.log(process.env.STRIPE_SECRET_KEY ? "set" : "missing")`],
      ["a truth kept in a variable", "const secret = Boolean(process.env.KEY); console.log({ secret })"],
      ["a mask", "console.log(mask(process.env.STRIPE_SECRET_KEY))"],
      ["the mode of a key", "console.log(process.env.STRIPE_SECRET_KEY.slice(0, 8))"],
      ["its last four", "logger.info({ key: apiKey.slice(-4) })"],
      ["a publishable key", "console.log(process.env.STRIPE_PUBLISHABLE_KEY)"],
      ["a public environment name", "console.log(process.env.NEXT_PUBLIC_ANON_KEY)"],
      ["a customer's secret of one payment", "console.log(intent.client_secret)"],
      ["a shortened address", "console.log(`${wallet.address.slice(0, 6)} paid`)"],
      ["a hash of a secret", "console.log({ secretHash: hash(apiKey) })"],
      ["where a secret is kept", "const secretPath = process.env.SECRET_FILE; console.log(secretPath)"],
      ["a name of a secret", `const secretName = "stripe"; console.log(secretName)`],
      ["whether there is one", "console.log({ hasSecret: config.secret !== undefined })"],
      ["a digest", `console.log(createHash("sha256").update(apiKey).digest("hex"))`],
      ["an idempotency key", "logger.info({ idempotencyKey: req.get('idempotency-key') })"],
      ["an amount", "logger.info('paid', { amount: req.body.amount })"],
      ["an error", "try { await pay() } catch (error) { console.error(error) }"],
      ["a commented-out print", "/* console.log(privateKey) */"],
      ["a method of no log", "store.info(privateKey); login(apiKey)"],
      ["headers, unless they are meant as well", "console.log(req.headers)"],
      ["a token that a caller sent", "console.log(req.body.token)"],
    ]),
  );

  silentOn(RULE, [["a unit test", "console.log(process.env.STRIPE_SECRET_KEY)"]], "src/pay.test.ts");
});

describe("reported: a secret in a log", () => {
  reportsOn(
    RULE,
    body([
      ["of the environment", "console.log(process.env.STRIPE_SECRET_KEY)", "process.env.STRIPE_SECRET_KEY"],
      [
        "in a template",
        "console.log(`key ${process.env.STRIPE_SECRET_KEY}`)",
        "process.env.STRIPE_SECRET_KEY",
      ],
      [
        "most of it",
        "console.log(process.env.STRIPE_SECRET_KEY.substring(0, 20))",
        "process.env.STRIPE_SECRET_KEY.substring(0, 20)",
      ],
      ["all but its start", "console.log(apiKey.slice(4))", "apiKey.slice(4)"],
      ["a parameter", "console.log(privateKey)", "privateKey"],
      ["a member", "logger.debug({ key: wallet.privateKey })", "wallet.privateKey"],
      ["by shorthand", "logger.warn({ privateKey }, 'made')", "privateKey"],
      ["as JSON", "console.log(JSON.stringify({ privateKey }))", "privateKey"],
      ["beside text", `console.log("key: " + privateKey)`, "privateKey"],
      [
        "an expected token beside the one received",
        "const expected = process.env.CALLBACK_TOKEN; console.error('mismatch', { expected, got: req.get('x-callback-token') })",
        "expected",
      ],
      ["a setting", `logger.info(config.get("WEBHOOK_SECRET"))`, `config.get("WEBHOOK_SECRET")`],
      [
        "headers made of it",
        "const headers = { Authorization: `Bearer ${process.env.SECRET_KEY}` }; console.log('sent', headers)",
        "headers",
      ],
      ["a password", "console.log('password', req.body.password)", "req.body.password"],
      ["a request's own log", "req.log.info({ apiKey })", "apiKey"],
      ["a function that says it logs", "await logToSink({ level: 'warn', apiKey })", "apiKey"],
      ["standard output", "process.stdout.write(privateKey)", "privateKey"],
    ]),
  );

  reportsOn(RULE, [
    [
      "an error report",
      `import * as Sentry from "@sentry/node"; export const f = (secretKey) => Sentry.captureMessage("no", { extra: { secretKey } });`,
      "secretKey",
    ],
    [
      "a trace",
      `import { trace } from "@opentelemetry/api"; export const f = (apiKey) => trace.getActiveSpan().setAttribute("key", apiKey);`,
      "apiKey",
    ],
  ]);
});

describe("the credentials option", () => {
  const read = (code: string) => `export const f = (req) => { ${code} }`;

  it.each([
    ["all headers", "console.log(req.headers)"],
    ["the Authorization header", "console.log(req.headers.authorization)"],
    ["a failed request of axios", "axios.get('/x').catch((error) => console.error(error.config))"],
  ])("means %s as well", (_, code) => {
    expect(isReported(RULE, read(code), { credentials: true })).toBe(true);
    expect(isReported(RULE, read(code), { credentials: false })).toBe(false);
  });

  it("leaves other headers out", () => {
    expect(isReported(RULE, read("console.log(req.headers['user-agent'])"), { credentials: true })).toBe(
      false,
    );
  });
});

it("names the secret and tells nothing of its value", () => {
  const [finding] = lintWith(RULE, "console.log(process.env.STRIPE_SECRET_KEY)").findings;
  expect(finding!.message).toMatch(/^STRIPE_SECRET_KEY is written to a log\./);
});
