import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "require-https";
const session = (fields: string) => `export const session = (order, base) => create({ ${fields} });`;

describe("silent: the address is encrypted, or it is one of development", () => {
  silentOn(RULE, [
    ["https", session(`success_url: "https://shop.ph/thanks", cancel_url: "https://shop.ph/cart"`)],
    ["this machine", session(`success_url: "http://localhost:3000/thanks"`)],
    [
      "this machine throughout",
      session(`success_url: "http://localhost:3000/thanks", cancel_url: "http://localhost:3000/cart"`),
    ],
    ["a loopback address", session(`webhook_url: "http://127.0.0.1:8080/hook"`)],
    ["a private network", session(`callback_url: "http://10.1.2.3/hook"`)],
    ["a name of a private network", session(`callback_url: "http://payments:8080/hook"`)],
    ["a name for tests", session(`callback_url: "http://shop.test/hook"`)],
    ["a placeholder", session(`success_url: "http://your-domain.com/thanks"`)],
    ["a base from elsewhere", session("success_url: `${base}/thanks`")],
    ["a fallback of development", session(`success_url: process.env.URL || "http://shop.ph/thanks"`)],
    ["an allowed origin", `app.use(cors({ origin: "http://shop.ph" }))`],
    ["a namespace", `const xml = { namespace: "http://www.w3.org/2000/svg" }`],
    ["a link in a text", `const help = { text: "see http://shop.ph/help" }`],
    ["a path", `export const f = (req, res) => res.redirect("/thanks")`],
    ["an https redirect", `export const f = (req, res) => res.redirect(303, "https://shop.ph/thanks")`],
    ["a node's address", `const provider = { url: "http://node.chain.ph:8545" }`],
    ["a comment", `/* success_url: "http://shop.ph" */ export const a = 1`],
    [
      "a live one in another object",
      `${session(`success_url: "http://localhost:3000/a"`)} send({ return_url: "https://shop.ph" })`,
    ],
  ]);

  silentOn(RULE, [["a test", session(`success_url: "http://shop.ph/thanks"`)]], "src/pay.test.ts");
});

describe("reported: the address is not encrypted", () => {
  reportsOn(RULE, [
    ["a success address", session(`success_url: "http://shop.ph/thanks"`), `"http://shop.ph/thanks"`],
    ["in camel case", session(`cancelUrl: "http://shop.ph/cart"`), `"http://shop.ph/cart"`],
    ["a webhook", session(`webhookUrl: "http://shop.ph/hook"`), `"http://shop.ph/hook"`],
    [
      "a notification",
      session("notification_url: `http://shop.ph/ipn/${order.id}`"),
      "`http://shop.ph/ipn/${order.id}`",
    ],
    ["by a sum", session(`return_url: "http://shop.ph/" + order.id`), `"http://shop.ph/" + order.id`],
    [
      "by a constant",
      `const BASE = "http://shop.ph"; ${session("success_url: `${BASE}/thanks`")}`,
      "`${BASE}/thanks`",
    ],
    [
      "among others",
      session(`back_urls: { success: "http://shop.ph/a", failure: "https://shop.ph/b" }`),
      `"http://shop.ph/a"`,
    ],
    [
      "a redirect",
      `export const f = (req, res) => res.redirect("http://shop.ph/thanks")`,
      `"http://shop.ph/thanks"`,
    ],
    [
      "a redirect of Next.js",
      `import { redirect } from "next/navigation"; export const f = () => redirect("http://shop.ph/thanks")`,
      `"http://shop.ph/thanks"`,
    ],
    [
      "this machine, forgotten beside a live one",
      session(`success_url: "https://shop.ph/a", fail_url: "http://localhost:3000/b"`),
      `"http://localhost:3000/b"`,
    ],
    [
      "a redirect to this machine beside a live one",
      `export const f = (req, res) => req.query.ok ? res.redirect("https://shop.ph/a") : res.redirect("http://localhost:3000/b")`,
      `"http://localhost:3000/b"`,
    ],
    [
      "a payment API",
      `export const pay = () => fetch("http://api.paymongo.com/v1/payments", { method: "POST" })`,
      `fetch("http://api.paymongo.com/v1/payments", { method: "POST" })`,
    ],
  ]);

  it("shows the live address beside a forgotten one", () => {
    const [finding] = lintWith(
      RULE,
      session(`success_url: "https://shop.ph/a", fail_url: "http://localhost:3000/b"`),
    ).findings;
    expect(finding!.related).toMatchObject([{ message: "this one beside it is live" }]);
    expect(finding!.message).toMatch(/^fail_url still points at this machine/);
  });
});
