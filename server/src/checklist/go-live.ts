import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import schema from "../../schemas/go-live.schema.json" with { type: "json" };
import {
  JsonDocument,
  type JsonNode,
  type JsonProblem,
  nodeAt,
  propertiesOf,
  sentence,
  valueOf,
} from "../project/json-document.ts";

export type SignedState = "done" | "not-applicable" | "reopened";

/** What one person says of one item. */
export interface SignOff {
  readonly state: SignedState;
  /** `Name <mail>`, as git names people. */
  readonly who: string;
  /** ISO 8601 in UTC. */
  readonly when: string;
  /** Hash of the commit that was checked out. */
  readonly commit?: string;
  /** Stamp of the code that the item speaks of, 16 hexadecimal digits. */
  readonly code?: string;
  /** A URL, or a file relative to the project's folder. */
  readonly evidence?: string;
  readonly note?: string;
  /** Why the item does not apply. */
  readonly reason?: string;
}

/** Sign-offs by the full id of their item, the oldest first. */
export type SignOffs = Readonly<Record<string, readonly SignOff[]>>;

/** The content of a `go-live.json`. */
export interface GoLive {
  /** What the file says of its schema; kept as it is. */
  readonly $schema?: string;
  readonly items: SignOffs;
}

const KEYS = ["state", "who", "when", "commit", "code", "evidence", "note", "reason"] as const;

/**
 * The text of a `go-live.json`. An item's list has lines of its own even when it is empty: git takes changes of
 * neighbouring lines for a conflict, and so none that two branches make to different items are neighbours.
 */
export function formatGoLive({ $schema, items }: GoLive): string {
  const head = [...($schema === undefined ? [] : [`"$schema": ${JSON.stringify($schema)}`]), '"version": 1'];
  const lists = Object.keys(items)
    .sort()
    .map((id) => {
      const lines = inOrder(items[id]!).map((signOff) => `      ${JSON.stringify(signOff, [...KEYS])}`);
      return [`    ${JSON.stringify(id)}: [`, ...(lines.length > 0 ? [lines.join(",\n")] : []), "    ]"].join(
        "\n",
      );
    });
  const body = lists.length > 0 ? `{\n${lists.join(",\n")}\n  }` : "{}";
  return `{\n${[...head, `"items": ${body}`].map((line) => `  ${line}`).join(",\n")}\n}\n`;
}

/** Sign-offs from the oldest to the newest; a merge may have left them otherwise. */
export function inOrder(signOffs: readonly SignOff[]): readonly SignOff[] {
  return [...signOffs].sort((a, b) => Date.parse(a.when) - Date.parse(b.when));
}

export interface ParsedGoLive {
  readonly goLive: GoLive;
  /** When there are any, the file must not be used or written. */
  readonly problems: readonly JsonProblem[];
}

/** Further problems of a file are told when these are repaired. */
const MOST_PROBLEMS = 20;

/** Reads the text of a `go-live.json`. */
export function parseGoLive(text: string): ParsedGoLive {
  const document = new JsonDocument(text, { comments: false, trailingCommas: false });
  const { root, problems } = document;
  if (!root) {
    if (problems.length === 0) document.tell(0, "This is no JSON: value expected");
    return { goLive: { items: {} }, problems };
  }
  const tell = (node: JsonNode, message: string): void => {
    if (problems.length < MOST_PROBLEMS) document.tell(node.offset, message);
  };
  checkNames(root, tell);
  const value: unknown = valueOf(root);
  const validate = validator();
  if (!validate(value)) {
    const errors = (validate.errors ?? []).filter(({ keyword, propertyName }) => {
      // Another error says in which way the condition, or the name, is not met.
      return keyword !== "if" && (propertyName === undefined || keyword === "propertyNames");
    });
    for (const error of errors.slice(0, MOST_PROBLEMS)) tellSchemaError(error, root, tell);
    return { goLive: { items: {} }, problems };
  }
  const goLive = value as GoLive;
  for (const pointer of impossibleTimes(goLive).slice(0, MOST_PROBLEMS))
    tell(nodeAt(root, pointer), "there is no such time");
  return { goLive, problems };
}

/** JSON pointers to the times that look like one and are none, e.g. of a 13th month. */
function impossibleTimes({ items }: GoLive): string[] {
  return Object.entries(items).flatMap(([id, signOffs]) =>
    signOffs.flatMap(({ when }, at) =>
      Number.isNaN(Date.parse(when)) ? [`/items/${id.replace("/", "~1")}/${at}/when`] : [],
    ),
  );
}

type Tell = (node: JsonNode, message: string) => void;

/** A name that stands twice, as after a merge that kept both sides, would lose what stands under the first. */
function checkNames(root: JsonNode, tell: Tell): void {
  const items = propertiesOf(root).find(([name]) => name === "items")?.[1];
  for (const object of [root, ...(items ? [items] : [])]) {
    const seen = new Set<string>();
    for (const [name, , pair] of propertiesOf(object)) {
      if (seen.has(name))
        tell(pair, `"${name}" stands here a second time: move its sign-offs to the first list`);
      seen.add(name);
    }
  }
}

const SHAPES: Readonly<Record<string, string>> = {
  who: 'has to be a name and a mail address, "Ada Example <ada@example.com>"',
  when: 'has to be a time in UTC, "2026-01-31T08:00:00Z"',
  commit: "has to be the full hash of a commit",
  code: "has to be 16 hexadecimal digits; leave it out when you write by hand",
};

function tellSchemaError(error: ErrorObject, root: JsonNode, tell: Tell): void {
  const { keyword, instancePath, params } = error;
  const node = nodeAt(root, instancePath);
  if (keyword === "propertyNames") {
    const name = String((params as { propertyName: unknown }).propertyName);
    const pair = propertiesOf(node).find(([key]) => key === name)?.[2];
    return tell(pair ?? node, `"${name}" is no id of an item: write "provider/item"`);
  }
  const { id, field } = placeIn(instancePath);
  const shape = keyword === "pattern" ? SHAPES[field] : undefined;
  tell(node, [id, field, shape ?? sentence(error, "field")].filter(Boolean).join(": "));
}

/** The item's id and the field that a pointer such as `/items/paymongo~1raw-body/0/who` leads to. */
function placeIn(pointer: string): { id: string; field: string } {
  const [, first = "", id = "", , field = ""] = pointer.split("/");
  return first === "items"
    ? { id: id.replaceAll("~1", "/").replaceAll("~0", "~"), field }
    : { id: "", field: first };
}

let compiled: ValidateFunction | undefined;

function validator(): ValidateFunction {
  return (compiled ??= new Ajv({ allErrors: true, strict: false }).compile(schema));
}
