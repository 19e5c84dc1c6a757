import { describe, expect, it } from "vitest";
import { sourceOf } from "../../src/observe/sources.ts";
import { flowFor } from "../flow/paths.ts";
import { probed } from "../flow/probe.ts";

/** What the probed value is, as words: `header x-sig`, `raw-body`, `parameter payload`. */
function sourcesIn(code: string): string[] {
  const flow = flowFor(code);
  return flow.traces(probed(flow)).map(({ origin }) => {
    const source = sourceOf(origin, flow);
    if (source.kind !== "request") return source.kind;
    return source.part === "header" && source.field ? `header ${source.field}` : source.part;
  });
}

describe("parts of a request", () => {
  it.each<[string, string, string]>([
    ["Express's body", `(req, res) => probe(req.body)`, "body"],
    ["bytes kept on it", `(req, res) => probe(req.rawBody)`, "raw-body"],
    ["Express's header", `(req, res) => probe(req.header("x-sig"))`, "header x-sig"],
    ["taken apart", `({ body, headers }, res) => probe(body)`, "body"],
    ["a header of one taken apart", `({ body, headers }, res) => probe(headers["x-sig"])`, "header x-sig"],
    ["the web's text", `async (request) => probe(await request.text())`, "raw-body"],
    ["a copy's text", `async (request) => probe(await request.clone().text())`, "raw-body"],
    ["a copy's JSON", `async (request) => probe(await request.clone().json())`, "body"],
    ["Hono's text", `async (c) => probe(await c.req.text())`, "raw-body"],
    ["Hono's own request", `async (c) => probe(await c.req.raw.clone().arrayBuffer())`, "raw-body"],
    ["a header of Hono's own request", `async (c) => probe(c.req.raw.headers.get("x-sig"))`, "header x-sig"],
    ["SvelteKit and Astro", `async ({ request }) => probe(await request.text())`, "raw-body"],
    ["Remix", `async (args: ActionFunctionArgs) => probe(await args.request.text())`, "raw-body"],
    ["Cloudflare Pages", `async (context) => probe(context.request.headers.get("x-sig"))`, "header x-sig"],
    ["Lambda", `async (event) => probe(event.body)`, "raw-body"],
    ["Nitro's bytes", `defineEventHandler(async (event) => probe(await readRawBody(event)))`, "raw-body"],
    [
      "Nitro's body",
      `import { readBody } from "h3"; defineEventHandler(async (event) => probe(await readBody(event)))`,
      "body",
    ],
    [
      "Nitro's header",
      `defineEventHandler(async (event) => probe(getHeader(event, "x-sig")))`,
      "header x-sig",
    ],
    [
      "Nitro's headers",
      `defineEventHandler(async (event) => probe(getHeaders(event)["x-sig"]))`,
      "header x-sig",
    ],
    [
      "micro",
      `import { buffer } from "micro"; export default async (req, res) => probe(await buffer(req))`,
      "raw-body",
    ],
    [
      "raw-body",
      `import getRawBody from "raw-body"; export default async (req, res) => probe(await getRawBody(req))`,
      "raw-body",
    ],
    [
      "Node's consumers",
      `import { text } from "node:stream/consumers"; export default async (req, res) => probe(await text(req))`,
      "raw-body",
    ],
  ])("%s", (_, code, source) => {
    expect(sourcesIn(code)).toEqual([source]);
  });
});

describe("none", () => {
  it.each<[string, string]>([
    ["a component's properties", `export const Mail = ({ body, subject }) => probe(body)`],
    [
      "the answer to a request of one's own",
      `import { text } from "node:stream/consumers"; const f = async (file) => probe(await text(file))`,
    ],
    [
      "a function of that name for something else",
      `const f = async (user) => probe(getHeader(user, "x-sig"))`,
    ],
  ])("%s", (_, code) => {
    expect(sourcesIn(code).filter((source) => !/^(?:parameter|other|unknown)$/.test(source))).toEqual([]);
  });
});
