import { describe, expect, it } from "vitest";
import { observeModule } from "../../src/lint.ts";
import { parseJavaScript } from "../../src/parse/javascript.ts";
import {
  basic,
  hex,
  hexKey,
  key,
  live,
  pem,
  random,
  storeName,
  test,
  uuid,
  webhook,
} from "../observe/secrets/fake.ts";
import { type Case, isReported, lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-hardcoded-secrets";
const STRIPE = `import Stripe from "stripe"; `;
const CRYPTO = `import { createHmac } from "node:crypto"; `;

describe("silent: the secret comes from outside", () => {
  silentOn(RULE, [
    ["an environment variable", `${STRIPE}const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);`],
    [
      "by way of a constant",
      `${STRIPE}const secretKey = process.env.KEY!; export default new Stripe(secretKey);`,
    ],
    ["import.meta.env", `${STRIPE}const stripe = new Stripe(import.meta.env.STRIPE_SECRET_KEY);`],
    [
      "a configuration module",
      `import { config } from "./config"; const webhookSecret = config.stripe.webhookSecret;`,
    ],
    ["a parameter", `${STRIPE}export const client = (secretKey: string) => new Stripe(secretKey);`],
    ["an empty fallback", `const secret = process.env.STRIPE_WEBHOOK_SECRET || "";`],
    [
      "a name of the environment in a table",
      `const wanted = { stripeSecretKey: "STRIPE_SECRET_KEY", paypalSecret: "PAYPAL_CLIENT_SECRET_2" };`,
    ],
    ["a template around the environment", "const auth = `Bearer ${process.env.PAYMONGO_SECRET_KEY}`;"],
    [
      "PEM marks around the environment",
      'const privateKey = "-----BEGIN RSA PRIVATE KEY-----\\n" + process.env.PRIVATE_KEY + "\\n-----END RSA PRIVATE KEY-----";',
    ],
    [
      "PEM marks in a template",
      "const privateKey = `-----BEGIN PRIVATE KEY-----\\n${process.env.KEY}\\n-----END PRIVATE KEY-----`;",
    ],
    [
      "a key of a MAC",
      `${CRYPTO}const webhook = (body) => createHmac("sha256", process.env.WEBHOOK_SECRET).update(body).digest("hex");`,
    ],
    ["a private key", `import { Wallet } from "ethers"; const signer = new Wallet(process.env.PRIVATE_KEY);`],
  ]);
});

describe("silent: only the place of a secret", () => {
  const values: Case[] = [
    ["YOUR_", "sk_test_YOUR_STRIPE_SECRET_KEY"],
    ["your", "sk_live_yourStripeSecretKeyGoesHere"],
    ["dots", `sk_live_${random(12)}...`],
    ["dots behind a whole key", `${live}...`],
    ["x", `sk_live_${"x".repeat(24)}`],
    ["stars", `sk_live_${random(4)}${"*".repeat(20)}${random(4)}`],
    ["angle brackets", "<your sk_live_ key>"],
    ["dummy", "sk_test_dummyKeyForLocalDevelopment1"],
    ["a sequence", `sk_test_${"abcdefghijklmnopqrstuvwxyz".slice(0, 24)}`],
    ["a prefix alone", "sk_live_"],
    ["a documented sample key", `sk_test_4eC39HqLyj${random(14)}`],
    ["a mask of a log", `sk_live_${random(4)}…${random(4)}`],
    ["a short test value", "sk_test_123"],
    ["a short webhook secret", "whsec_test_secret"],
  ];
  silentOn(
    RULE,
    values.map(([what, value]) => [what, `${STRIPE}const stripe = new Stripe(${JSON.stringify(value)});`]),
  );
  silentOn(RULE, [
    [
      "a list of known placeholders",
      `const placeholders = ["sk_test_your_stripe_secret_key_here", "whsec_your_webhook_secret_here"];`,
    ],
    [
      "a check of the prefix",
      `if (!key.startsWith("sk_live_51")) throw new Error("not a live key: sk_live_...");`,
    ],
    ["a pattern", `const KEY = /^sk_live_[A-Za-z0-9]{24,99}$/; const source = "sk_live_[A-Za-z0-9]{24}";`],
    ["an input's placeholder", `const field = { name: "key", placeholder: "${live.slice(0, 14)}..." };`],
    [
      "an example in a schema",
      `class Dto { @ApiProperty({ example: { apiSecret: "${random(24)}" } }) payment; }`,
    ],
    [
      "a MAC keyed with words",
      `${CRYPTO}const sign = (payment) => createHmac("sha256", "my webhook secret").update(payment).digest("hex");`,
    ],
    [
      "a MAC keyed with a fixed word of a protocol",
      `${CRYPTO}const paymentKey = createHmac("sha256", "WebAppData").update(token).digest();`,
    ],
    [
      "a comment with a placeholder",
      `${STRIPE}// const stripe = new Stripe("sk_live_...");\n/* a secret key: ${random(24)} */ export const stripe = new Stripe(process.env.KEY);`,
    ],
  ]);
});

describe("silent: nothing that has to stay secret", () => {
  silentOn(RULE, [
    [
      "a publishable key",
      `import { loadStripe } from "@stripe/stripe-js"; const stripe = loadStripe("${key("pk_live")}");`,
    ],
    ["a publishable test key", `${STRIPE}const publishableKey = "${key("pk_test", 99)}";`],
    ["a publishable key in Base64", `const auth = "${basic(`${key("pk_test")}:`)}";`],
    ["a placeholder in Base64", `const auth = "${basic("sk_test_your_secret_key_here:")}";`],
    ["a key id", `const options = { key: "${key("rzp_test", 14)}", amount: order.amount, currency: "INR" };`],
    ["a public key of Flutterwave", `const publicKey = "FLWPUBK_TEST-${hex(32)}-X";`],
    [
      "a client secret of one payment",
      `${STRIPE}const clientSecret = "pi_${random(24)}_secret_${random(24)}";`,
    ],
    [
      "a wallet's address",
      `const wallet = "0x${hex(40)}"; const treasury = { privateAddress: "0x${hex(40, 2)}" };`,
    ],
    ["a transaction's hash", `const txHash = "${hexKey()}"; await provider.getTransaction("${hexKey(2)}");`],
    [
      "a hash of content",
      `const expected = "${hex(64)}"; const checksums = { "payments.js": "${hex(64, 2)}" };`,
    ],
    ["a topic of a log", `const topics = ["${hexKey()}"]; const TRANSFER_TOPIC = "${hexKey(2)}";`],
    ["a storage key", `const storageKeys = ["${hexKey()}"];`],
    ["a public key", `const publicKey = "${hexKey()}"; const signerPublicKey = "${hexKey(2)}";`],
    ["an encrypted private key", `const encryptedPrivateKey = "${hex(64)}";`],
    ["zero", `const privateKey = "0x${"0".repeat(64)}"; const pk = "0x${"0".repeat(63)}1";`],
    [
      "the accounts of a development chain",
      `const privateKey = "0xac0974bec39a${hex(52)}"; const mnemonic = "${"test ".repeat(11)}junk";`,
    ],
    ["a UUID", `${STRIPE}const idempotencyKey = "${uuid}"; const apiKey = "${uuid}";`],
    [
      "an idempotency key",
      `await fetch("https://api.paymongo.com/v1/payments", { headers: { "Idempotency-Key": "${random(24)}" } });`,
    ],
    [
      "a name in local storage",
      `const TOKEN_KEY = "shop_access_token_v2"; localStorage.getItem("payment_secret_key_v2");`,
    ],
    [
      "a column of a schema",
      `const Merchant = { password: { type: String }, webhookSecret: { type: "varchar(255)" }, apiSecret: "text" };`,
    ],
    [
      "a sample account number",
      `const destination = { account_number: "000123456789", routing_number: "110000000" };`,
    ],
    ["a path", `${STRIPE}const apiSecret = "/run/secrets/stripe-2/key3a4b5c6d";`],
    ["a header's name", `const PAYMENT_SECRET_HEADER = "x-payment-a1b2c3d4e5f6";`],
    ["a browser's key of a map", `${STRIPE}const settings = { apiKey: "AIza${random(35)}" };`],
    [
      "another system's secret",
      `${STRIPE}import { Strategy } from "passport-facebook"; new Strategy({ clientSecret: "${hex(32)}" });`,
    ],
    ["another system's settings", `${STRIPE}const cloudinary = { api_secret: "${random(27)}" };`],
    ["a password of a database", `${STRIPE}const db = { password: "${random(16)}" };`],
    ["generated text without payments near", `const settings = { secretKey: "${random(32)}" };`],
    ["a module's name", `import "./sk_live_${random(24)}"; export * from "./${live}";`],
  ]);
  it("a PayChain-shaped key where PayChain is not in use", () => {
    expect(lintWith(RULE, `const apiKey = "${key("pk_live", 32)}";`).reported).toEqual([]);
  });
  it("a key that one provider in use publishes and the other keeps secret", () => {
    const text = `import { PayChain } from "@paychainhq/sdk"; import { loadStripe } from "@stripe/stripe-js"; loadStripe("${key("pk_live", 32)}");`;
    expect(lintWith(RULE, text).reported).toEqual([]);
  });
});

describe("silent: made up for a test", () => {
  const cases: Case[] = [
    ["a test key", `process.env.STRIPE_SECRET_KEY = "${test}";`],
    [
      "a webhook secret",
      `const secret = "${webhook}"; const header = stripe.webhooks.generateTestHeaderString({ payload, secret });`,
    ],
    ["a key of a MAC", `${CRYPTO}const webhook = createHmac("sha256", "${random(24)}");`],
    ["a private key", `const privateKey = "${hexKey()}";`],
    ["a PEM file", `const privateKey = "${pem()}";`],
    [
      "credentials",
      `import Razorpay from "razorpay"; new Razorpay({ key_id: "${key("rzp_test", 14)}", key_secret: "${random(24)}" });`,
    ],
  ];
  silentOn(RULE, cases, "src/payments.test.ts");
  silentOn(RULE, cases, "src/__tests__/payments.ts");
  silentOn(RULE, cases, "test/fixtures/payments.js");
  silentOn(
    RULE,
    [
      [
        "settings of a test run",
        `process.env.XENDIT_API_KEY = "test_api_key"; process.env.API_PASSWORD = "testpass123";`,
      ],
    ],
    "tests/setup.js",
  );
});

describe("reports keys by their shape", () => {
  reportsOn(RULE, [
    ["as the constructor's argument", `${STRIPE}const stripe = new Stripe("${test}");`, test],
    [
      "on the next line",
      `const stripe = require("stripe")(\n  "${key("sk_test", 99)}"\n);`,
      key("sk_test", 99),
    ],
    [
      "inside a handler",
      `app.post("/pay", async (req, res) => { const stripe = require("stripe")("${live}"); });`,
      live,
    ],
    ["live", `export const secretKey = "${live}";`, live],
    ["restricted", `const KEY = "${key("rk_live")}";`, key("rk_live")],
    [
      "in a header",
      `await axios.post(url, order, { headers: { Authorization: "Bearer ${key("sk_test", 40)}" } });`,
      key("sk_test", 40),
    ],
    ["in a template", `const auth = \`Bearer ${live}\`;`, live],
    ["at the beginning of a template", `const auth = \`${live}:\${password}\`;`, live],
    ["joined", `const KEY = "sk_live_" + "${random(24)}";`, `"sk_live_" + "${random(24)}"`],
    [
      "joined by way of a constant",
      `const PREFIX = "sk_live_"; const KEY = PREFIX + "${random(24)}";`,
      `PREFIX + "${random(24)}"`,
    ],
    ["in basic credentials", `const auth = Buffer.from("${live}:").toString("base64");`, live],
    ["behind as and !", `const KEY = ("${live}" as string)!;`, live],
    ["in an array", `const KEYS = ["${live}", "${key("sk_live", 24, 2)}"];`, live, key("sk_live", 24, 2)],
    ["in an enum", `enum Keys { Live = "${live}" }`, live],
    ["as a class field", `class Client { private readonly key = "${live}"; }`, live],
    ["a webhook secret", `const endpointSecret = "${webhook}";`, webhook],
    ["a webhook secret of PayMongo", `const secret = "${key("whsk")}";`, key("whsk")],
    [
      "Flutterwave",
      `const flw = new Flutterwave(process.env.PUBLIC, "FLWSECK-${hex(32)}-X");`,
      `FLWSECK-${hex(32)}-X`,
    ],
    [
      "Xendit",
      `const x = new Xendit({ secretKey: "xnd_production_${random(60)}" });`,
      `xnd_production_${random(60)}`,
    ],
    ["Square", `const token = "sq0atp-${random(22)}";`, `sq0atp-${random(22)}`],
    ["Swap Pay", `const KEY = "sspay_sec_${random(24)}";`, `sspay_sec_${random(24)}`],
    [
      "Braintree",
      `const token = "access_token$production$${hex(16)}$${hex(32)}";`,
      `access_token$production$${hex(16)}$${hex(32)}`,
    ],
    [
      "in Base64",
      `await fetch(url, { headers: { authorization: "${basic(`${test}:`)}" } });`,
      basic(`${test}:`).slice("Basic ".length),
    ],
    [
      "a pair in Base64",
      `const auth = "${basic(`${key("rzp_live", 14)}:${random(24)}`)}";`,
      basic(`${key("rzp_live", 14)}:${random(24)}`).slice("Basic ".length),
    ],
    [
      "key id and secret joined by a colon",
      `const auth = "Basic " + btoa("${key("rzp_test", 14)}:${random(24)}");`,
      `${key("rzp_test", 14)}:${random(24)}`,
    ],
    [
      "PayChain's key where PayChain is in use",
      `await fetch("https://api.paychainhq.io/api/v1/invoices", { headers: { "x-api-key": "${key("pk_live", 32)}" } });`,
      key("pk_live", 32),
    ],
    ["a PEM file", `const key = "${pem()}";`, `"${pem()}"`],
    ["a PEM file over several lines", `const key = \`${pem("", "\n")}\`;`, pem("", "\n")],
    [
      "a PEM file joined line by line",
      pem("EC ")
        .split("\\n")
        .map((line) => `"${line}\\n"`)
        .join(" + ")
        .replace(/^/, "const key = "),
      pem("EC ")
        .split("\\n")
        .map((line) => `"${line}\\n"`)
        .join(" + "),
    ],
  ]);
  reportsOn(
    RULE,
    [
      ["JSX text", `export const Docs = () => <code>{"${live}"} {key}</code>;`, live],
      ["a JSX attribute", `export const Pay = () => <Elements secret="${live}" />;`, live],
      ["text between tags", `export const Docs = () => <code>${live}</code>;`, live],
    ],
    "app/page.tsx",
  );
  it("reports a live key in a test, too", () => {
    expect(lintWith(RULE, `const key = "${live}";`, "src/pay.test.ts").reported).toEqual([live]);
  });
});

describe("reports secrets that stand in when a setting is missing", () => {
  reportsOn(RULE, [
    ["||", `const KEY = process.env.PAYSTACK_SECRET_KEY || "${key("sk_test", 40)}";`, key("sk_test", 40)],
    ["??", `const KEY = process.env.STRIPE_SECRET_KEY ?? "${live}";`, live],
    ["a default parameter", `export function pay(secret = "${live}") {}`, live],
    ["a default of a pattern", `const { STRIPE_SECRET_KEY = "${live}" } = process.env;`, live],
    ["a conditional", `const KEY = process.env.KEY ? process.env.KEY : "${live}";`, live],
    ["??=", `process.env.STRIPE_SECRET_KEY ??= "${live}";`, live],
    ["an argument", `const KEY = config.get("STRIPE_SECRET_KEY", "${live}");`, live],
    [
      "a secret known by its use",
      `${CRYPTO}const secret = process.env.WEBHOOK_SECRET || "${random(24)}"; const mac = createHmac("sha256", secret);`,
      `"${random(24)}"`,
    ],
  ]);
  it("says so, and shows what would have to be missing", () => {
    const text = `const KEY = process.env.STRIPE_SECRET_KEY || "${live}";`;
    const [finding] = lintWith(RULE, text).findings;
    expect(finding!.messageId).toBe("fallback");
    expect(finding!.related!.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      "process.env.STRIPE_SECRET_KEY",
    ]);
  });
});

