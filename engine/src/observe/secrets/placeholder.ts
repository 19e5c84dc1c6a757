/** Words that people write where a secret would stand. Mixed capitals (`tEsT`) are chance, not a word. */
const WORDS = uniformlyCased(
  "your example sample dummy fake mock test demo placehold change_?-?(?:me|this|it) replace insert redact secret " +
    "invalid expired revoked wrong notreal foobar deadbeef lorem qwerty asdfgh whatever",
);
const SEQUENCE = /0123456|1234567|2345678|9876543|abcdefg|bcdefgh|fedcba/i;
const SYNTAX = /[<>{}[\]…]|^\$|\.\.\.|\*\*|%[A-Z_]|\s/;
/** The value is a name: of an environment variable, of a setting. */
const ENVIRONMENT_NAME = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;

/** Beginnings, after the prefix, of keys that providers print in their own documentation. */
const DOCUMENTED = /^(?:4eC39HqLyj|BQokikJOvB|tR3PYbcVNZ|26PHem9AhJ|VePHdqKTYQ)/;

/** Whether a text, or the part of a key behind its prefix, only holds the place of a secret. */
export function isPlaceholder(text: string): boolean {
  return (
    SYNTAX.test(text) ||
    WORDS.test(text) ||
    SEQUENCE.test(text) ||
    DOCUMENTED.test(text) ||
    ENVIRONMENT_NAME.test(text) ||
    isMonotonous(text)
  );
}

/** A keyboard held down, `abab…`, a handful of different characters: nothing a generator of keys would make. */
export function isMonotonous(text: string): boolean {
  const isHex = /^[\da-f]+$/i.test(text);
  const run = isHex ? /(.)\1{7}/ : /(.)\1{4}/;
  if (run.test(text) || /^(.{1,4})\1{3,}.{0,3}$/.test(text)) return true;
  return text.length >= 16 && new Set(text.toLowerCase()).size < 7;
}

/** Whether what a name holds only shows how such a value looks: in a schema, in a form. */
export function namesSample(name: string): boolean {
  return /^(?:examples?|samples?|placeholder)$/i.test(name);
}

/** Whether a value without a known shape was made by a machine: letters and digits mixed, and no words. */
export function looksGenerated(text: string): boolean {
  if (text.length < 12 || text.length > 300 || !/^[\w\-+/=.~@!#$%^&*:|]+$/.test(text)) return false;
  if (/^[a-z]+:\/\/|^\.{0,2}\/|@[\w-]+\.\w/i.test(text) || UUID.test(text) || isPlaceholder(text))
    return false;
  return new Set(text).size >= 8 && text.split(/[^A-Za-z\d]+/).some(isJumble);
}

/** Whether letters, capitals and digits alternate faster than in words and numbers: `a7Kq02xB`, not `account2024`. */
function isJumble(piece: string): boolean {
  const runs = piece.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  if (piece.length < 8 || runs.length < 5) return false;
  return piece.length / runs.length <= 3 || /^[\da-f]{16,}$/i.test(piece);
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Any of the words, each all in one case or with a capital in front. */
function uniformlyCased(words: string): RegExp {
  const forms = (word: string) => [word, word.charAt(0).toUpperCase() + word.slice(1), shout(word)];
  return new RegExp(words.split(" ").flatMap(forms).join("|"));
}

/** In capitals, regular expression syntax left as it is. */
function shout(word: string): string {
  return word.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
