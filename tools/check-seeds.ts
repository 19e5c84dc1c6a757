/**
 * Holds the checklists against the documents that they restate. The documents are not part of the project: this is
 * run by hand with a folder that has them, `<document>.md` each.
 *
 *     node tools/check-seeds.ts FOLDER
 *
 * Fails naming every sentence without an entry in seed-lines.json, every entry without its sentence, and every item
 * that repeats eight or more words in a row of a document.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { itemsOf, providers } from "../engine/src/providers/index.ts";
import { type SeedDocument, seedDocuments } from "./seed-lines.ts";

/** So many words in a row may be anyone's; more are a quotation. */
const LONGEST_LIKENESS = 7;

/** The sentences of a document in reading order, without mark-up, as lower-case words. */
export function sentencesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/\{%.*?%\}/g, " ").replace(/^\s*(?:#+|[*•-]|\d+\.)\s/, " "))
    .flatMap((line) => line.split(/(?<=[.!?])\s*-?\s+(?=["“A-Z`*])|(?<=[.)'`])\s*-\s+(?=[A-Z])/))
    .map((sentence) => wordsOf(sentence).join(" "))
    .filter(Boolean);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function hashOf(sentence: string): string {
  return createHash("sha256").update(sentence).digest("hex");
}

/** What does not agree between a document and its index. */
export function differences(sentences: readonly string[], { lines, other }: SeedDocument): string[] {
  const known = new Set([...lines, ...other].flatMap(({ sha256 }) => sha256));
  const present = new Set(sentences.map(hashOf));
  return [
    ...sentences
      .filter((sentence) => !known.has(hashOf(sentence)))
      .map((sentence) => `no entry for "${sentence}" (sha256 ${hashOf(sentence)})`),
    ...lines
      .filter(({ sha256 }) => !sha256.every((hash) => present.has(hash)))
      .map(({ line, topic }) => `line ${line} (${topic}) has an entry and is not in the document`),
    ...other
      .filter(({ sha256 }) => !sha256.every((hash) => present.has(hash)))
      .map(({ why }) => `an entry of kind "${why}" is not in the document`),
  ];
}

/** The runs of words that a text shares with a document, cut to the first of each length that is too long. */
export function quotations(text: string, document: string): string[] {
  const words = wordsOf(text);
  const theirs = ` ${wordsOf(document).join(" ")} `;
  return words
    .map((_, at) => words.slice(at, at + LONGEST_LIKENESS + 1))
    .filter((run) => run.length > LONGEST_LIKENESS && theirs.includes(` ${run.join(" ")} `))
    .map((run) => run.join(" "));
}

function check(folder: string): string[] {
  const problems: string[] = [];
  const texts: string[] = [];
  for (const [name, document] of seedDocuments) {
    const text = readFileSync(path.join(folder, `${name}.md`), "utf8");
    const sentences = sentencesOf(text);
    texts.push(text);
    problems.push(...differences(sentences, document).map((problem) => `${name}: ${problem}`));
    console.log(`${name}: ${sentences.length} sentences, ${document.lines.length} requirements`);
  }
  for (const { fullId, title, look } of providers.flatMap(({ id }) => itemsOf(id))) {
    const quoted = texts.flatMap((text) => [title, look].flatMap((own) => quotations(own, text)));
    problems.push(...quoted.map((words) => `${fullId} repeats "${words}"`));
  }
  return problems;
}

function main(folder: string | undefined): void {
  if (folder === undefined) {
    console.error("Name the folder that holds the documents: node tools/check-seeds.ts FOLDER");
    process.exitCode = 2;
    return;
  }
  const problems = check(folder);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log("Every sentence has its entry, and no item repeats one.");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv[2]);