describe("reports private keys of wallets by form and name", () => {
  const value = hexKey();
  const bare = hex(64);
  reportsOn(RULE, [
    ["privateKey", `const privateKey = "${value}";`, value],
    ["without 0x", `const account = { address: "0x${hex(40)}", privateKey: "${bare}" };`, bare],
    ["a longer name", `const settings = { payoutAccountPrivateKey: "${value}" };`, value],
    ["in capitals", `const PRIVATE_KEY = process.env.PRIVATE_KEY || "${value}";`, value],
    ["pk", `const pk = "${value}";`, value],
    ["signer", `const signer = { signer: "${value}" };`, value],
    [
      "short names among keys",
      `export default { eth: { network: "sepolia", keys: { user: "${value}", master: "${hexKey(2)}" } } };`,
      value,
      hexKey(2),
    ],
    [
      "accounts of a network",
      `module.exports = { networks: { goerli: { url, accounts: ["${value}"] } } };`,
      value,
    ],
    ["a wallet's argument", `const wallet = new ethers.Wallet("${value}", provider);`, value],
    ["an account's argument", `const account = privateKeyToAccount("${value}");`, value],
    ["as bytes", `const privateKey = Buffer.from("${bare}", "hex");`, bare],
    [
      "a Solana key",
      `const secretKey = "${random(88)}"; const privateKey = "${random(88)}";`,
      random(88),
      random(88),
    ],
    [
      "a seed phrase",
      `const mnemonic = "legal winner thank year wave sausage worth useful legal winner thank yellow";`,
      "legal winner thank year wave sausage worth useful legal winner thank yellow",
    ],
  ]);
  it("in the settings of tests as well", () => {
    expect(
      lintWith(RULE, `export default { keys: { home: "${value}" } };`, "test/config/config.js").reported,
    ).toEqual([value]);
  });
  it("not among things that are no keys", () => {
    expect(
      lintWith(
        RULE,
        `const hashes = ["${value}"]; const accounts = ["${value}"]; const root = { keys: { txHash: "${value}" } };`,
      ).reported,
    ).toEqual([]);
  });
});

