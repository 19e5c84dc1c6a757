import { type Key, keyPatterns, type Provider } from "../../providers/index.ts";
import { type Found, type Surroundings, wholly } from "./found.ts";
import { looksGenerated } from "./placeholder.ts";

/**
 * A secret that stands next to its public key id and has no shape of its own: `{ key_id: "…", key_secret: "…" }`,
 * `auth: { username: "…", password: "…" }`. `siblings` gives the texts beside it.
 */
export function* pairedSecrets(
  text: string,
  siblings: () => readonly string[],
  around: Surroundings,
): Generator<Found> {
  const [name = ""] = around.names;
  if (around.isSpec || !/secret|password|pass$/i.test(name) || !looksGenerated(text)) return;
  const id = siblings().map(keyIdOf).find(Boolean);
  if (!id) return;
  const mode = id.key.mode === "any" ? "unknown" : id.key.mode;
  yield { ...wholly(text, `${id.provider.name} key secret`, "api", mode), provider: id.provider.id };
}

function keyIdOf(text: string): { key: Key; provider: Provider } | undefined {
  return keyPatterns().find(({ key, provider, pattern }) => {
    return key.visibility === "public" && provider.id !== "generic" && pattern.exec(text)?.[0] === text;
  });
}
