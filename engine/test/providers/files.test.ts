import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { providerTexts } from "../../../tools/generate-providers.ts";
import { formatted, staleFiles } from "../../../tools/generate.ts";
import { calleePaths } from "../../src/providers/callee.ts";
import { type Call, type Provider, providers } from "../../src/providers/index.ts";

const folder = fileURLToPath(new URL("../../../providers/", import.meta.url));
const SCHEMA = "provider.schema.json";
const fileNames = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== SCHEMA);

function read(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(folder + name, "utf8")) as Record<string, unknown>;
}

const schema = read(SCHEMA);
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

describe("the schema", () => {
  test("describes every property and closes every object", () => {
    const gaps: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== "object" || node === null) return;
      const { type, properties, additionalProperties } = node as Record<string, unknown>;
      if (type === "object" && additionalProperties !== false) gaps.push(`${path} is open`);
      for (const [name, property] of type === "object" ? Object.entries(properties as object) : []) {
        const described = "description" in property || "$ref" in property;
        if (!described) gaps.push(`${path}/${name} has no description`);
      }
      for (const [key, child] of Object.entries(node)) visit(child, `${path}/${key}`);
    };
    visit(schema, "#");
    expect(gaps).toEqual([]);
  });

  test.each([
    ["an unknown field", { colour: "red" }],
    ["a host with a scheme", { hosts: { live: ["https://api.example.com"], sandbox: [] } }],
    ["a call by neither SDK nor HTTP", { calls: [{ operation: "refund", idempotency: "key" }] }],
    ["an unknown operation", { calls: [{ operation: "gift", idempotency: "key", sdk: "a:b" }] }],
    [
      "a callee without a module",
      { verifiers: [{ ...providers[0]!.verifiers[0]!, callee: "client.verify" }] },
    ],
  ])("refuses %s", (_, change) => {
    const place = Object.keys(change)[0]!;
    expect(validate({ ...read("stripe.json"), ...change })).toBe(false);
    // Nothing else in the file is to blame.
    expect(
      validate.errors?.every(({ instancePath, params }) =>
        `${instancePath}${JSON.stringify(params)}`.includes(place),
      ),
    ).toBe(true);
  });
});

test.each(fileNames)("%s keeps to the schema", (name) => {
  validate(read(name));
  expect(validate.errors ?? []).toEqual([]);
});

test.each(fileNames)("%s is named by its id", (name) => {
  expect(`${String(read(name)["id"])}.json`).toBe(name);
});

test("the generated files are up to date", async () => {
  expect(staleFiles(await formatted(await providerTexts()))).toEqual([]);
});

test("every file is in the index, once", () => {
  expect(providers.map(({ id }) => `${id}.json`)).toEqual([...fileNames].sort());
});

describe.each(providers.map((provider) => [provider.id, provider] as const))("%s", (_, provider) => {
  test("has a client for every callee that names one", () => {
    const callees = calleesOf(provider);
    expect(callees.filter((callee) => calleePaths(callee, provider).length === 0)).toEqual([]);
  });

  test("lists the module of every callee", () => {
    const modules = new Set((provider.sdks ?? []).map((sdk) => sdk.package));
    expect(
      calleesOf(provider).filter((callee) => !modules.has(callee.slice(0, callee.lastIndexOf(":")))),
    ).toEqual([]);
  });

  test("says how a key is sent wherever it says that one is missing", () => {
    const speechless = provider.calls.filter(
      (call) =>
        call.idempotency === "key" && !carriers(provider, call).some((carrier) => fits(carrier, call)),
    );
    expect(speechless).toEqual([]);
  });

  test("names recipients wherever money leaves to someone who has to be named", () => {
    const batches = provider.calls.filter(
      ({ operation }) => operation === "batch" || operation === "recipient",
    );
    expect(batches.filter(({ recipient }) => !recipient?.length)).toEqual([]);
  });
});

function calleesOf(provider: Provider): string[] {
  return [
    ...provider.verifiers.map(({ callee }) => callee),
    ...provider.calls.flatMap(({ sdk }) => sdk ?? []),
  ];
}

function carriers(provider: Provider, call: Call): string[] {
  return (provider.idempotency?.carriers ?? [])
    .filter(({ operations }) => operations?.includes(call.operation) ?? true)
    .map(({ carrier }) => carrier);
}

function fits(carrier: string, call: Call): boolean {
  if (carrier === "body") return true;
  return carrier === "header" ? call.http !== undefined : call.sdk !== undefined;
}

test("no two entries claim the same callee", () => {
  const claims = providers.flatMap((provider) => [
    ...provider.verifiers.flatMap(({ callee }) => calleePaths(callee, provider)),
    ...provider.calls.flatMap(({ sdk }) => (sdk ? calleePaths(sdk, provider) : [])),
  ]);
  expect(claims.filter((claim, at) => claims.indexOf(claim) !== at)).toEqual([]);
});

test("no two providers are told by the same package, host, header or variable", () => {
  const claims = providers.flatMap(({ detect }) => [
    ...detect.packages,
    ...detect.hosts,
    ...detect.headers.map((header) => header.toLowerCase()),
    ...detect.environment,
  ]);
  expect(claims.filter((claim, at) => claims.indexOf(claim) !== at)).toEqual([]);
});
