import { expect, it } from "vitest";
import { refetched } from "../../../../src/observe/webhooks/facts/refetched.ts";
import { handlerIn } from "./handler.ts";

const PAID = `await prisma.order.update({ where: { id: event.data.id }, data: { status: "paid" } });`;
const HANDLER = (body: string) =>
  `export async function handler(req, res) { const event = req.body; ${body} res.end(); }`;
const MOLLIE = `import createMollieClient from "@mollie/api-client"; const mollie = createMollieClient({ apiKey });`;

it.each<[string, string, string, string | undefined]>([
  ["the payload is believed", HANDLER(PAID), "paychain-hq", "no"],
  [
    "in a helper",
    `async function fulfil(event) { ${PAID} } ${HANDLER(`if (event.type === "invoice.paid") await fulfil(event);`)}`,
    "paychain-hq",
    "no",
  ],
  [
    "a balance is raised",
    HANDLER(`user.balance += event.data.amount; await user.save();`),
    "paychain-hq",
    "no",
  ],
  [
    "a flag is set",
    HANDLER(`await Order.findByIdAndUpdate(event.data.id, { isPaid: true });`),
    "paychain-hq",
    "no",
  ],
  [
    "SQL",
    HANDLER(`await pool.query("UPDATE orders SET status = 'paid' WHERE id = $1", [event.id]);`),
    "mollie",
    "no",
  ],
  [
    "read after it was fulfilled",
    HANDLER(`${PAID} await fetch("https://api.paychainhq.io/v1/invoices/1");`),
    "paychain-hq",
    "no",
  ],
  [
    "read by the SDK",
    `${MOLLIE} ${HANDLER(`const payment = await mollie.payments.get(event.id); if (payment.status === "paid") { ${PAID} }`)}`,
    "mollie",
    "yes",
  ],
  [
    "read by HTTP",
    HANDLER(
      `const payment = await (await fetch(\`https://api.mollie.com/v2/payments/\${event.id}\`)).json(); ${PAID}`,
    ),
    "mollie",
    "yes",
  ],
  [
    "read from a configured host",
    HANDLER(`await fetch(\`\${BASE}/invoices/\${event.data.id}\`); ${PAID}`),
    "paychain-hq",
    "unknown",
  ],
  [
    "read by a client of another file",
    `import { client } from "./client"; ${HANDLER(`const invoice = await client.invoices.get(event.data.id); ${PAID}`)}`,
    "paychain-hq",
    "unknown",
  ],
  [
    "given to what cannot be opened",
    `import { confirmed } from "./confirm"; ${HANDLER(`if (!(await confirmed(event))) return; ${PAID}`)}`,
    "paychain-hq",
    "unknown",
  ],
  [
    "read on one path only",
    HANDLER(`if (event.fresh) await fetch("https://api.mollie.com/v2/payments/1"); ${PAID}`),
    "mollie",
    "unknown",
  ],
  [
    "nothing is fulfilled",
    HANDLER(`await prisma.event.create({ data: { id: event.id } });`),
    "paychain-hq",
    undefined,
  ],
  [
    "a failure is noted",
    HANDLER(`await prisma.order.update({ where: { id: 1 }, data: { status: "failed" } });`),
    "paychain-hq",
    undefined,
  ],
  ["queued", HANDLER(`await queue.add("paid", event);`), "paychain-hq", undefined],
  ["not asked for", HANDLER(PAID), "stripe", undefined],
])("%s", (_, code, provider, answer) => {
  expect(refetched(handlerIn(code, { provider }))?.answer).toBe(answer);
});
