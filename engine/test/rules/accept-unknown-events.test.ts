import { describe, expect, it } from "vitest";
import { lintWith, reportsOn, silentOn } from "./lint.ts";

const RULE = "accept-unknown-events";
const EXPRESS = (body: string) => `export async function paystackWebhook(req, res) {
  if (!isGenuine(req.rawBody, req.get("x-paystack-signature"))) return res.status(401).end();
  const event = req.body;
  ${body}
  res.sendStatus(200);
}`;
const SWITCH = (fallback: string) =>
  `switch (event.event) { case "charge.success": await paid(event); break; ${fallback} }`;

describe("silent: whatever comes is accepted", () => {
  silentOn(RULE, [
    ["no default", EXPRESS(SWITCH(""))],
    ["logged", EXPRESS(SWITCH(`default: console.log("unhandled", event.event);`))],
    ["answered with 200", EXPRESS(SWITCH(`default: return res.status(200).json({ ignored: true });`))],
    ["left at once", EXPRESS(`if (event.event !== "charge.success") return res.sendStatus(200);`)],
    [
      "thrown, and answered with 204",
      EXPRESS(
        `try { ${SWITCH(`default: throw new Error("unhandled");`)} } catch { return res.sendStatus(204); }`,
      ),
    ],
    [
      "thrown with a 202",
      EXPRESS(
        `try { ${SWITCH(`default: throw new HookError("unhandled", 202);`)} } catch (e) { return res.status(e.code).end(); }`,
      ),
    ],
    [
      "only listed types get there",
      EXPRESS(`if (TYPES.has(event.event)) { ${SWITCH(`default: throw new Error("unhandled");`)} }`),
    ],
    ["missing metadata", EXPRESS(`if (!event.data.metadata) return res.status(400).end();`)],
    ["a payment that failed", EXPRESS(`if (event.data.status !== "success") return res.status(400).end();`)],
    ["a wrong method", EXPRESS(`if (req.method !== "POST") return res.status(405).end();`)],
    [
      "no webhook",
      `export function calculate(req, res) { switch (req.body.type) { case "a.b": return res.json({}); default: return res.status(400).end(); } }`,
    ],
  ]);
});

describe("reports: other types are refused", () => {
  reportsOn(RULE, [
    [
      "by a default",
      EXPRESS(SWITCH(`default: return res.status(400).end();`)),
      "return res.status(400).end();",
    ],
    [
      "by an else",
      EXPRESS(
        `if (event.event === "charge.success") { await paid(event); } else { return res.status(422).json({ error: "unknown" }); }`,
      ),
      `return res.status(422).json({ error: "unknown" });`,
    ],
    [
      "by an exit",
      EXPRESS(`if (event.event !== "charge.success") return res.status(400).send("ignored");`),
      `return res.status(400).send("ignored");`,
    ],
    [
      "by an exception",
      EXPRESS(
        `try { ${SWITCH(`default: throw new Error("unhandled");`)} } catch (e) { return res.status(500).end(); }`,
      ),
      `throw new Error("unhandled");`,
    ],
  ]);
});

it("names the sender", () => {
  const { findings } = lintWith(RULE, EXPRESS(SWITCH(`default: return res.status(400).end();`)));
  expect(findings[0]?.message).toContain("Paystack takes it for a failed delivery");
});
