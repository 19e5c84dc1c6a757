import type { Comment } from "../directives.ts";
import type { SourceText } from "../lint.ts";
import type { Language } from "../rules/rule.ts";
import { parseDockerfile, parseShell } from "./assignments.ts";
import { hashComments, htmlComments, jsonComments, prismaComments } from "./comments.ts";
import { parseDotenv } from "./dotenv.ts";
import type { EntryFile, ParsedEntries } from "./entries.ts";
import { parseJson } from "./json.ts";
import { parseMarkdown } from "./markdown.ts";
import { parsePrisma } from "./prisma.ts";
import { parseProperties } from "./properties.ts";
import { parseTerraform } from "./terraform.ts";
import { parseToml } from "./toml.ts";
import { parseYaml } from "./yaml.ts";

/** The languages that are read as entries; of a component so is what is no script. */
export type EntryLanguage = Exclude<Language, "javascript">;

interface Reader {
  parse(source: SourceText): ParsedEntries;
  comments(file: EntryFile): readonly Comment[];
}

/** The comments of a file that was read as entries. */
export function commentsIn(language: EntryLanguage, file: EntryFile): readonly Comment[] {
  return readers[language].comments(file);
}

const MARKUP: Reader = { parse: parseMarkdown, comments: htmlComments };

export const readers: Readonly<Record<EntryLanguage, Reader>> = {
  dotenv: { parse: parseDotenv, comments: hashComments },
  json: { parse: parseJson, comments: jsonComments },
  prisma: { parse: parsePrisma, comments: prismaComments },
  yaml: { parse: parseYaml, comments: hashComments },
  toml: { parse: parseToml, comments: hashComments },
  properties: { parse: parseProperties, comments: hashComments },
  shell: { parse: parseShell, comments: hashComments },
  dockerfile: { parse: parseDockerfile, comments: hashComments },
  terraform: { parse: parseTerraform, comments: hashComments },
  markdown: MARKUP,
  // Beside its shape nothing tells a key in markup.
  vue: { ...MARKUP, parse: withoutEntries },
  svelte: { ...MARKUP, parse: withoutEntries },
};

function withoutEntries({ fileName, text }: SourceText): ParsedEntries {
  return { file: { fileName, text, entries: [] }, problems: [] };
}
