import { keyPatterns } from "../../providers/index.ts";
import { escaped } from "../patterns.ts";
import { encodedPrefixes } from "./base64.ts";
import { generalKinds } from "./general-kinds.ts";

// Every file of a project is searched with this expression, so each alternative begins with something rare, and
// both cases of a word are spelt out: a flag for that would cost the engine its quick ways.

/** Shorter texts than this stand in every other file: the whole shape has to be there. */
const TELLING = 6;

const prefixes: string[] = [...encodedPrefixes];
const shapes: string[] = [];
for (const { key } of keyPatterns()) {
  if (key.visibility === "public" || key.names !== undefined) continue;
  if (key.keyword !== undefined && key.keyword.length >= TELLING) prefixes.push(escaped(key.keyword));
  else shapes.push(`(?<![A-Za-z\\d_])(?:${key.pattern})`);
}

for (const { keyword, pattern, names } of generalKinds) {
  if (names) continue;
  if (keyword.length >= 4 && pattern.startsWith(escaped(keyword))) prefixes.push(escaped(keyword));
  else shapes.push(`(?<![\\w/+-])(?:${pattern.replace("?<value>", "?:")})`);
}
shapes.push("://[^\\s:@/\"'`<>]{0,128}:[^\\s:@/\"'`<>]{6,128}@", "eyJ[\\w-]{10,1000}\\.eyJ");

const HEX_KEY = "[xX\"'`=][\\dA-Fa-f]{64}(?![A-Za-z\\d])";
/** In lock files hashes stand in every line. */
const HEX_ENTRY =
  "(?:0x|(?:[kK](?:ey|EY)|[pP][kK]|[hH](?:mac|MAC))\\w{0,30}[\"'\\])]{0,2}[\\s:=-]{1,20}[\"']?)[\\dA-Fa-f]{64}(?![A-Za-z\\d])";
const KINDS_OF_KEY = after("api private signing signature hmac server merchant integrity encryption");
const KINDS_OF_TOKEN = after("access api bearer callback verification webhook");
const NAMES = [
  "[sS]ecret|SECRET|[pP]assphrase|PASSPHRASE",
  "[sS]tore_?[pP]ass|STORE_?PASS",
  `${KINDS_OF_KEY}(?:[kK]ey|KEY)`,
  `${KINDS_OF_TOKEN}(?:[tT]oken|TOKEN)`,
].join("|");
const VALUE = "(?=[^\"'`\\s]{0,200}\\d)[\\w\\-+/=.~@!#$%^&*:|]{8}";
const CODE_VALUE = `["'\`\\])]{0,3}\\s{0,20}[:=,|?(][^;\\n]{0,80}?\\s{0,20}["'\`]${VALUE}`;
const DOTENV_VALUE = `[ \\t]{0,9}=[ \\t]{0,9}${VALUE}`;
const ENTRY_VALUE = `["'\\])]{0,3}[ \\t:=]{1,9}["']?${VALUE}`;
/** In the next lines, as lists of variables have it. */
const PAIRED_VALUE = "[\"']?[^}]{0,200}?(?:[vV]alue|default)\\b";

const FORMS = [
  ...new Set(prefixes.sort()),
  ...new Set(shapes),
  "PRIVATE KEY-----",
  "(?:nemonic|NEMONIC|hrase|HRASE)[^\\n]{0,40}[\"'`=: ](?:[a-z]{3,8} ){11}",
];

/**
 * A text without a match holds no secret that the observer could see; left out is one that has neither shape nor
 * name and goes straight into the verifier of an SDK.
 */
export const keywords = new RegExp(
  [
    ...FORMS,
    HEX_KEY,
    "createHmac\\(|HmacSHA\\d",
    "[pP]ay\\w{0,30}\\(\\s{0,20}[\"'`]",
    // A name of a secret and, not far behind, a text that may be one; in dotenv files it needs no quotes.
    `(?:${NAMES})\\w{0,30}(?!\\w)(?:${CODE_VALUE}|${DOTENV_VALUE})`,
  ].join("|"),
);

/** As `keywords`, for files that hold names and values and no code. */
export const entryKeywords = new RegExp(
  [...FORMS, HEX_ENTRY, `(?:${NAMES})\\w{0,30}(?!\\w)(?:${ENTRY_VALUE}|${CODE_VALUE}|${PAIRED_VALUE})`].join(
    "|",
  ),
);

/** Behind one of some words, which are less rare than what follows them. */
function after(words: string): string {
  const forms = words
    .split(" ")
    .flatMap((word) => [`[${word[0]}${word[0]!.toUpperCase()}]${word.slice(1)}`, word.toUpperCase()]);
  return `(?<=(?:${forms.join("|")})[_-]?)`;
}
