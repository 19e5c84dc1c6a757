import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { rules } from "@paylint/engine";
import { Ajv } from "ajv";
import writeFileAtomic from "write-file-atomic";
import schema from "../../../schemas/baseline.schema.json" with { type: "json" };
import { reasonOf } from "../errors.ts";
import {
  JsonDocument,
  type JsonNode,
  type JsonProblem,
  nodeAt,
  sentence,
  valueOf,
} from "../json-document.ts";
import { JsonFileError } from "../json-file-error.ts";
import { readRegular } from "../regular-file.ts";

/** Lies beside `paylint.json`, or where the repository begins. */
export const BASELINE_FILE = "paylint-baseline.json";

/** In bytes; some hundred thousand findings. */
const LARGEST = 32 * 1024 * 1024;

/** A finding that is known and not told again. */
export interface BaselineEntry {
  readonly rule: string;
  /** Where it was last seen, relative to the baseline's folder, with forward slashes; it is no part of the key. */
  readonly file: string;
  /** As digestOf() makes it with the baseline's salt. */
  readonly digest: string;
  /** How many findings of this content are known; one where it does not say. */
  readonly count?: number;
  readonly reason?: string;
  readonly owner?: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly until?: string;
}

export interface BaselineContent {
  readonly salt: string;
  readonly findings: readonly BaselineEntry[];
}

/** A baseline as it lies on disk. */
export interface BaselineFile extends BaselineContent {
  /** Absolute. */
  readonly file: string;
  /** Where each entry stands, in their order; lines and columns count from one. */
  readonly places: readonly Omit<JsonProblem, "message">[];
}

/** A baseline that cannot be used as it is. */
export class BaselineError extends JsonFileError {
  constructor(file: string, problems: readonly JsonProblem[]) {
    super(
      file,
      problems,
      "Repair the file, make a new one with paylint baseline create --force, or check without it: --no-baseline.",
    );
  }
}

/**
 * The baseline that a file holds.
 * @throws {BaselineError} naming every place of the file that is wrong
 */
export function readBaseline(file: string): BaselineFile {
  let text: string;
  try {
    text = readRegular(file, LARGEST).toString("utf8");
  } catch (error) {
    throw new BaselineError(file, [{ message: `could not be read: ${reasonOf(error)}`, line: 1, column: 1 }]);
  }
  const document = new JsonDocument(text, { comments: false, trailingCommas: false });
  const { root, problems } = document;
  if (root && problems.length === 0) tellFlaws(root, document);
  if (!root || problems.length > 0) throw new BaselineError(file, problems);
  const { salt, findings } = valueOf(root) as BaselineContent;
  return {
    file,
    salt,
    findings,
    places: findings.map((_, at) => document.placeOf(nodeAt(root, `/findings/${at}`).offset)),
  };
}

const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

function tellFlaws(root: JsonNode, document: JsonDocument): void {
  validate(valueOf(root));
  for (const error of validate.errors ?? [])
    document.tell(
      nodeAt(root, error.instancePath).offset,
      `${error.instancePath || "The file"}: ${sentence(error, "member")}`,
    );
}

/** A baseline without findings, with a salt of its own. */
export function emptyBaseline(): BaselineContent {
  return { salt: randomBytes(32).toString("base64"), findings: [] };
}

/**
 * Writes a baseline whole or not at all: sorted, an entry a line, so that branches that change it merge.
 * @throws what the file system throws
 */
export function writeBaseline(file: string, { salt, findings }: BaselineContent): void {
  const lines = [...findings].sort(inOrder).map((entry) => `    ${JSON.stringify(entry)}`);
  const list = lines.length > 0 ? `[\n${lines.join(",\n")}\n  ]` : "[]";
  writeFileAtomic.sync(
    file,
    `{\n  "version": 1,\n  "salt": ${JSON.stringify(salt)},\n  "findings": ${list}\n}\n`,
  );
}

function inOrder(a: BaselineEntry, b: BaselineEntry): number {
  const [one, other] = [a, b].map(({ file, rule, digest }) => [file, rule, digest].join("\n")) as [
    string,
    string,
  ];
  return one < other ? -1 : one > other ? 1 : 0;
}
