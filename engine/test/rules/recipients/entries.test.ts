import { describe } from "vitest";
import { type Case, reportsOn, silentOn } from "../lint.ts";

const RULE = "no-untrusted-recipient";
const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY); `;
const PAY = "stripe.transfers.create({ amount: 1, destination: to })";

function with_(before: string, cases: readonly Case[]): Case[] {
  return cases.map(([what, code, ...reported]) => [what, `${before}${code}`, ...reported]);
}

describe("reported: what callers send, by each way in", () => {
  reportsOn(
    RULE,
    with_(STRIPE, [
      [
        "a path's parameter",
        `app.post("/pay/:to", (req) => { const { to } = req.params; return ${PAY} })`,
        "to",
      ],
      [
        "a header that names a recipient",
        `app.post("/", (req) => { const to = req.headers["x-destination"]; return ${PAY} })`,
        "to",
      ],
      [
        "a form",
        `export async function POST(request) { const form = await request.formData(); const to = form.get("to"); return ${PAY} }`,
        "to",
      ],
      [
        "checked input of Hono",
        `app.post("/", zValidator("json", schema), (c) => { const { to } = c.req.valid("json"); return ${PAY} })`,
        "to",
      ],
      [
        "checked data of express-validator",
        `import { matchedData } from "express-validator"; app.post("/", (req) => { const { to } = matchedData(req); return ${PAY} })`,
        "to",
      ],
      [
        "what a middleware has checked",
        `app.post("/", (req) => { const { to } = req.validated.body; return ${PAY} })`,
        "to",
      ],
      [
        "a route's own object",
        `new Elysia().post("/pay", ({ body }) => { const { to } = body; return ${PAY} })`,
        "to",
      ],
      [
        "an object of the controller",
        `class Payouts extends Controller { run() { const { to } = this.ctx.request.body; return ${PAY} } }`,
        "to",
      ],
      [
        "a function of Lambda",
        `export const handler = async (event) => { const { to } = JSON.parse(event.body); return ${PAY} }`,
        "to",
      ],
      [
        "a function of Deno",
        `Deno.serve(async (req) => { const { to } = await req.json(); return ${PAY} })`,
        "to",
      ],
      [
        "Firebase, older",
        `import * as functions from "firebase-functions"; export const pay = functions.https.onCall((data, context) => { const to = data.to; return ${PAY} })`,
        "to",
      ],
      [
        "Firebase",
        `import { onCall } from "firebase-functions/v2/https"; export const pay = onCall((request) => { const { to } = request.data; return ${PAY} })`,
        "to",
      ],
      [
        "a procedure of tRPC",
        `export const router = t.router({ pay: protectedProcedure.input(z.object({ to: z.string() })).mutation(({ input, ctx }) => stripe.transfers.create({ destination: input.to })) })`,
        "input.to",
      ],
      [
        "a procedure's one object",
        `const pay = procedure.input(schema).mutation(async (opts) => stripe.transfers.create({ destination: opts.input.to }))`,
        "opts.input.to",
      ],
      [
        "a safe action",
        `export const pay = client.inputSchema(schema).action(async ({ parsedInput: { to } }) => ${PAY})`,
        "to",
      ],
      [
        "a mutation of Convex",
        `export const pay = mutation({ args: { to: v.string() }, handler: async (ctx, args) => stripe.transfers.create({ destination: args.to }) })`,
        "args.to",
      ],
      [
        "a map of resolvers",
        `const resolvers = { Mutation: { pay: async (_, { to }, { user }) => ${PAY} } }`,
        "to",
      ],
      [
        "a resolver with an input",
        `export const Mutation = { pay: (_parent, args) => stripe.transfers.create({ destination: args.input.to }) }`,
        "args.input.to",
      ],
      [
        "a resolver of Nest",
        `class Payouts { @Mutation(() => Boolean) pay(@Args("to") to: string) { return ${PAY} } }`,
        "to",
      ],
      [
        "a resolver of type-graphql",
        `class Payouts { @Mutation() pay(@Arg("data") { to }: PayInput) { return ${PAY} } }`,
        "to",
      ],
      [
        "a gateway's message",
        `class Payouts { @SubscribeMessage("pay") pay(@MessageBody() message: Pay) { return stripe.transfers.create({ destination: message.to }) } }`,
        "message.to",
      ],
      [
        "a message over Socket.IO",
        `io.on("connection", (socket) => { socket.on("pay", async ({ to }, done) => { await ${PAY}; done() }) })`,
        "to",
      ],
      [
        "a message over a WebSocket",
        `wss.on("connection", (ws) => { ws.on("message", async (text) => { const { to } = JSON.parse(text); await ${PAY} }) })`,
        "to",
      ],
    ]),
  );
  reportsOn(
    RULE,
    [
      [
        "a server action",
        `"use server"; ${STRIPE} export async function pay(to: string) { await ${PAY} }`,
        "to",
      ],
      [
        "a server action with a form",
        `"use server"; ${STRIPE} export const pay = async (state, formData: FormData) => { const to = formData.get("to"); await ${PAY} }`,
        "to",
      ],
      [
        "a server action inside a component",
        `${STRIPE} export default function Page() { async function pay(formData) { "use server"; const to = formData.get("to"); await ${PAY} } return <form action={pay} /> }`,
        "to",
      ],
    ],
    "src/pay.tsx",
  );
});

describe("silent: nothing that a caller sends", () => {
  silentOn(
    RULE,
    with_(STRIPE, [
      ["the session", `app.post("/", (req) => { const to = req.session.account; return ${PAY} })`],
      [
        "a cookie that the server wrote",
        `app.post("/", (req) => { const to = req.cookies.account; return ${PAY} })`,
      ],
      [
        "a header of another kind",
        `app.post("/", (req) => { const to = req.headers["x-region"]; return ${PAY} })`,
      ],
      ["a parameter of any function", `export async function pay(to) { await ${PAY} }`],
      [
        "a function in a file without the directive",
        `export const pay = async (formData) => { const to = formData.get("to"); await ${PAY} }`,
      ],
      [
        "a procedure's context",
        `const pay = procedure.input(schema).mutation(({ ctx: { account: to } }) => ${PAY})`,
      ],
      [
        "a mutation that only the server calls",
        `export const pay = internalMutation({ args: { to: v.string() }, handler: async (ctx, args) => stripe.transfers.create({ destination: args.to }) })`,
      ],
      [
        "a resolver's parent",
        `const resolvers = { Mutation: { pay: (parent) => stripe.transfers.create({ destination: parent.account }) } }`,
      ],
      ["a message of the process's own", `emitter.on("pay", ({ to }) => ${PAY})`],
      [
        "a socket that closes",
        `io.on("connection", (socket) => { socket.on("disconnect", (to) => ${PAY}) })`,
      ],
      [
        "a message of a queue",
        `consumer.run({ eachMessage: async ({ message }) => { const { to } = JSON.parse(message.value); await ${PAY} } })`,
      ],
    ]),
  );
  silentOn(RULE, [
    [
      "a helper beside the actions",
      `"use server"; ${STRIPE} async function pay(to) { await ${PAY} } export async function payMe() { await pay(process.env.TREASURY) }`,
    ],
  ]);
});