describe("reports credentials by name and company", () => {
  const secret = random(24);
  const password = `${storeName}@ssl`;
  reportsOn(RULE, [
    [
      "a pair for an SDK",
      `import Razorpay from "razorpay"; const rzp = new Razorpay({ key_id: "${key("rzp_test", 14)}", key_secret: "${secret}" });`,
      secret,
    ],
    [
      "for an instant payment notification",
      `const ipnSecret = "${secret}"; const mac = createHmac("sha256", ipnSecret).update(text).digest("hex");`,
      secret,
    ],
    [
      "a server key for a client of payments",
      `import midtrans from "midtrans-client"; const snap = new midtrans.Snap({ serverKey: "${secret}" });`,
      secret,
    ],
    [
      "a pair as headers",
      `const headers = { "x-key-id": "${key("rzp_live", 14)}", "x-key-secret": "${secret}" };`,
      secret,
    ],
    [
      "a pair for axios",
      `axios.post(url, data, { auth: { username: "${key("rzp_test", 14)}", password: "${secret}" } });`,
      secret,
    ],
    [
      "a pair by way of a constant",
      `const id = "${key("rzp_test", 14)}"; const keys = { id, testKeySecrete: "${secret}" };`,
      secret,
    ],
    [
      "a store's password",
      `const SSLCommerzPayment = require("sslcommerz-lts");\n// const store_passwd = process.env.STORE_PASSWD;\nconst store_passwd = "${password}";`,
      password,
    ],
    ["a store's password of its own form", `const STORE_PASSWD = "${password}";`, password],
    [
      "a client's options",
      `import braintree from "braintree"; const gateway = braintree.connect({ privateKey: "${hex(32)}" });`,
      hex(32),
    ],
    ["a name that says payments", `const paymentSecretKey = "${secret}";`, secret],
    [
      "an object that says payments",
      `export const paypal = { clientId: "A", clientSecret: "${secret}" };`,
      secret,
    ],
    [
      "a file that imports a provider",
      `import Razorpay from "razorpay"; const webhookSecret = "${secret}";`,
      secret,
    ],
    [
      "a webhook's MAC",
      `${CRYPTO}app.post("/webhook", (req) => createHmac("sha256", "${secret}").update(req.rawBody).digest("hex"));`,
      `"${secret}"`,
    ],
    [
      "a webhook's MAC by way of a constant",
      `${CRYPTO}const k = "${secret}"; app.post("/webhook", (req) => createHmac("sha256", k).update(req.rawBody));`,
      `"${secret}"`,
    ],
    [
      "a verifier's argument",
      `${STRIPE}const stripe = new Stripe(process.env.KEY); stripe.webhooks.constructEvent(body, header, process.env.WEBHOOK_SECRET || "${secret}");`,
      `"${secret}"`,
    ],
    [
      "a client of an unknown payment package",
      `import Pay from "some-payments"; const client = new Pay("shop", "${secret}");`,
      `"${secret}"`,
    ],
  ]);
});

