import { keyPatterns } from "../../providers/index.ts";

/** Shorter texts than this stand in every other file: the whole shape has to be there. */
const TELLING = 6;

const shapes = keyPatterns()
  .filter(({ key }) => key.visibility !== "public" && key.names === undefined)
  .map(({ key }) => {
    const telling = key.keyword !== undefined && key.keyword.length >= TELLING;
    return telling
      ? key.keyword!.replace(/[$.*+?^()[\]{}|\\-]/g, "\\$&")
      : `(?<![A-Za-z\\d_])(?:${key.pattern})`;
  });

const HEX_KEY = "(?<![A-Za-z\\d])(?:0x)?[\\dA-Fa-f]{64}(?![A-Za-z\\d])";
const NAMED =
  "(?:secrete?|store_?-?pass\\w*|passphrase|api_?-?key|private_?-?key|mnemonic|seed_?phrase|wif|token)";
/** A name of a secret and, not far behind, a text long enough to be one. */
const NAMED_TEXT = `${NAMED}\\w{0,30}["'\`\\])]{0,3}[^\\n\\w]{1,8}(?:[^\\n]{0,80}["'\`])?[\\w\\-+/=.~@!#$%^&*:|]{12}`;
const USED =
  "createHmac\\(|Hmac(?:SHA|MD)\\d+\\(|constructEvent|new [\\w.]*pay\\w*\\(\\s*[\"'`]|(?:Wallet|Key)\\w*\\(\\s*[\"'`]";

/** A text without a match holds no secret that the observer could see. */
export const keywords = new RegExp(
  [...new Set(shapes), "PRIVATE KEY-----", HEX_KEY, NAMED_TEXT, USED].join("|"),
  "i",
);
