import { providers, signatureHeaders } from "../providers/index.ts";
import { MOVES } from "./money-requests.ts";
import { escaped } from "./patterns.ts";

// Cheap signs in a text, without which a closer look finds nothing. Each says more often yes than needed and never no
// where an observer would see something; they are measured against files that were parsed without them.

/** `===` and its like with something on the right that is no constant, or a method that compares. */
const COMPARISON =
  /[!=]==?\s*(?:`[^`]{0,200}\$\{|["'][^"'\n]{0,80}["']\s*\+|(?!(?:null|undefined|true|false|typeof)\b|["'`\d!-])[\w$(])|(?:[eE]quals?|[cC]ompare|[sS]ame|[mM]atches|\beq|Eq)(?![a-z])\w*\(/;

/** Whether a text may compare two values that are known only at run time. */
export function hintsComparison(text: string): boolean {
  return COMPARISON.test(text);
}

const HASHES = /hmac|subtle|createHash|md5|sha-?(?:1|256|512)/i;
/** The rest of a name; bounded, since a name may be a megabyte of base64. */
const WORD = String.raw`\w{0,40}`;
const COMPUTES = "(?:comput|calculat|generat|creat|make|build|expected|sign)";
const PROOF = "(?:sign|mac|digest|checksum|hash)";
const MAC_HELPER = new RegExp(
  `${COMPUTES}${WORD}${PROOF}${WORD}\\(|${PROOF}${WORD}${COMPUTES}${WORD}\\(`,
  "i",
);
const KEY = "(?:api|private|signing|secret|webhook|access|service|internal|server|auth|admin)_?key";
const SECRET_NAME = new RegExp(`(?:secret|passw|passphrase|credential|token|hash|${KEY})`, "i");
const ENVIRONMENT = /\benv\b|defineSecret/i;
/** A secret that the program keeps, in a member or an import; a token or hash only where settings are kept. */
const KEPT = new RegExp(
  `[.{,]\\s{0,80}${WORD}(?:secret|passw|passphrase|credential|${KEY})` +
    String.raw`|(?:\bthis|conf${WORD}|settings?|constants?|keys|secrets)\??\.[\w.?]{0,80}(?:token|hash)s?\b(?!\s*\()` +
    String.raw`|\.get(?:OrThrow)?\(\s*["'][^"'\n]{0,80}(?:token|hash)` +
    String.raw`|\b(?:token|hash)${WORD}\b[^;\n]{0,200}["'][^"'\n]{0,200}(?:conf${WORD}|settings?|constants?|keys|secrets?)\b`,
  "i",
);

/** Whether a text may compare something secret: a MAC, or a secret that the program keeps. */
export function hintsSecret(text: string): boolean {
  if (HASHES.test(text) || MAC_HELPER.test(text)) return true;
  return SECRET_NAME.test(text) && (ENVIRONMENT.test(text) || KEPT.test(text) || hintsHeader(text));
}

/** Whether a text may read a secret from the environment or from a configuration. */
export function hintsSecretSetting(text: string): boolean {
  return SECRET_NAME.test(text) && (ENVIRONMENT.test(text) || /config\w{0,40}[?!]?\.get/i.test(text));
}

const ASKED_REQUEST = /(?:req|request|ctx|context|\b_*c|event|evt|\b_*e)\)?[?!]?\.get\(/i;

/** Whether a text may read a header of a request: by its name, or by Express's and Koa's `request.get()`. */
function hintsHeader(text: string): boolean {
  return /header/i.test(text) || ASKED_REQUEST.test(text) || (/\.get\(/.test(text) && /Request\b/.test(text));
}

const MAC = /hmac|subtle/i;
const VERIFIER =
  /verif|constructEvent|unwrap|parse\w*Event|(?:valid|check|construct|authenticat|is)\w*(?:sign?|mac|digest|checksum|hash|webhook|event)|(?:sign?|mac|digest|checksum|hash|webhook|event)\w*(?:valid|check|construct|authenticat)/i;

/** The file that mounts a JSON parser may mount routers of other files after it. */
const PARSES_FOR_ALL =
  /\.use\(\s{0,80}(?:["'`][^"'`\n]{0,200}["'`]\s{0,20},)?[^;]{0,400}?(?:\bjson\b|bodyParser)/;

const VERIFIED = "(?:verif|valid|check|construct|authenticat|unwrap)";
const SIGNED = "(?:(?<!as|de)sign|hmac|digest|checksum|hash|webhook|event)";
/** A call of a function that is named a verifier. */
const VERIFIES = new RegExp(
  `(?:${VERIFIED}${WORD}${SIGNED}|${SIGNED}${WORD}${VERIFIED})${WORD}\\s{0,9}\\(`,
  "i",
);

/** Whether a text may ask for a check of a signature by name, wherever that stands. */
export function hintsVerifierCall(text: string): boolean {
  return VERIFIES.test(text);
}

/** Whether a text may check a signature, or set up a parser that keeps the bytes for it. */
export function hintsSignature(text: string): boolean {
  if (MAC.test(text) || PARSES_FOR_ALL.test(text)) return true;
  return hintsHeader(text) && VERIFIER.test(text);
}

const RECEIVES = /web[-_]?hook|\bipn|[a-z_]ipn\b|Ipn|postback|constructEvent/i;
/** A header with the proof of who sent an event, or an SDK's call that verifies it. */
const PROVED = new RegExp(
  String.raw`["'\`](?:(?:[\w-]{0,60}[-_])?(?:signature|hmac)[\w-]{0,40}|${[...signatureHeaders().keys()].map(escaped).join("|")})["'\`]` +
    `|\\.(?:${verifierCalls().join("|")})\\s{0,9}\\(`,
  "i",
);
/** Words that may mean events where they stand in a path or end a name; `@/hooks` is where React's are kept. */
const MAY_RECEIVE =
  /(?<![@~.])["'`/-](?:hooks?|notif(?:y|ications?)|callbacks?)\b|[a-z_](?:Callback|Notification|Notify|Hook|_callback|_notification)\b\s{0,20}[=(:]/;
/** They do where payments are spoken of. */
const OF_PAYMENTS = new RegExp(
  `pay|transact|transfer|checkout|billing|invoice|charge|refund|deposit|withdraw|disburse|subscri|gateway|momo|mpesa|\\bstk|b2c|c2b|\\bupi\\b|${providerIds().join("|")}`,
  "i",
);
/** A request, or the parts of one. */
const REQUESTED =
  /\breq\b|[rR]equest|[hH]eader|\b_?(?:ctx|context|c|event|evt|e)[?!]?\.(?:body|req|json|text)\b|\bbody\b\s{0,9}[,}:]/;
const REQUEST = "_{0,2}(?:\\w{0,20}[rR]eq|\\w{0,20}[rR]equest|ctx|context|c|reply|headers)";
const SERVES = new RegExp(
  `[({,]\\s{0,40}(?:${REQUEST}|event|evt)\\b\\s{0,20}[,:)}=?]|\\b${REQUEST}\\s{0,10}=>|@(?:Post|Put|All)\\b|[eE]ventHandler\\b`,
);
const SERVED_SCRIPT = /\b(?:POST|PUT|action)\b/;

/** Whether a file may hold a function that is given the events of a sender. */
export function hintsHandler(text: string, fileName: string): boolean {
  if (!mayReceive(text, fileName)) return false;
  return SERVES.test(text) && !runsInBrowser(text) && (!/x$/.test(fileName) || SERVED_SCRIPT.test(text));
}

function mayReceive(text: string, fileName: string): boolean {
  if (RECEIVES.test(text) || RECEIVES.test(fileName)) return true;
  if (!REQUESTED.test(text)) return false;
  const mayMean = MAY_RECEIVE.test(text) || /(?:hook|notif|callback)/i.test(fileName);
  return PROVED.test(text) || (mayMean && (OF_PAYMENTS.test(text) || OF_PAYMENTS.test(fileName)));
}

const PACKAGES = new RegExp(`["'/:]${anyOf(packageNames())}["'/@?]`);
const SDK_CALLS = new RegExp(`\\b(?:${sdkCalls().join("|")})\\b`);
const HTTP_CALL =
  /fetch|axios|ajax|\bgot\b|\bky\b|needle|http|client|api|request|gateway|\.(?:post|put|patch)\b/i;
const HTTP_PATH = new RegExp(`[/"'\`]${anyOf(pathEnds())}\\b`, "i");
/** A wrapper of any name: `post("/v1/refunds", body)`. */
const PATH_CALL = new RegExp(`\\w\\(\\s{0,80}["'\`]/[\\w/-]{0,200}/?${anyOf(pathEnds())}\\b`, "i");

/** Whether a text may ask a payment provider for something, by its SDK or by HTTP. */
export function hintsMoneyRequest(text: string): boolean {
  if (PACKAGES.test(text) || SDK_CALLS.test(text)) return true;
  if (HTTP_CALL.test(text)) return HTTP_PATH.test(text) || /idempot/i.test(text);
  return PATH_CALL.test(text);
}

/** A function that sends money by its name, or a table or model of money to be sent. */
const MOVES_MONEY = new RegExp(
  `(?:payout|transfer|withdraw|disburs|remit|cash_?out|b2c)${WORD}(?:["'\`]\\s{0,80}\\))?\\s{0,80}[?!]{0,2}[.(<]\\s{0,80}[^\\s*]` +
    `|(?:send|pay|release|payment)${WORD}\\s{0,80}[(<]|(?:payout|withdraw)${WORD}\\s{0,40}["'\`]\\s{0,40}[,)]|PartyB`,
  "i",
);
const CHAIN =
  /["'](?:ethers|web3|viem|@solana|@?stellar|bitcoin|@cosmjs|tronweb|ln-service|lightning|@ton|xrpl|@mysten|near-api-js|@polkadot)/;

/** Whether a text may send money to somebody. */
export function hintsRecipient(text: string): boolean {
  return MOVES_MONEY.test(text) || CHAIN.test(text) || hintsMoneyRequest(text);
}

const CLIENT = /^["']use client["']/m;
const STATE_HOOK = /\buse(?:State|Effect|LayoutEffect|Ref|Memo|Callback|Reducer)\s*[<(]/;
const SERVER_EXPORT =
  /\b(?:getServerSideProps|getStaticProps|getInitialProps|loader|action|headers)\b|["']use server["']|\b(?:GET|POST)\b/;

/**
 * Whether a script does its work in a browser: a component with state, and nothing beside it that a framework calls on
 * the server. Nobody sends requests to it, so it checks none.
 */
export function runsInBrowser(text: string): boolean {
  return CLIENT.test(text) || (STATE_HOOK.test(text) && !SERVER_EXPORT.test(text));
}

/** The last names of the SDK calls that verify events, of those that say so. */
function verifierCalls(): string[] {
  const names = providers.flatMap(({ verifiers }) =>
    verifiers.map(({ callee }) => callee.split(/[.:]/).at(-1)!),
  );
  return [...new Set(names)].filter((name) => name !== "verify").map(escaped);
}

function providerIds(): string[] {
  return providers.map(({ id }) => id.split("-")[0]!).map(escaped);
}

function packageNames(): string[] {
  return providers.flatMap(({ sdks }) => (sdks ?? []).map((sdk) => sdk.package));
}

/** Patterns of SDK calls that are told by their last two names: `refunds.create`. */
function sdkCalls(): string[] {
  const methods = new Map<string, Set<string>>();
  for (const { calls } of providers) {
    for (const { sdk } of calls) {
      const [owner, method] = sdk?.split(":").at(-1)!.split(".").slice(1).slice(-2) ?? [];
      if (owner === undefined || method === undefined) continue;
      methods.set(owner, (methods.get(owner) ?? new Set()).add(method));
    }
  }
  return [...methods].map(([owner, names]) => `${escaped(owner)}[\\s?!]*\\.\\s*${anyOf(names)}`);
}

/** The last fixed segments of the paths by which money is asked for over HTTP. */
function pathEnds(): string[] {
  const known = providers
    .flatMap(({ calls }) => calls.flatMap(({ http }) => http?.path ?? []))
    .flatMap((path) =>
      path
        .split("/")
        .filter((part) => part && !part.includes("{}"))
        .slice(-1),
    );
  return [...known, ...Object.keys(MOVES)];
}

function anyOf(texts: Iterable<string>): string {
  return `(?:${[...new Set(texts)].map(escaped).sort().join("|")})`;
}
