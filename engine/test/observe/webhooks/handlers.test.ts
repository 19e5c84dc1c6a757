import { describe, expect, it } from "vitest";
import { handlersOf } from "../../../src/observe/webhooks/handlers.ts";
import { flowFor } from "../../flow/paths.ts";

/** The handlers of a file as words: framework, route, provider. */
export function handlersIn(code: string, fileName = "src/file.ts"): string[] {
  return handlersOf(flowFor(code, fileName)).map(
    ({ framework, route, provider }) => `${framework} ${route ?? "?"} ${provider ?? "?"}`,
  );
}

describe("handlers", () => {
  it.each<[string, string, string, string]>([
    [
      "Next.js app router",
      "src/app/(shop)/api/webhooks/stripe/route.ts",
      `export async function POST(request: Request) { await fulfil(await request.json()); }`,
      "next-app /api/webhooks/stripe stripe",
    ],
    [
      "Next.js pages",
      "pages/api/webhooks/paystack.ts",
      `export default async function handler(req, res) { res.json({}); }`,
      "next-pages /api/webhooks/paystack paystack",
    ],
    [
      "Express",
      "src/app.ts",
      `import express from "express"; const app = express(); app.post("/webhook/paymongo", (req, res) => { res.json({}) });`,
      "express /webhook/paymongo paymongo",
    ],
  ])("%s", (_, fileName, code, handler) => {
    expect(handlersIn(code, fileName)).toEqual([handler]);
  });
});
