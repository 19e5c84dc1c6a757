import { describe } from "vitest";
import { type Case, reportsOn, silentOn } from "../lint.ts";

const RULE = "no-untrusted-recipient";

function route(cases: readonly Case[], registered = `app.post("/pay", `): Case[] {
  return cases.map(([what, code, ...reported]) => [
    what,
    `import { Wallet } from "ethers"; import { db, supabase, pool } from "./db"; const wallet = new Wallet(process.env.KEY);
      ${registered}async (req, res) => { const { to, userId } = req.body; ${code}; await wallet.sendTransaction({ to, value }) });`,
    ...reported,
  ]);
}

describe("silent: looked up by its owner", () => {
  silentOn(
    RULE,
    route([
      [
        "Supabase's filters",
        `const { data } = await supabase.from("addresses").select().eq("address", to).eq("user_id", req.user.id).single(); if (!data) return res.sendStatus(404)`,
      ],
      [
        "a builder's filters",
        "const row = await db.selectFrom(addresses).where(eq(addresses.address, to)).where(eq(addresses.ownerId, req.user.id)); if (!row) return",
      ],
      [
        "SQL",
        `const { rows } = await pool.query("SELECT 1 FROM addresses WHERE address = $1 AND user_id = $2", [to, req.user.id]); if (!rows.length) return`,
      ],
      [
        "SQL in a template",
        "const rows = await sql`select 1 from addresses where address = ${to} and user_id = ${req.user.id}`; if (!rows.length) return",
      ],
      [
        "its owner compared afterwards",
        "const row = await db.address.findUnique({ where: { address: to } }); if (row.ownerId !== req.user.id) return res.sendStatus(403)",
      ],
      [
        "the holder's name compared",
        "const account = await resolveAccount(to); if (account.name !== profile.legalName) return res.sendStatus(403)",
      ],
      [
        "the holder's name compared by a function",
        "const account = await resolveAccount(to); if (!namesMatch(account.name, profile)) return res.sendStatus(403)",
      ],
    ]),
  );
});

describe("silent: in a list, or proved", () => {
  silentOn(
    RULE,
    route([
      [
        "a list of the environment",
        `if (!process.env.ALLOWED.split(",").includes(to)) return res.sendStatus(403)`,
      ],
      ["keys of an object", "if (!(to in APPROVED)) return res.sendStatus(403)"],
      ["a set in a database", `if (!(await redis.sismember("approved", to))) return res.sendStatus(403)`],
      ["a check of form before it", "if (!approved.has(to.toLowerCase())) return res.sendStatus(403)"],
      [
        "a helper that tells ownership",
        "if (!(await addressBelongsTo(req.user, to))) return res.sendStatus(403)",
      ],
      [
        "a helper around another",
        "if (!(await isOwner(req.user, normalizeAddress(to)))) return res.sendStatus(403)",
      ],
      ["a recovered signer", "if (recoverAddress(hash, signature) !== to) return res.sendStatus(403)"],
    ]),
  );
});

describe("reported: no such check", () => {
  reportsOn(
    RULE,
    route([
      ["a list of those who are refused", "if (blocked.includes(to)) return res.sendStatus(403)", "to"],
      ["any list whose members are refused", "if (contracts.has(to)) return res.sendStatus(400)", "to"],
      ["not oneself", "if (to === sender.address) return res.sendStatus(400)", "to"],
      ["not the zero address", "if (to === ethers.ZeroAddress) throw new Error()", "to"],
      [
        "known to the provider",
        "const account = await resolveAccount(to); if (!account) return res.sendStatus(400)",
        "to",
      ],
      [
        "looked up by nobody's name",
        "const row = await db.address.findUnique({ where: { address: to } }); if (!row) return res.sendStatus(404)",
        "to",
      ],
      [
        "its form",
        `if (!/^0x[0-9a-f]{40}$/i.test(to) || !to.startsWith("0x")) return res.sendStatus(400)`,
        "to",
      ],
      ["present", "if (!to || to === null || typeof to !== 'string') return res.sendStatus(400)", "to"],
    ]),
  );
});

describe("silent: whoever calls may choose", () => {
  silentOn(RULE, [
    ...route([["a middleware of the route", ""]], `app.post("/pay", requireAdmin, `),
    ...route([["a role that the middleware asks for", ""]], `app.post("/pay", authorize("admin"), `),
    ...route(
      [["a middleware of the router", ""]],
      `const router = express.Router(); router.use(adminOnly); router.post("/pay", `,
    ),
    ...route([["a route of operators", ""]], `app.post("/admin/payouts", `),
    ...route([
      ["a role compared inside", `if (req.user.role !== "admin") return res.sendStatus(403)`],
      ["a guard called inside", "await requireAdmin(req)"],
      ["a permission", `if (!hasPermission(req.user, "payouts.write")) return res.sendStatus(403)`],
      ["a machine's key", "if (!(await verifyApiKey(req))) return res.sendStatus(401)"],
      ["a client's credentials", "await apps.validateAppCredentials(req.body.appId, req.body.secretKey)"],
      [
        "a machine's signature",
        "if (!crypto.timingSafeEqual(mac(req.rawBody), Buffer.from(req.get('x-signature')))) return",
      ],
      [
        "a machine's secret",
        "if (req.get('authorization') !== `Bearer ${process.env.CRON_SECRET}`) return res.sendStatus(401)",
      ],
    ]),
    [
      "a role of Nest's",
      `@Controller("payouts") class Payouts { @Post() @Roles("admin") pay(@Body() body: Pay) { return this.stripe.transfers.create({ destination: body.to }) } }`,
    ],
    [
      "a guard of a class of Nest's",
      `@UseGuards(AdminGuard) class Payouts { @Post() pay(@Body() body: Pay) { return this.stripe.transfers.create({ destination: body.to }) } }`,
    ],
  ]);
  silentOn(RULE, route([["a file of operators", ""]]), "src/admin/payouts.ts");
});

describe("reported: a guard for everybody", () => {
  reportsOn(RULE, [
    ...route([["anybody who is logged in", "", "to"]], `app.post("/pay", requireAuth, `),
    [
      "an administrator's client of a database",
      `import { supabaseAdmin } from "./db"; import { Wallet } from "ethers"; const wallet = new Wallet(process.env.KEY);
      export async function POST(req) { const { to } = await req.json(); const { data } = await supabaseAdmin.from("balances").select(); await wallet.sendTransaction({ to }) }`,
      "to",
    ],
    [
      "a guard of Nest's for users",
      `class Payouts { @Post() @UseGuards(JwtAuthGuard) pay(@Body() body: Pay) { return this.stripe.transfers.create({ destination: body.to }) } }`,
      "body.to",
    ],
  ]);
});
