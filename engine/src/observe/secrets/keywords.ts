import { keyPatterns, providers } from "../../providers/index.ts";
import { encodedPrefixes } from "./base64.ts";

/** Shorter texts than this stand in every other file: the whole shape has to be there. */
const TELLING = 6;

const prefixes: string[] = [];
const shapes: string[] = [];
for (const { key } of keyPatterns()) {
  if (key.visibility === "public" || key.names !== undefined) continue;
  if (key.keyword !== undefined && key.keyword.length >= TELLING) prefixes.push(escaped(key.keyword));
  else shapes.push(`(?<![A-Za-z\\d_])(?:${key.pattern})`);
}

const HEX_KEY = "(?:[xX\"'`=])[\\dA-Fa-f]{64}(?![A-Za-z\\d])";
const KEY = `(?:${anyCase("api secret private signing signature hmac server merchant integrity encryption")})[_-]?(?:key|Key|KEY)`;
const TOKEN = `(?:${anyCase("access api secret bearer callback verification webhook")})[_-]?(?:token|Token|TOKEN)`;
const STORE_PASSWORD = "(?:store|Store|STORE)[_-]?(?:pass|Pass|PASS)";
const NAME = `(?:${anyCase("secret passphrase")}|${STORE_PASSWORD}|${KEY}|${TOKEN})\\w{0,30}`;
const VALUE = "(?=[^\"'`\\s]*\\d)[\\w\\-+/=.~@!#$%^&*:|]{8}";
/** A name of a secret and, not far behind, a text that may be one; in dotenv files it needs no quotes. */
const NAMED = [
  `${NAME}(?:["'\`\\])]{0,3}\\s{0,20}[:=,|?(][^;\\n]{0,80}?\\s{0,20}["'\`]${VALUE}|[ \\t]{0,9}=[ \\t]{0,9}${VALUE})`,
  `(?:nemonic|NEMONIC|hrase|HRASE)[^\\n]{0,40}["'\`= ](?:[a-z]{3,8} ){11}`,
];
/** Verifiers that take their secret as an argument; a name like `verify` is everybody's. */
const verifiers = providers
  .flatMap((provider) => provider.verifiers)
  .filter(({ secret }) => secret !== undefined)
  .map(({ callee }) => callee.split(/[.:]/).at(-1)!)
  .filter((name) => name.length > TELLING);
const USED = [...new Set(verifiers)].map((name) => `${name}\\(`);
USED.push("createHmac\\(", "HmacSHA\\d", "new [\\w.]*[pP]ay\\w*\\(\\s*[\"'`]");

/** A text without a match holds no secret that the observer could see. */
export const keywords = new RegExp(
  [
    ...new Set([...prefixes, ...encodedPrefixes].sort()),
    "PRIVATE KEY-----",
    ...USED,
    HEX_KEY,
    ...NAMED,
    ...new Set(shapes),
  ].join("|"),
);

function anyCase(words: string): string {
  const forms = (word: string) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()];
  return words.split(" ").flatMap(forms).sort().join("|");
}

function escaped(text: string): string {
  return text.replace(/[$.*+?^()[\]{}|\\]/g, "\\$&");
}
