import { describe } from "vitest";
import { reportsOn, silentOn } from "./lint.ts";

const RULE = "no-secret-in-url";
const to = (url: string) =>
  `export const f = (req, res, { order, user, apiKey, accessToken, checkout }) => res.redirect(${url});`;

describe("silent: nothing in the address opens anything", () => {
  silentOn(RULE, [
    ["an order's id", to("`https://shop.ph/thanks?order=${order.id}`")],
    ["the provider's session id", to("`https://shop.ph/thanks?session_id={CHECKOUT_SESSION_ID}`")],
    ["a transaction's id", to("`https://shop.ph/thanks?${req.params.tran_id}`")],
    ["a token for one use", to("`https://shop.ph/verify?token=${user.resetToken}`")],
    ["a payment's token", to("`https://pay.example.com/?token=${checkout.token}`")],
    ["a state", to("`https://id.example.com/authorize?state=${req.session.state}`")],
    ["a client id", to("`https://id.example.com/authorize?client_id=${process.env.CLIENT_ID}`")],
    ["a host of the environment", to("`${process.env.FRONTEND_URL}/thanks`")],
    ["a publishable key", to("`https://pay.example.com/?key=${process.env.STRIPE_PUBLISHABLE_KEY}`")],
    ["a path", to(`"/thanks"`)],
    [
      "a code generator's address",
      "export const uri = (secret, label) => `otpauth://totp/${label}?secret=${secret}`",
    ],
    [
      "a call of an API that takes its key so",
      "export const f = (apiKey) => fetch(`https://api.example.com/x?key=${apiKey}`)",
    ],
    ["a comment", "/* res.redirect(`/x?token=${accessToken}`) */ export const a = 1"],
    [
      "what the provider calls",
      "create({ webhook_url: `https://shop.ph/hook?token=${process.env.HOOK_TOKEN}` })",
    ],
  ]);
});

describe("reported: a secret in an address", () => {
  reportsOn(RULE, [
    ["a session's token", to("`https://shop.ph/login?token=${accessToken}`"), "accessToken"],
    ["an encoded one", to("`https://shop.ph/login?token=${encodeURIComponent(accessToken)}`"), "accessToken"],
    ["a member", to("`https://shop.ph/login?token=${user.sessionToken}`"), "user.sessionToken"],
    ["in a path", to("`https://shop.ph/auth/${user.jwt}`"), "user.jwt"],
    ["by a sum", to(`"https://shop.ph/login?token=" + accessToken`), "accessToken"],
    ["a key", to("`https://shop.ph/thanks?key=${apiKey}`"), "apiKey"],
    [
      "a secret of the environment",
      to("`https://shop.ph/?s=${process.env.WEBHOOK_SECRET}`"),
      "process.env.WEBHOOK_SECRET",
    ],
    [
      "a signed token by any name",
      `import jwt from "jsonwebtoken"; export const f = (res, id) => { const token = jwt.sign({ id }, KEY); res.redirect(\`/done?token=\${token}\`); }`,
      "token",
    ],
    [
      "an address made before",
      "export const f = (res, accessToken) => { const url = `https://shop.ph/?t=${accessToken}`; res.redirect(url); }",
      "accessToken",
    ],
    [
      "a success address",
      "create({ success_url: `https://shop.ph/?t=${user.accessToken}` })",
      "user.accessToken",
    ],
  ]);
});