describe("comments", () => {
  reportsOn(RULE, [
    [
      "a key that is commented out",
      `${STRIPE}// const stripe = new Stripe("${live}");\nexport const stripe = new Stripe(process.env.KEY);`,
      live,
    ],
    ["a note", `/* the webhook's: ${webhook} */`, webhook],
    ["a key in code and beside it", `const key = "${live}"; // not ${test}`, live, test],
  ]);
  silentOn(RULE, [["what a test explains", `// signed with ${webhook}\nexport {};`]], "src/webhook.test.ts");
});

describe("configuration files", () => {
  silentOn(
    RULE,
    [
      [
        "a template",
        "STRIPE_SECRET_KEY=\nSTRIPE_WEBHOOK_SECRET=whsec_...\nPAYSTACK_SECRET_KEY=sk_test_your_key_here\n",
      ],
      [
        "publishable keys",
        `NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=${key("pk_live", 99)}\nRAZORPAY_KEY_ID=${key("rzp_live", 14)}\n`,
      ],
      [
        "PayChain beside Stripe",
        `PAYCHAIN_API_URL=https://api.paychainhq.io\nSTRIPE_PUBLISHABLE_KEY=${key("pk_live", 32)}\n`,
      ],
      [
        "other systems",
        `JWT_SECRET=${random(32)}\nDATABASE_PASSWORD=${random(16)}\nCLOUDINARY_API_SECRET=${random(27)}\nPAYLOAD_SECRET=${random(32)}\n`,
      ],
      ["variables", "STRIPE_SECRET_KEY=${STRIPE_KEY}\nPAYPAL_CLIENT_SECRET=$PAYPAL_SECRET\n"],
      [
        "a comment with a placeholder",
        `# STRIPE_SECRET_KEY=sk_live_...\nPORT=3000 # RAZORPAY_KEY_SECRET=${random(24)}\n`,
      ],
      [
        "hashes and addresses",
        `CONTRACT_ADDRESS=0x${hex(40)}\nGENESIS_HASH=${hexKey()}\nTREASURY_WALLET=0x${hex(40, 2)}\n`,
      ],
    ],
    ".env",
  );
  reportsOn(
    RULE,
    [
      ["a test key", `STRIPE_SECRET_KEY=${test}\n`, test],
      ["a quoted key behind export", `export STRIPE_SECRET_KEY="${live}" # live!\r\n`, live],
      ["a webhook secret", `WEBHOOK=${webhook}`, webhook],
      ["PayChain's key", `PAYCHAIN_API_KEY=${key("pk_live", 32)}\n`, key("pk_live", 32)],
      ["a secret without a shape", `RAZORPAY_KEY_SECRET=${random(24)}\n`, random(24)],
      ["a secret of a provider", `PAYPAL_CLIENT_SECRET='${random(80)}'\n`, random(80)],
      ["a store's password", `STORE_PASSWORD=${storeName}@ssl\n`, `${storeName}@ssl`],
      [
        "a private key",
        `WALLET_PRIVATE_KEY=${hexKey()}\nDEPLOYER_PRIVATE_KEY=${hex(64, 2)}\n`,
        hexKey(),
        hex(64, 2),
      ],
      ["a PEM file", `PRIVATE_KEY="${pem()}"\n`, pem()],
      ["a setting that is commented out", `# STRIPE_SECRET_KEY=${live}\nPORT=3000 # ${test}\n`, live, test],
    ],
    "server/.env.production",
  );
  it("looks in templates for shapes only", () => {
    const text = `STRIPE_SECRET_KEY=${live}\nRAZORPAY_KEY_SECRET=${random(24)}\n`;
    expect(lintWith(RULE, text, ".env.example").reported).toEqual([live]);
  });

  silentOn(
    RULE,
    [
      [
        "hashes of packages",
        JSON.stringify({
          packages: {
            stripe: {
              integrity: `sha512-${random(86)}==`,
              resolved: "https://registry.npmjs.org/stripe/-/stripe-17.0.0.tgz",
            },
          },
        }),
      ],
      [
        "hashes of contracts",
        JSON.stringify({ keccak256: hexKey(), address: `0x${hex(40)}`, topics: [hexKey(2)] }),
      ],
      [
        "placeholders",
        JSON.stringify({
          eth: { keys: { home: "<MANAGEMENT_PRIVATE_KEY>" } },
          stripe: { secretKey: "${STRIPE_SECRET_KEY}" },
        }),
      ],
      [
        "texts",
        JSON.stringify({
          payment: { secretKey: "Secret key (starts with sk_live_)", apiKey: "API-Schlüssel 1" },
        }),
      ],
      [
        "keys of other systems",
        JSON.stringify({ firebase: { apiKey: `AIza${random(35)}` }, session: { secret: random(32) } }),
      ],
    ],
    "config/default.json",
  );
  reportsOn(
    RULE,
    [
      ["a key", `{ "stripe": { "secretKey": "${live}" } }`, live],
      ["a secret without a shape", `{ "razorpay": { "key_secret": "${random(24)}" } }`, random(24)],
      [
        "private keys",
        `{ "wallet": { "privateKey": "${hexKey()}" }, "keys": ["${hexKey(2)}"] }`,
        hexKey(),
        hexKey(2),
      ],
      ["a PEM file", `{ "private_key": ${JSON.stringify(pem("", "\n"))} }`, pem("", "\\n")],
    ],
    "config/production.json",
  );
});

