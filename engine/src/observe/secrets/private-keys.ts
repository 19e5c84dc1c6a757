import { wordsOf } from "../names.ts";
import { type Found, type Surroundings, wholly } from "./found.ts";
import { isMonotonous, isPlaceholder } from "./placeholder.ts";

/** What stands between the marks holds no five dashes, so that no text is read again from each of many marks. */
const PEM =
  /-----BEGIN (?:[A-Z]{1,20} ){0,4}PRIVATE KEY-----((?:\s|\\[nr]|[\w+/=:,]|-(?!----)){0,20000})-----END (?:[A-Z]{1,20} ){0,4}PRIVATE KEY-----/g;
/** Shorter bodies hold no key of any kind in use. */
const PEM_BODY = 40;

const HEX = /^(0x)?[\da-f]{64}$/i;
/** A Solana secret key or a Bitcoin private key for import. */
const BASE58 = /^(?:[1-9A-HJ-NP-Za-km-z]{87,88}|[5KL][1-9A-HJ-NP-Za-km-z]{50,51})$/;
/** The body of a PEM file without its header and footer. */
const DER = /^MII[\w+/]{200,}={0,2}$/;

/** The private keys in a text: of certificates by their header, of wallets by form and name. */
export function* privateKeys(text: string, around: Surroundings): Generator<Found> {
  if (around.isSpec) return;
  let hasPem = false;
  for (const pem of text.matchAll(PEM)) {
    if (!isKeyBody(pem[1]!)) continue;
    hasPem = true;
    const opens = /\bEC\b/.test(pem[0]) ? "wallet" : "api";
    yield { ...wholly(text, "private key", opens), start: pem.index, end: pem.index + pem[0].length };
  }
  if (hasPem) return;
  const value = text.trim();
  const form = formOf(value);
  if (!form || isPublished(value) || isMonotonous(value.replace(/^0x/i, ""))) return;
  if (/0123456789|abcdef01234/i.test(value) || !isHeldAsKey(around.names, form)) return;
  yield wholly(
    text,
    form === "der" ? "private key" : form === "words" ? "seed phrase of a wallet" : "private key of a wallet",
    form === "der" ? "api" : "wallet",
  );
}

function isKeyBody(body: string): boolean {
  const plain = body.replace(/\\[nr]|\s/g, "");
  return plain.length >= PEM_BODY && !isMonotonous(plain) && !isPlaceholder(plain.replace(/[^\w]/g, ""));
}

type Form = "0x" | "hex" | "base58" | "der" | "words";

function formOf(value: string): Form | undefined {
  const hex = HEX.exec(value);
  if (hex) return hex[1] ? "0x" : "hex";
  if (BASE58.test(value)) return "base58";
  if (DER.test(value)) return "der";
  return /^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/.test(value) ? "words" : undefined;
}

/** Words that make of a key something that everybody may see, or something else. */
const NOT_THE_KEY = new Set(
  "public pub hash id address encrypted cipher storage topic topics name tx transaction block root slot selector example".split(
    " ",
  ),
);
/** Functions that take a private key and make of it who signs. */
const SIGNERS =
  /^(?:Wallet|(?:HDWallet|PrivateKey)Provider|SigningKey|PrivateKey|privateKeyTo\w+|from(?:Private|Secret)Key\w*|fromWIF|decrypt\w*Key|signTransaction)\(\)$/;

/** Whether names say private key. 64 hex digits alone are most often a hash. */
function isHeldAsKey(names: readonly string[], form: Form): boolean {
  const [inner = "", ...outer] = names;
  if (SIGNERS.test(inner))
    return form !== "words" || /^(?:HDWalletProvider|from(?:Mnemonic|Phrase))/.test(inner);
  const words = wordsOf(inner);
  if (words.some((word) => NOT_THE_KEY.has(word))) return false;
  if (form === "words") return words.some((word) => /^(?:mnemonic|seed|phrase|secret)$/.test(word));
  if (saysPrivateKey(words)) return true;
  if (form !== "0x") return false;
  if (words.length === 1 && /^(?:pk|sk|signer|signers)$/.test(words[0]!)) return true;
  return isAmongKeys(words, outer);
}

function saysPrivateKey(words: readonly string[]): boolean {
  return words.some(
    (word, at) =>
      /^(?:privatekeys?|privkeys?)$/.test(word) ||
      (/^(?:key|keys|pk)$/.test(word) &&
        /^(?:private|priv|secret|wallet|signer|deployer|owner|treasury)$/.test(words[at - 1] ?? "")),
  );
}

/** `keys: { user: "0x…" }` anywhere, `accounts: ["0x…"]` in a network's settings. */
function isAmongKeys(words: readonly string[], outer: readonly string[]): boolean {
  const containers = [words, ...outer.slice(0, 2).map(wordsOf)];
  if (containers.some((container) => container.some((word) => NOT_THE_KEY.has(word)))) return false;
  if (containers.some((container) => saysPrivateKey(container) || container.join() === "keys")) return true;
  return words.join() === "accounts" && outer.some((name) => name === "networks");
}

/**
 * The accounts that development chains make for everybody, by the first digits of their keys: whoever sends them
 * real money loses it at once, and everybody knows.
 */
const PUBLISHED = new Set(
  (
    "ac0974bec39a 59c6995e998f 5de4111afa1a 7c852118294e 47e179ec1974 8b3a350cf5c3 92db14e403b8 4bbbf85ce337 " +
    "dbda1821b805 2a871d0798f9 f214f2b2cd39 701b615bbdfb a267530f49f8 47c99abed332 c526ee95bf44 8166f546bab6 " +
    "ea6c44ac03bf 689af8efa8c6 de9be858da4a df57089febba 4f3edf983ac6 6cbed15c793c 6370fd033278 646f1ce2fdad " +
    "add53f9a7e58 395df67f0c2d e485d098507f a453611d9419 829e924fdf02 b0057716d591"
  ).split(" "),
);
const PUBLISHED_PHRASES = /^(?:test test test|myth like bonus|candy maple cake|abandon abandon)/;

function isPublished(value: string): boolean {
  return PUBLISHED.has(value.replace(/^0x/i, "").slice(0, 12).toLowerCase()) || PUBLISHED_PHRASES.test(value);
}
