import { describe, expect, it } from "vitest";
import { offered, repaired } from "./repairing.ts";

describe("a check that nothing waits for", () => {
  const RULE = "await-verification";
  const hook = (
    line: string,
    async = "async ",
  ) => `import { verify } from "@octokit/webhooks-methods"; import Stripe from "stripe"; const stripe = new Stripe(process.env.KEY);
export ${async}function hook(req, res) {
  ${line}
  res.sendStatus(200);
}
`;
  const VERIFY = `verify(process.env.SECRET, req.rawBody, req.headers["x-hub-signature-256"])`;
  const EVENT = `stripe.webhooks.constructEventAsync(req.rawBody, req.headers["stripe-signature"], process.env.WHSEC)`;

  it.each([
    ["tested", `if (!${VERIFY}) return;`, `if (!(await ${VERIFY})) return;`],
    [
      "tested by name",
      `const ok = ${VERIFY}; if (!ok) return;`,
      `const ok = await ${VERIFY}; if (!ok) return;`,
    ],
    ["one of two conditions", `if (!req || ${VERIFY}) return;`, `if (!req || (await ${VERIFY})) return;`],
    [
      "whose event is read",
      `const event = ${EVENT}; fulfil(event.id);`,
      `const event = await ${EVENT}; fulfil(event.id);`,
    ],
    ["that rejects", `${EVENT};`, `await ${EVENT};`],
  ])("%s", (_, before, after) => {
    expect(repaired(RULE, hook(before))).toBe(hook(after));
  });

  it.each([
    ["the function cannot wait", hook(`if (!${VERIFY}) return;`, "")],
    ["the verdict is dropped", hook(`${VERIFY};`)],
    ["the verdict is waited for and dropped", hook(`await ${VERIFY};`)],
    [
      "a list's method cannot wait",
      hook(
        `const ok = KEYS.some(async (key) => await verify(key, req.rawBody, SIGNATURE)); if (!ok) return;`,
      ),
    ],
  ])("no repair where %s", (_, code) => {
    expect(offered(RULE, code)).toBe(0);
  });
});

describe("an age that nobody looks at", () => {
  const RULE = "require-timestamp-tolerance";
  const FRESH = "Math.abs(Date.now() / 1000 - Number(at)) <= 300";
  const hook = (check: string, more = "") => `import { createHmac, timingSafeEqual } from "node:crypto";
export function hook(req, res) {
  const id = req.headers["svix-id"];
  const at = req.headers["svix-timestamp"];
  const signed = \`\${id}.\${at}.\${req.rawBody}\`;
  const expected = createHmac("sha256", process.env.SECRET).update(signed).digest("base64");
  ${check}
  res.sendStatus(200);
}
${more}`;
  const SIGNATURE = `req.headers["svix-signature"]`;

  it.each([
    [
      "a difference",
      `if (${SIGNATURE} !== expected) return res.sendStatus(401);`,
      `if (!(${FRESH}) || ${SIGNATURE} !== expected) return res.sendStatus(401);`,
    ],
    [
      "one of two differences",
      `if (!at || ${SIGNATURE} !== expected) return res.sendStatus(401);`,
      `if (!at || (!(${FRESH}) || ${SIGNATURE} !== expected)) return res.sendStatus(401);`,
    ],
    [
      "an equality with a name",
      `const ok = ${SIGNATURE} === expected; if (!ok) return res.sendStatus(401);`,
      `const ok = ${FRESH} && ${SIGNATURE} === expected; if (!ok) return res.sendStatus(401);`,
    ],
    [
      "a call",
      `if (!timingSafeEqual(Buffer.from(${SIGNATURE}), Buffer.from(expected))) return res.sendStatus(401);`,
      `if (!(${FRESH} && timingSafeEqual(Buffer.from(${SIGNATURE}), Buffer.from(expected)))) return res.sendStatus(401);`,
    ],
  ])("%s", (_, before, after) => {
    expect(repaired(RULE, hook(before))).toBe(hook(after));
  });

  const helper = (answer: string) => `function isSame(received, wanted) {
  if (!received) return false;
  ${answer}
}
`;

  it("a helper of the file", () => {
    const answer = helper("return received.length === wanted.length && received === wanted;");
    const code = (check: string) => hook(`if (${check}) return res.sendStatus(401);`, answer);
    expect(repaired(RULE, code(`!isSame(${SIGNATURE}, expected)`))).toBe(
      code(`!(${FRESH} && isSame(${SIGNATURE}, expected))`),
    );
  });

  it.each([
    ["tells of a difference", helper("return received !== wanted;")],
    ["answers something else, too", helper("if (!wanted) return true; return received === wanted;")],
    ["answers a promise", `async ${helper("return received === wanted;")}`],
  ])("no repair where a helper %s", (_, answer) => {
    expect(offered(RULE, hook(`if (!isSame(${SIGNATURE}, expected)) return;`, answer))).toBe(0);
  });

  it("no repair where the signed time is not seen", () => {
    const code = hook(`if (${SIGNATURE} !== expected) return;`).replace("${at}.", "");
    expect(offered(RULE, code)).toBe(0);
  });

  it.each(["0", "Infinity", "300_000"])("a tolerance of %s", (tolerance) => {
    const code = (given: string) =>
      `import Stripe from "stripe"; const stripe = new Stripe(k); export const hook = (req) => stripe.webhooks.constructEvent(req.rawBody, req.headers["stripe-signature"], s, ${given});\n`;
    expect(repaired(RULE, code(tolerance))).toBe(code("300"));
  });

  it("a tolerance among options", () => {
    const code = (given: string) =>
      `import { verifyWebhookSignature } from "@paychainhq/sdk"; export const hook = (req) => verifyWebhookSignature({ rawBody: req.rawBody, signature: req.headers["x-webhook-signature"], secret: s, toleranceSeconds: ${given} });\n`;
    expect(repaired(RULE, code("0"))).toBe(code("300"));
  });
});
