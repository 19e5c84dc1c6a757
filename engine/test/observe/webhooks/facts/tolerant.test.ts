import { describe, expect, it } from "vitest";
import { tolerant } from "../../../../src/observe/webhooks/facts/tolerant.ts";
import { handlerIn, said, type Setting } from "./handler.ts";

function judged(code: string, setting?: Setting) {
  const handler = handlerIn(code, setting);
  return said(tolerant(handler), handler);
}

const EXPRESS = (body: string) =>
  `export async function handler(req, res) { const event = req.body; ${body} res.json({ received: true }); }`;
const SWITCH = (fallback: string) =>
  `switch (event.type) { case "invoice.paid": await paid(event); break; ${fallback} }`;

describe("no", () => {
  it.each([
    ["a default with 400", EXPRESS(SWITCH(`default: return res.status(400).json({ error: "unhandled" });`))],
    [
      "a default that logs first",
      EXPRESS(SWITCH(`default: console.log(event.type); return res.status(500).end();`)),
    ],
    [
      "a last else",
      EXPRESS(
        `if (event.type === "a.paid") { await x(); } else if (event.type === "a.failed") { await y(); } else { return res.sendStatus(422); }`,
      ),
    ],
    ["all but one", EXPRESS(`if (event.event !== "charge.success") return res.status(400).send("ignored");`)],
    ["all but a list", EXPRESS(`if (!HANDLED.includes(event.type)) { return res.status(400).end(); }`)],
    [
      "no handler in a table",
      EXPRESS(
        `const handle = handlers[event.type]; if (!handle) return res.status(404).end(); await handle(event);`,
      ),
    ],
    ["a throw that nothing catches", EXPRESS(SWITCH(`default: throw new Error("unhandled " + event.type);`))],
    [
      "a throw that is answered with 500",
      EXPRESS(
        `try { ${SWITCH(`default: throw new Error("unhandled");`)} } catch (error) { return res.status(500).json({ error }); }`,
      ),
    ],
    [
      "a throw with a status",
      EXPRESS(
        `try { ${SWITCH(`default: throw new HttpError("unhandled", 422);`)} } catch (error) { return res.status(error.status).end(); }`,
      ),
    ],
    [
      "a throw of a helper",
      `async function dispatch(event) { ${SWITCH(`default: throw new Error("unhandled");`)} } ` +
        EXPRESS(`try { await dispatch(event); } catch (e) { return res.status(500).end(); }`),
    ],
    [
      "handed on as an error",
      `export function handler(req, res, next) { const event = req.body; ${SWITCH(`default: return next(new Error("unhandled"));`)} res.end(); }`.replace(
        "await ",
        "",
      ),
    ],
    [
      "a helper that answers",
      `const fail = (res) => res.status(400).end(); ` + EXPRESS(SWITCH(`default: return fail(res);`)),
    ],
    [
      "a web response",
      `export const handler = async (request) => { const event = await request.json(); switch (event.type) { case "a.b": break; default: return new Response("no", { status: 400 }); } return new Response("ok"); }`,
    ],
    [
      "Hono",
      `export const handler = async (c) => { const event = await c.req.json(); if (event.type === "a.b") { return c.json({}); } else { return c.json({ error: "x" }, 400); } }`,
    ],
    [
      "NestJS",
      `import { BadRequestException } from "@nestjs/common"; class Hooks { async handler(body) { switch (body.type) { case "a.b": break; default: throw new BadRequestException(); } } }`,
    ],
    [
      "the states of a payment",
      EXPRESS(
        `switch (event.transaction_status) { case "pending": break; case "settlement": await x(); break; case "expire": break; default: return res.status(400).end(); }`,
      ),
    ],
    [
      "a parser that answers null",
      `function parse(event) { ${SWITCH(`default: return null;`).replace("await paid(event); break;", "return { paid: true };")} } ` +
        EXPRESS(`const parsed = parse(event); if (!parsed) { return res.status(400).end(); }`),
    ],
  ])("%s", (_, code) => {
    expect(judged(code).answer).toBe("no");
  });

  it("shows the answer", () => {
    const { text } = judged(EXPRESS(SWITCH(`default: return res.status(400).end();`)));
    expect(text).toBe("return res.status(400).end();");
  });
});

describe("yes", () => {
  it.each([
    [
      "only listed types are left",
      EXPRESS(
        `if (!RELEVANT.has(event.type)) { return res.json({}); } ${SWITCH(`default: throw new Error("unhandled");`)}`,
      ),
    ],
    ["no default", EXPRESS(SWITCH(""))],
    ["a default that logs", EXPRESS(SWITCH(`default: console.log("unhandled", event.type);`))],
    ["a default that breaks", EXPRESS(SWITCH(`default: break;`))],
    ["a default with 200", EXPRESS(SWITCH(`default: return res.status(200).json({ ignored: true });`))],
    ["ifs without else", EXPRESS(`if (event.type === "a.paid") { await x(); }`)],
    ["an early success", EXPRESS(`if (event.event !== "charge.success") return res.sendStatus(200);`)],
    [
      "a throw whose catch answers 2xx",
      EXPRESS(
        `try { ${SWITCH(`default: throw new Error("unhandled");`)} } catch (error) { return res.status(204).end(); }`,
      ),
    ],
    [
      "an error that carries a 2xx",
      EXPRESS(
        `try { ${SWITCH(`default: throw new WebhookError("unhandled", 202);`)} } catch (error) { return res.status(error.code).end(); }`,
      ),
    ],
  ])("%s", (_, code) => {
    expect(judged(code).answer).toBe("yes");
  });
});

describe("unknown", () => {
  it.each([
    [
      "only listed types get there",
      EXPRESS(`if (RELEVANT.has(event.type)) { ${SWITCH(`default: throw new Error("unhandled");`)} }`),
    ],
    [
      "a helper for listed types",
      `async function dispatch(event) { ${SWITCH(`default: throw new Error("unhandled");`)} } ` +
        EXPRESS(`if (event.type.startsWith("invoice.")) await dispatch(event);`),
    ],
    [
      "an error of one's own that somebody else answers",
      EXPRESS(SWITCH(`default: throw new UnhandledEvent();`)),
    ],
    ["a status of the run", EXPRESS(SWITCH(`default: return res.status(code).end();`))],
    [
      "missing metadata is no type",
      EXPRESS(SWITCH(`default: if (!event.data) return res.status(400).end();`)),
    ],
    ["a helper of another file answers", EXPRESS(SWITCH(`default: return unhandled(res);`))],
  ])("%s", (_, code) => {
    expect(judged(code).answer).toBe("unknown");
  });
});

it.each([
  ["types are not told apart", EXPRESS(`await paid(event);`)],
  ["metadata is missing", EXPRESS(`if (!event.data.metadata) return res.status(400).end();`)],
  ["the signature is wrong", EXPRESS(`if (req.headers["x-sig"] !== mac) return res.status(401).end();`)],
  ["the method is another", EXPRESS(`if (req.method !== "POST") return res.status(405).end();`)],
  [
    "a status of the payment",
    EXPRESS(`if (event.data.status === "success") { await x(); } else { return res.status(400).end(); }`),
  ],
  ["a mode", EXPRESS(`switch (req.query.mode) { case "a": break; default: return res.status(400).end(); }`)],
])("does not apply where %s", (_, code) => {
  expect(judged(code).answer).toBeUndefined();
});
