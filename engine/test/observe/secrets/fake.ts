/** Texts that look as if a machine had made them; they are made anew in each run, so no key stands in this repository. */
function characters(alphabet: string, length: number, seed: number): string {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  let text = "";
  while (text.length < length) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    text += alphabet[((state ^ (state >>> 13)) >>> 0) % alphabet.length]!;
  }
  return text;
}

const LETTERS = "ghjkmnpqrsuvwxyzGHJKMNPQRSUVWXYZ";

/** Letters and digits that spell no word. */
export const random = (length: number, seed = 1) => characters(`${LETTERS}23456789`, length, seed);
export const hex = (length: number, seed = 1) => characters("0123456789abcdef", length, seed);
export const hexKey = (seed = 1) => `0x${hex(64, seed)}`;

export const key = (prefix: string, length = 24, seed = 1) => `${prefix}_${random(length, seed)}`;
export const live = key("sk_live", 24);
export const test = key("sk_test", 24);
export const webhook = key("whsec", 32);
export const uuid = [8, 4, 4, 4, 12].map((length, at) => hex(length, at)).join("-");
export const storeName = `shop${hex(13)}`;

/** A private key as PEM files hold it, with `\n` written out where the text is one line of source. */
export function pem(kind = "RSA ", lineBreak = "\\n"): string {
  const body = Array.from({ length: 6 }, (_, at) => random(64, at));
  const mark = (word: string) => `-----${word} ${kind}PRIVATE KEY-----`;
  return [mark("BEGIN"), ...body, mark("END")].join(lineBreak);
}

/** As HTTP Basic sends it. */
export const basic = (text: string) => `Basic ${btoa(text)}`;
