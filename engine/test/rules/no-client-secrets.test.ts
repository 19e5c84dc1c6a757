import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-client-secrets";
const route = (code: string) => `export const f = (req, res) => { ${code} };`;

describe("silent: the secret stays on the server", () => {
  silentOn(
    RULE,
    [
      ["a publishable key", "export const key = process.env.NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY"],
      ["a key meant for browsers", "export const key = import.meta.env.VITE_MAPS_API_KEY"],
      ["a public token", "export const token = process.env.REACT_APP_CLIENT_TOKEN"],
      ["a network's known phrase", "export const p = process.env.NEXT_PUBLIC_NETWORK_PASSPHRASE"],
      ["a secret on the server", "export const key = process.env.STRIPE_SECRET_KEY"],
      ["the publishable key in an answer", route("res.json({ key: process.env.STRIPE_PUBLISHABLE_KEY })")],
      ["a customer's secret of one payment", route("res.json({ clientSecret: intent.client_secret })")],
      ["whether a secret is set", route("res.json({ ready: Boolean(process.env.STRIPE_SECRET_KEY) })")],
      ["a key that the customer just made", route("res.json({ apiKey: created.apiKey })")],
      ["a token that is handed out", route("res.json({ access_token: process.env.APP_SECRET })")],
      ["a secret used for a call", route("pay(process.env.STRIPE_SECRET_KEY); res.json({ ok: true })")],
      ["what a secret signs", route("res.json({ signature: sign(process.env.APP_SECRET, req.body) })")],
      ["a request of our own", "send.json({ key: process.env.STRIPE_SECRET_KEY })"],
      [
        "a component that may run on the server",
        "export const p = <Pay secret={process.env.STRIPE_SECRET_KEY} />",
      ],
      [
        "a public name that only sounds so",
        "const NEXT_PUBLIC_SECRET = 1; export const o = { NEXT_PUBLIC_SECRET }",
      ],
      ["settings of something else", "export const o = { env: { KEY: process.env.STRIPE_SECRET_KEY } }"],
    ].map(([what, code]) => [what!, code!] as const),
    "src/page.tsx",
  );

  silentOn(
    RULE,
    [["names without a secret", "NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=\nSTRIPE_SECRET_KEY=\n"]],
    ".env",
  );
});

describe("reported: the secret goes to a browser", () => {
  reportsOn(RULE, [
    [
      "Next.js's public name",
      "export const key = process.env.NEXT_PUBLIC_STRIPE_SECRET_KEY",
      "process.env.NEXT_PUBLIC_STRIPE_SECRET_KEY",
    ],
    [
      "Vite's",
      "export const key = import.meta.env.VITE_PAYPAL_CLIENT_SECRET",
      "import.meta.env.VITE_PAYPAL_CLIENT_SECRET",
    ],
    [
      "in an answer",
      route("res.json({ key: process.env.STRIPE_SECRET_KEY })"),
      "process.env.STRIPE_SECRET_KEY",
    ],
    [
      "with a status",
      route("res.status(200).json({ key: process.env.STRIPE_SECRET_KEY })"),
      "process.env.STRIPE_SECRET_KEY",
    ],
    [
      "through a constant",
      `const secret = process.env.PAYMONGO_SECRET_KEY; ${route("res.send({ secret })")}`,
      "secret",
    ],
    [
      "in a web answer",
      "export const GET = () => Response.json({ key: process.env.STRIPE_SECRET_KEY })",
      "process.env.STRIPE_SECRET_KEY",
    ],
    ["to a view", route("res.render('pay', { key: process.env.API_SECRET })"), "process.env.API_SECRET"],
    [
      "as a page's props",
      "export async function getServerSideProps() { return { props: { key: process.env.STRIPE_SECRET_KEY } }; }",
      "process.env.STRIPE_SECRET_KEY",
    ],
  ]);

  reportsOn(
    RULE,
    [
      [
        "in an element",
        "export const p = <input type='hidden' value={process.env.STRIPE_SECRET_KEY} />",
        "process.env.STRIPE_SECRET_KEY",
      ],
    ],
    "app/page.tsx",
  );
  reportsOn(
    RULE,
    [
      [
        "by Next.js's settings",
        "export default { env: { KEY: process.env.STRIPE_SECRET_KEY } }",
        "process.env.STRIPE_SECRET_KEY",
      ],
    ],
    "next.config.mjs",
  );
  reportsOn(
    RULE,
    [
      [
        "by Vite's settings",
        `export default { define: { KEY: JSON.stringify(process.env.STRIPE_SECRET_KEY) } }`,
        "process.env.STRIPE_SECRET_KEY",
      ],
    ],
    "vite.config.ts",
  );

  it("by its name in a file of settings", () => {
    const { findings } = lintWith(RULE, "A=1\nREACT_APP_STRIPE_SECRET_KEY=x\n", ".env");
    expect(findings.map(({ message }) => message.split(" ", 1)[0])).toEqual(["REACT_APP_STRIPE_SECRET_KEY"]);
  });
});