describe("findings", () => {
  const one = (text: string, fileName?: string) => lintWith(RULE, text, fileName).findings[0]!;

  it("warns of test keys and refuses live ones", () => {
    expect(one(`const k = "${test}";`).severity).toBe("warning");
    expect(one(`const k = "${live}";`).severity).toBe("error");
    expect(one(`const k = "${webhook}";`).severity).toBe("error");
    expect(one(`KEY=${test}`, ".env").severity).toBe("warning");
  });

  it("names the kind of secret and never its value", () => {
    const finding = one(`${STRIPE}const stripe = new Stripe("${live}");`);
    expect(finding.message).toMatch(
      /^Stripe live secret key in the source: .* can call the payment API in your name/,
    );
    for (const text of [
      `const k = "${live}";`,
      `const privateKey = "${hexKey()}";`,
      `const paymentSecret = "${random(24)}";`,
    ]) {
      expect(JSON.stringify(one(text))).not.toMatch(new RegExp([live, hexKey(), random(24)].join("|")));
    }
  });

  it("says what can be done with it", () => {
    expect(one(`const k = "${webhook}";`).message).toContain("sign payments that never happened");
    expect(one(`const privateKey = "${hexKey()}";`).message).toContain("spend everything");
  });

  it("shows where a key without a shape is used", () => {
    const text = `${CRYPTO}const k = "${random(24)}"; const webhook = createHmac("sha256", k);`;
    expect(one(text).related!.map(({ range }) => text.slice(range.start, range.end))).toEqual(["k"]);
  });

  it("leaves keys of test mode alone when the option says so", () => {
    const options = { testKeys: false };
    expect([live, test].map((key) => isReported(RULE, `const k = "${key}";`, options))).toEqual([
      true,
      false,
    ]);
    expect(isReported(RULE, `const k = "${test}";`, { testKeys: true })).toBe(true);
  });

  it("reports one secret once", () => {
    const text = `${CRYPTO}const paymentSecret = "${live}"; const mac = createHmac("sha256", paymentSecret); new Stripe(paymentSecret);`;
    expect(lintWith(RULE, text).reported).toEqual([live]);
  });
});

describe("observations of keys in use", () => {
  const answers = (text: string) => {
    const { module } = parseJavaScript({ fileName: "src/pay.ts", text });
    return observeModule(module!, "secret").flatMap((each) =>
      each.kind === "secret" ? [each.outside.answer] : [],
    );
  };
  it("yes for the environment", () => {
    expect(answers(`${CRYPTO}createHmac("sha256", process.env.SECRET!);`)).toEqual(["yes"]);
  });
  it("unknown for what the file does not show", () => {
    expect(answers(`${CRYPTO}export const sign = (secret) => createHmac("sha256", secret);`)).toEqual([
      "unknown",
    ]);
  });
  it("no for a literal", () => {
    expect(answers(`${CRYPTO}const webhook = createHmac("sha256", "${random(24)}");`)).toEqual(["no"]);
  });
});

it("survives every prefix of a file", () => {
  const text = `${STRIPE}const stripe = new Stripe(process.env.KEY ?? "${live}");\nconst keys = { user: "${hexKey()}" };\n`;
  for (let end = 0; end <= text.length; end += 3) {
    const { module } = parseJavaScript({ fileName: "src/pay.ts", text: text.slice(0, end) });
    expect(() => module && observeModule(module, "secret")).not.toThrow();
  }
});
