import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "require-mode-check";
const PAYMONGO = (body: string) => `import { isGenuine } from "./signature";
  export async function paymongoWebhook(req, res) {
    if (!isGenuine(req.rawBody, req.get("paymongo-signature"))) return res.sendStatus(401);
    const { attributes } = JSON.parse(req.rawBody).data;
    ${body}
    res.sendStatus(200);
  }`;
const PAID = `await Order.updateOne({ paymentId: attributes.data.id, status: "pending" }, { status: "paid" });`;

describe("silent: the mode is looked at, or not asked for", () => {
  silentOn(RULE, [
    ["compared", PAYMONGO(`if (attributes.livemode !== true) return res.sendStatus(200); ${PAID}`)],
    [
      "taken out",
      PAYMONGO(`const { livemode } = attributes; if (!livemode) return res.sendStatus(200); ${PAID}`),
    ],
    [
      "compared in a helper",
      `function isLive(event) { return event.livemode; } ${PAYMONGO(`if (!isLive(attributes)) return res.end(); ${PAID}`)}`,
    ],
    ["a setting speaks of it", PAYMONGO(`if (config.sandbox) return res.sendStatus(200); ${PAID}`)],
    [
      "the secret is chosen by it",
      PAYMONGO(`const secret = process.env.PAYMONGO_LIVE_SECRET; use(secret); ${PAID}`),
    ],
    ["nothing is done", PAYMONGO(`console.log(attributes.type);`)],
    [
      "handed to what cannot be opened",
      `import { accept } from "./accept"; ${PAYMONGO(`await accept(attributes); ${PAID}`)}`,
    ],
    ["Stripe's secrets tell", PAYMONGO(PAID).replaceAll("paymongo", "stripe")],
  ]);
});

describe("reports: nobody looks", () => {
  reportsOn(RULE, [
    ["PayMongo", PAYMONGO(PAID), "paymongoWebhook"],
    [
      "MintCash",
      `export async function mintcashWebhook(req, res) { const event = req.body; await Order.updateOne({ ref: event.data.externalId, status: "pending" }, { status: "paid" }); res.sendStatus(200); }`,
      "mintcashWebhook",
    ],
  ]);
});

it("names the field", () => {
  expect(lintWith(RULE, PAYMONGO(PAID)).findings[0]?.message).toMatch(
    /^PayMongo says in data\.attributes\.livemode/,
  );
});
