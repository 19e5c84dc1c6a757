import { describe } from "vitest";
import { reportsOn, silentOn } from "./lint.ts";

const RULE = "no-skippable-verification";
const STRIPE = `import Stripe from "stripe"; import { prisma } from "./db"; const stripe = new Stripe(key); `;
const handler = (code: string) =>
  `${STRIPE}export async function POST(request) { const body = await request.text(); const signature = request.headers.get("stripe-signature"); ${code} await prisma.order.update({ where: { id: 1 }, data: { status: "paid" } }); return new Response("ok"); }`;
const CHECK = "stripe.webhooks.constructEvent(body, signature, process.env.STRIPE_WEBHOOK_SECRET);";

describe("silent: no way leads around the check", () => {
  silentOn(
    RULE,
    [
      ["always checked", handler(CHECK)],
      [
        "refused without a header",
        handler(`if (!signature) return new Response("no", { status: 400 }); ${CHECK}`),
      ],
      [
        "refused without a secret",
        handler(`if (!process.env.STRIPE_WEBHOOK_SECRET) throw new Error("no secret"); ${CHECK}`),
      ],
      ["left out in development", handler(`if (process.env.NODE_ENV !== "development") { ${CHECK} }`)],
      ["never checked", handler("")],
      [
        "refused by the catch",
        handler(`try { ${CHECK} } catch { return new Response("no", { status: 400 }); }`),
      ],
    ],
    "app/api/webhooks/stripe/route.js",
  );
});

describe("reported: the check can be left out", () => {
  reportsOn(
    RULE,
    [
      [
        "without a secret",
        handler(`if (process.env.STRIPE_WEBHOOK_SECRET) { ${CHECK} }`),
        "process.env.STRIPE_WEBHOOK_SECRET",
      ],
      ["without a header", handler(`if (signature) { ${CHECK} }`), "signature"],
    ],
    "app/api/webhooks/stripe/route.js",
  );
});
