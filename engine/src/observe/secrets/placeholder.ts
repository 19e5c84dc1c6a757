/** Words that people write where a secret would stand. */
const WORDS =
  /your|example|sample|dummy|fake|mock|test|demo|placehold|change_?-?(?:me|this|it)|replace|insert|redact|secret|invalid|expired|revoked|wrong|notreal|foobar|deadbeef|lorem|qwerty|asdfgh|whatever/i;
const SEQUENCE = /0123456|1234567|2345678|9876543|abcdefg|bcdefgh|fedcba/i;
const SYNTAX = /[<>{}[\]$…]|\.\.\.|\*\*|%[A-Z_]|\s/;
/** The value is a name: of an environment variable, of a setting. */
const ENVIRONMENT_NAME = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;

/** Beginnings, after the prefix, of keys that providers print in their own documentation. */
const DOCUMENTED = /^(?:4eC39HqLyj|BQokikJOvB|tR3PYbcVNZ|26PHem9AhJ|VePHdqKTYQ|TYooMQauvd|51HR5bB2eZvKYlo2C)/;

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

/** Whether a value without a known shape was made by a machine: letters and digits mixed, and no words. */
export function looksGenerated(text: string): boolean {
  if (text.length < 12 || text.length > 300 || !/^[\w\-+/=.~@!#$%^&*:|]+$/.test(text)) return false;
  if (/^[a-z]+:\/\/|^\.{0,2}\/|@[\w-]+\.\w/i.test(text) || UUID.test(text) || isPlaceholder(text))
    return false;
  // `my-secret-2024`, `account_v2`: words and numbers, each in a piece of its own.
  const pieces = text.split(/[^A-Za-z\d]+/).filter((piece) => !/^(?:[A-Z]?[a-z]*|[A-Z]*|\d+)$/.test(piece));
  return pieces.some((piece) => piece.length >= 8 && switches(piece) >= 3) && new Set(text).size >= 8;
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** How often letters and digits follow each other: `secret123` once, a generated key many times. */
function switches(text: string): number {
  return text.match(/(?<=\d)[A-Za-z]|(?<=[A-Za-z])\d/g)?.length ?? 0;
}
