import path from "node:path";
import { type Detectable, type Provider, providerById } from "@paylint/engine";
import { Ajv, type ErrorObject } from "ajv";
import schema from "../../schemas/custom-provider.schema.json" with { type: "json" };
import { reasonOf } from "./errors.ts";
import { JsonDocument, type JsonNode, type JsonProblem, nodeAt, sentence, valueOf } from "./json-document.ts";
import { JsonFileError } from "./json-file-error.ts";
import type { WrittenText } from "./parse-settings.ts";
import { readRegular } from "./regular-file.ts";

/** A provider of the project's own: how code speaks of it, and its checklist. */
export interface CustomProvider extends Detectable, Pick<Provider, "name"> {
  readonly checklist: NonNullable<Provider["checklist"]>;
}

/** A provider file of the project's own that cannot be used as it is. */
class CustomProviderError extends JsonFileError {}

/** In bytes. */
const LARGEST = 1024 * 1024;

/**
 * Reads the provider files that settings name.
 * @throws {CustomProviderError} naming every place that is wrong, of the file itself or of the settings that name it
 */
export function readCustomProviders(
  settingsFile: string,
  files: readonly WrittenText[],
): readonly CustomProvider[] {
  const read = new Map<string, CustomProvider>();
  for (const { text: name, ...place } of files) {
    const file = path.resolve(path.dirname(settingsFile), name);
    const atName = (message: string): CustomProviderError =>
      new CustomProviderError(settingsFile, [{ message, ...place }]);
    const text = readText(file, name, atName);
    const { provider, problems } = parseCustomProvider(text);
    if (problems.length > 0) throw new CustomProviderError(file, problems);
    if (read.has(provider.id)) throw atName(`"${name}" has the id "${provider.id}" of another file`);
    read.set(provider.id, provider);
  }
  return [...read.values()];
}

function readText(file: string, name: string, failure: (message: string) => CustomProviderError): string {
  try {
    return readRegular(file, LARGEST).toString("utf8");
  } catch (error) {
    throw failure(`"${name}" could not be read: ${reasonOf(error)}`);
  }
}

/** What a team leaves out of a provider file. */
const NOTHING: Detectable["detect"] = { packages: [], hosts: [], headers: [], environment: [] };

/**
 * Reads the text of a provider file: the schema of Paylint's own, of which only id, name and checklist have to be
 * there. The provider is of use only when there are no problems.
 */
export function parseCustomProvider(text: string): {
  provider: CustomProvider;
  problems: readonly JsonProblem[];
} {
  const document = new JsonDocument(text, { comments: true, trailingCommas: true });
  const { root, problems } = document;
  if (!root) {
    if (problems.length === 0) document.tell(0, "This is no JSON: value expected");
    return { provider: { id: "", name: "", detect: NOTHING, checklist: NONE }, problems };
  }
  const provider = valueOf(root) as Partial<CustomProvider>;
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  if (!validate(provider)) {
    // Another error says in which way the condition is not met.
    for (const error of (validate.errors ?? []).filter(({ keyword }) => keyword !== "if"))
      document.tell(nodeAt(root, error.instancePath).offset, told(error));
  } else checkIds(provider as CustomProvider, root, document);
  return { provider: { detect: NOTHING, ...provider } as CustomProvider, problems };
}

const NONE = { sections: [], items: [] } as unknown as CustomProvider["checklist"];

function told(error: ErrorObject): string {
  const field = error.instancePath.slice(1).replaceAll("/", ".");
  const words = sentence(error, "field");
  return field === "" ? words : `${field}: ${words}`;
}

/** What a schema cannot say: ids that refer to each other, or stand for one thing only. */
function checkIds({ id, checklist }: CustomProvider, root: JsonNode, document: JsonDocument): void {
  const tell = (pointer: string, message: string): void =>
    document.tell(nodeAt(root, pointer).offset, `${pointer.slice(1).replaceAll("/", ".")}: ${message}`);
  if (providerById(id))
    tell("/id", `there is a provider "${id}" already; take another id for your own items`);
  const sections = checklist.sections.map((section) => section.id);
  const seen = new Set<string>();
  for (const [at, item] of checklist.items.entries()) {
    if (seen.has(item.id)) tell(`/checklist/items/${at}/id`, `there is an item "${item.id}" already`);
    seen.add(item.id);
    if (!sections.includes(item.section))
      tell(
        `/checklist/items/${at}/section`,
        `there is no section "${item.section}"; the sections are ${sections.join(", ")}`,
      );
  }
}
