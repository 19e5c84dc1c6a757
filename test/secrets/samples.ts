import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { type Key, type Provider, providers } from "@paylint/engine";
import { hex, random, uuid } from "../../engine/test/observe/secrets/fake.ts";

/** A line of a file of settings, made at run time. Values of keys are random, so that none stands in the repository. */
export interface Sample {
  readonly provider: string;
  readonly what: string;
  readonly isSecret: boolean;
  /** How the value is made, without the value. */
  readonly shape: string;
  readonly line: string;
}

/** For each provider its secrets, its public key and what only looks like a secret. */
export function samples(): Sample[] {
  return providers.flatMap(samplesOf);
}

function samplesOf(provider: Provider): Sample[] {
  const { id, name, keys } = provider;
  const prefix = id === "generic" ? "PAYMENT" : prefixOf(provider);
  const sample = (what: string, isSecret: boolean, shape: string, line: string): Sample => ({
    provider: id === "generic" ? "any other" : name,
    what,
    isSecret,
    shape,
    line,
  });
  const ofKind = (what: string, setting: string, wanted: Partial<Key>): Sample | undefined => {
    const key = keys.find((each) =>
      Object.entries(wanted).every(([field, value]) => each[field as keyof Key] === value),
    );
    if (!key) return undefined;
    const start = startOf(key);
    const shape = start ? `\`${start}…\`` : `\`${prefix}_${setting}\`, \`${key.pattern}\``;
    return sample(
      what,
      wanted.visibility !== "public",
      shape,
      `${prefix}_${setting}=${valueOf(key.pattern, 7)}`,
    );
  };
  const secret = { visibility: "secret" } as const;
  const named = (what: string, setting: string) =>
    sample(
      what,
      true,
      `\`${prefix}_${setting}\`, no shape of its own`,
      `${prefix}_${setting}=${random(40, id.length)}`,
    );
  const start = startOf(keys.find(({ visibility }) => visibility === "secret"));
  return [
    ofKind("live secret", "SECRET_KEY", { ...secret, mode: "live" }) ??
      ofKind("secret for both modes", "SECRET_KEY", { ...secret, mode: "any" }) ??
      named("live secret", "SECRET_KEY"),
    ofKind("test secret", "SECRET_KEY", { ...secret, mode: "test" }),
    ofKind("webhook secret", "HMAC_KEY", { visibility: "webhook" }) ??
      named("webhook secret", "WEBHOOK_SECRET"),
    ofKind("public key", "PUBLIC_KEY", { visibility: "public" }),
    sample(
      "a placeholder",
      false,
      `\`${start}your_…\``,
      `${prefix}_SECRET_KEY=${start}your_secret_key_goes_here_123`,
    ),
    sample(
      "a masked key",
      false,
      `\`${start}…****…\``,
      `${prefix}_SECRET_KEY=${start}${random(4)}${"*".repeat(24)}${random(4)}`,
    ),
    sample("an idempotency key", false, "a UUID", `${prefix}_IDEMPOTENCY_KEY=${uuid}`),
    sample("a hash", false, "64 hex digits", `${prefix}_PAYLOAD_SHA256=${hex(64, id.length)}`),
  ].filter((each) => each !== undefined);
}

/** What every key of a shape begins with. */
function startOf(key: Key | undefined): string {
  if (!key || key.keyword.length < 4) return "";
  const value = valueOf(key.pattern, 7);
  return value.slice(0, value.indexOf(key.keyword) + key.keyword.length);
}

/** What the names of the provider's settings begin with. */
function prefixOf({ detect }: Provider): string {
  return detect.environment[0]!.replaceAll("*", "").replace(/_$/, "");
}

/** A text that a pattern matches: of an open number of characters 24, and of letters those that spell no words. */
function valueOf(pattern: string, seed: number): string {
  const noise = random(400, seed) + hex(400, seed);
  let at = 0;
  const write = (node: AST.Element | AST.QuantifiableElement): string => {
    switch (node.type) {
      case "Character":
        return String.fromCodePoint(node.value);
      case "Group":
        return node.alternatives[0]!.elements.map(write).join("");
      case "Quantifier": {
        const count = Math.min(Math.max(24, node.min), node.max);
        return Array.from({ length: count }, () => write(node.element)).join("");
      }
      case "CharacterClass": {
        const fits = new RegExp(node.raw);
        while (!fits.test(noise[at++ % noise.length]!));
        return noise[(at - 1) % noise.length]!;
      }
      default:
        throw new Error(`No sample is made of ${node.raw}`);
    }
  };
  return new RegExpParser().parsePattern(pattern).alternatives[0]!.elements.map(write).join("");
}
