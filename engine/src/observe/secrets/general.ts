import { wordsOf } from "../names.ts";
import { decode } from "./base64.ts";
import type { Found, Surroundings } from "./found.ts";
import { type GeneralKind, generalKinds } from "./general-kinds.ts";
import { isMonotonous, isPlaceholder, looksGenerated } from "./placeholder.ts";

const shapes = generalKinds.map((kind) => ({
  kind,
  pattern: new RegExp(`(?<![\\w/+-])(?:${kind.pattern})(?![\\w/+=-])`, "dg"),
}));

/** The secrets in a text that belong to no payment system: of clouds, code hosts, messengers, databases, tokens. */
export function* generalSecrets(text: string, around: Surroundings): Generator<Found> {
  if (around.isSpec) return;
  for (const { kind, pattern } of shapes) {
    if (!text.includes(kind.keyword) || !isNamed(kind, around.names)) continue;
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices!.groups?.value ?? match.indices![0]!;
      if (!isMadeUp(text.slice(start, end), kind.keyword)) yield found(kind.name, kind.opens, start, end);
    }
  }
  yield* passwordsInAddresses(text);
  yield* signedTokens(text, around);
}

function found(name: string, opens: Found["opens"], start: number, end: number): Found {
  return { start, end, name, provider: undefined, mode: "unknown", opens };
}

function isNamed({ names }: GeneralKind, held: readonly string[]): boolean {
  if (!names) return true;
  const plain = held.slice(0, 2).map((name) => name.toLowerCase().replace(/[^a-z\d]/g, ""));
  return names.some((name) => plain.some((each) => each.includes(name)));
}

/** Behind the prefix, which may hold a word itself. */
function isMadeUp(value: string, keyword: string): boolean {
  const at = value.indexOf(keyword);
  const own = value.slice(at < 0 ? 0 : at + keyword.length);
  return isPlaceholder(own) || isMonotonous(own);
}

const SCHEMES =
  "postgres(?:ql)?|mysql2?|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb";
const ADDRESS = new RegExp(
  `(?<![\\w+])(?:(?<database>${SCHEMES})|https?)://[^\\s:@/"'\`<>]{0,128}:(?<password>[^\\s:@/"'\`<>]{6,128})@(?<host>[\\w.-]{1,253})`,
  "dg",
);
/** Passwords that everybody tries first: they say that nobody is meant to be kept out. */
const WELL_KNOWN =
  /^(?:pass(?:w(?:or)?d)?|secret|admin|root|postgres(?:ql)?|mysql|mongo(?:db)?|redis|guest|user(?:name)?|rabbitmq|prisma|docker|local(?:host)?|dev(?:elopment)?|p[a@]ssw[o0]rd)[\d!]{0,6}$/i;
/** A computer of its own, a container's name, or a host that documentation uses. */
const NEAR =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|[\w-]+|(?:[\w-]+\.)*(?:example\.(?:com|org|net)|local|internal|test))$/i;

/** The passwords in addresses of databases that others can reach, and of other servers where a machine made them. */
function* passwordsInAddresses(text: string): Generator<Found> {
  if (!text.includes("://")) return;
  for (const match of text.matchAll(ADDRESS)) {
    const { database, password = "", host = "" } = match.groups!;
    if (NEAR.test(host) || !isPassword(password, database !== undefined)) continue;
    const [start, end] = match.indices!.groups!.password!;
    yield database
      ? found("database password", "database", start, end)
      : found("password in an address", "service", start, end);
  }
}

/** People choose the passwords of databases; in other addresses of code a word is most often a sample. */
function isPassword(text: string, isChosen: boolean): boolean {
  if (WELL_KNOWN.test(text) || isPlaceholder(text) || /[$%{}]/.test(text)) return false;
  return isChosen || looksGenerated(text);
}

const TOKEN = /(?<![\w.-])eyJ[\w-]{10,1000}\.(?<claims>eyJ[\w-]{10,4000})\.[\w-]{20,1000}(?![\w-])/dg;
/** In seconds; what is signed for longer is no session. */
const LONG = 180 * 24 * 3600;

/** JSON Web Tokens that open something for long: of a service, or without an end. Those for browsers do not count. */
function* signedTokens(text: string, { names }: Surroundings): Generator<Found> {
  if (
    !text.includes("eyJ") ||
    names.some((name) => wordsOf(name).some((word) => /^(?:public|anon)$/.test(word)))
  )
    return;
  for (const match of text.matchAll(TOKEN)) {
    const claims = claimsOf(match.groups!.claims!);
    if (claims && opensForLong(claims)) yield found("JSON Web Token", "service", ...match.indices![0]!);
  }
}

function claimsOf(encoded: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const claims: unknown = JSON.parse(decode(encoded.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function opensForLong({ role, sub, exp, iat }: Readonly<Record<string, unknown>>): boolean {
  // The token of a hundred tutorials.
  if (role === "anon" || sub === "1234567890") return false;
  if (role === "service_role" || exp === undefined) return true;
  return typeof exp === "number" && typeof iat === "number" && exp - iat > LONG;
}
