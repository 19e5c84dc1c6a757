import { describe, expect, it } from "vitest";
import { hex, random, uuid } from "../observe/secrets/fake.ts";
import { type Case, isReported, lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-hardcoded-secrets";
const upper = (length: number) => random(length).toUpperCase().replace(/\d/g, "7");
const part = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, "");
const jwt = (claims: object) => [part({ alg: "HS256" }), part(claims), random(43)].join(".");
const address = (scheme: string, password: string, host: string) =>
  `${scheme}://shop:${password}@${host}/pay`;

/** By what stands around the value, with an empty place for it where it is not all of the text. */
const tokens: Readonly<Record<string, string>> = {
  "an AWS access key": `AKIA${upper(16)}`,
  "a Google client secret": `GOCSPX-${random(28)}`,
  "a GitHub token": `ghp_${random(36)}`,
  "a fine-grained GitHub token": `github_pat_${random(22)}_${random(59)}`,
  "a GitLab token": `glpat-${random(20)}`,
  "an npm token": `npm_${random(36)}`,
  "a PyPI token": `pypi-AgEIcHlwaS5vcmc${random(80)}`,
  "a Docker Hub token": `dckr_pat_${random(27)}`,
  "a Slack token": `xoxb-${"72".repeat(6)}-${random(24)}`,
  "a Slack app token": `xapp-1-A0${upper(9)}-${"72".repeat(6)}-${hex(64)}`,
  "a Telegram bot": `${"73".repeat(5)}:AA${random(33)}`,
  "a SendGrid key": `SG.${random(22)}.${random(43)}`,
  "a Brevo key": `xkeysib-${hex(64)}-${random(16)}`,
  "an OpenAI key": `sk-proj-${random(40)}T3BlbkFJ${random(40)}`,
  "an Anthropic key": `sk-ant-api03-${random(93)}`,
  "a Shopify token": `shpat_${hex(32)}`,
  "a DigitalOcean token": `dop_v1_${hex(64)}`,
  "a Supabase key": `sb_secret_${random(31)}`,
  "a PlanetScale password": `pscale_pw_${random(43)}`,
  "a Vault token": `hvs.${random(95)}`,
  "a Databricks token": `dapi${hex(32)}`,
  "an age key": `AGE-SECRET-KEY-1${upper(58)}`,
  "a service role": jwt({ iss: "supabase", role: "service_role", iat: 1, exp: 9e9 }),
  "a token without an end": jwt({ sub: "shop", scope: "refunds" }),
  "a token for years": jwt({ sub: "shop", iat: 1_700_000_000, exp: 1_800_000_000 }),
};

/** A text and the secret in it. */
const within: readonly Case[] = [
  ["Azure's connection string", `AccountName=shop;AccountKey=`, `${random(86)}==`],
  [
    "Slack's webhook address",
    "https://hooks.slack.com/services/",
    `T${upper(10)}/B${upper(10)}/${random(24)}`,
  ],
  ["Discord's webhook address", "https://discord.com/api/webhooks/", `${"72".repeat(9)}/${random(68)}`],
  ["a database's address", "postgresql://shop:", random(20), "@db.shop.io:5432/pay"],
  ["MongoDB's address", "mongodb+srv://shop:", random(12), "@cluster0.ab1cd.mongodb.net"],
  ["an address with HTTP Basic", "https://shop:", random(24), "@api.shop.io/orders"],
  ["Redis without a user", "rediss://:", random(32), "@cache.shop.io:6380"],
].map(([what, before, secret, after = ""]) => [what!, `${before}${secret}${after}`, secret!]);

const named: readonly Case[] = [
  ["AWS's secret half", `AWS_SECRET_ACCESS_KEY=${random(40)}`, random(40)],
  ["a Gemini key", `GEMINI_API_KEY=AIza${random(35)}`, `AIza${random(35)}`],
  ["a Mailgun key", `MAILGUN_API_KEY=key-${hex(32)}`, `key-${hex(32)}`],
];

describe("reported in code", () => {
  const code = (value: string) => `export const value = ${JSON.stringify(value)};`;
  reportsOn(RULE, [
    ...Object.entries(tokens).map(([what, value]): Case => [what, code(value), value]),
    ...within.map(([what, text, secret]): Case => [what, code(text), secret!]),
    ["AWS's secret half", `new S3({ credentials: { secretAccessKey: "${random(40)}" } })`, random(40)],
  ]);
});

describe("reported in configuration", () => {
  reportsOn(
    RULE,
    [
      ...Object.entries(tokens).map(([what, value]): Case => [what, `VALUE=${value}\n`, value]),
      ...within.map(([what, text, secret]): Case => [what, `VALUE="${text}"\n`, secret!]),
      ...named,
    ],
    ".env.production",
  );
  reportsOn(
    RULE,
    [["npm's token", `//registry.npmjs.org/:_authToken=npm_${random(36)}\n`, `npm_${random(36)}`]],
    ".npmrc",
  );
});

describe("silent", () => {
  const value = (text: string) => `VALUE=${text}\n`;
  silentOn(
    RULE,
    [
      ["documented samples", value(`AKIAIOSFODNN7${"EXAMPLE"}`)],
      [
        "placeholders",
        value(`ghp_${"x".repeat(36)}`) + value("xoxb-your-slack-bot-token-here") + value("sk-ant-api03-..."),
      ],
      ["variables of the registry", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n"],
      ["a Google key of browsers", `FIREBASE_API_KEY=AIza${random(35)}\nMAPS_KEY=AIza${random(35)}\n`],
      ["a key that browsers may have", value(jwt({ role: "anon", iat: 1, exp: 9e9 }))],
      ["a token under a public name", `SUPABASE_ANON_KEY=${jwt({ ref: "shop" })}\n`],
      ["a session", value(jwt({ sub: "7", iat: 1_700_000_000, exp: 1_700_003_600 }))],
      ["the token of tutorials", value(jwt({ sub: "1234567890", name: "Ann" }))],
      ["hashes and ids", value(hex(40)) + value(hex(64)) + value(uuid) + value(`sha256-${random(43)}=`)],
      ["forty characters without a name", value(random(40))],
      ["a database on the same computer", value(address("postgres", random(20), "localhost"))],
      ["a database in the same network", value(address("mysql", random(20), "db"))],
      ["a host of documentation", value(address("postgres", random(20), "db.example.com"))],
      ["a password that everybody knows", value(address("mongodb", "password123", "db.shop.io"))],
      ["a password from elsewhere", value(address("postgres", "${DB_PASSWORD}", "db.shop.io"))],
      ["a password to be put in", value(address("mongodb+srv", "<password>", "cluster0.mongodb.net"))],
      ["a word in an address of the web", value(address("https", "letmein99", "api.shop.io"))],
      ["a token from elsewhere", value(address("https", "${TOKEN}", "github.com"))],
      ["an address without a password", value("postgres://shop@db.shop.io/pay")],
    ],
    ".env",
  );
  it("of what tests make up", () => {
    const made = Object.values(tokens).map((token) => `export const value = "${token}";`);
    expect(lintWith(RULE, made.join("\n"), "src/mail.test.ts").reported).toEqual([]);
  });
});

it("says what a stranger can do, and not that payments are in danger", () => {
  const [finding] = lintWith(RULE, `const t = "${tokens["a GitHub token"]!}";`).findings;
  expect(finding!.message).toContain("GitHub token in the source");
  expect(finding!.message).toContain("use that service in your name");
  expect(isReported(RULE, `const t = "${tokens["a GitHub token"]!}";`, { testKeys: false })).toBe(true);
});
