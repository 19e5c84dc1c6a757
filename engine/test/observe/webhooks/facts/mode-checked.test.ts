import { expect, it } from "vitest";
import { modeChecked } from "../../../../src/observe/webhooks/facts/mode-checked.ts";
import { handlerIn } from "./handler.ts";

const WORK = `await prisma.order.update({ where: { id: event.data.id }, data: { status: "paid" } });`;
const HANDLER = (body: string) =>
  `export async function handler(req, res) { const event = req.body; ${body} res.end(); }`;

it.each<[string, string, string | undefined, string | undefined]>([
  ["never looked at", HANDLER(WORK), "paymongo", "no"],
  ["never looked at", HANDLER(WORK), "mintcash", "no"],
  [
    "never looked at in a helper",
    `async function work(event) { ${WORK} } ${HANDLER(`await work(event);`)}`,
    "paymongo",
    "no",
  ],
  ["compared", HANDLER(`if (!event.data.attributes.livemode) return res.end(); ${WORK}`), "paymongo", "yes"],
  [
    "taken out",
    HANDLER(`const { livemode } = event.data.attributes; check(livemode); ${WORK}`),
    "paymongo",
    "yes",
  ],
  [
    "compared in a helper",
    `function isLive(e) { return e.environment === "live"; } ${HANDLER(`if (!isLive(event)) return; ${WORK}`)}`,
    "mintcash",
    "yes",
  ],
  [
    "told by the secret",
    HANDLER(`verify(req, process.env.LIVE_WEBHOOK_SECRET); ${WORK}`),
    "paymongo",
    "unknown",
  ],
  ["told by a switch", HANDLER(`if (config.sandbox) return res.end(); ${WORK}`), "paymongo", "unknown"],
  [
    "given to what cannot be opened",
    `import { accept } from "./accept"; ${HANDLER(`await accept(event); ${WORK}`)}`,
    "paymongo",
    "unknown",
  ],
  ["sent, but not asked for", HANDLER(WORK), "stripe", "unknown"],
  ["read where it is not asked for", HANDLER(`if (!event.livemode) return; ${WORK}`), "stripe", "yes"],
  ["not sent", HANDLER(WORK), "paystack", undefined],
  ["another sender's", HANDLER(WORK), undefined, undefined],
  ["nothing is done", HANDLER(`console.log(event);`), "paymongo", undefined],
])("%s", (_, code, provider, answer) => {
  expect(modeChecked(handlerIn(code, provider === undefined ? {} : { provider }))?.answer).toBe(answer);
});
