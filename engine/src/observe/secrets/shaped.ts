import { encodedKeys } from "./base64.ts";
import { generalSecrets } from "./general.ts";
import type { Found, Surroundings } from "./found.ts";
import { privateKeys } from "./private-keys.ts";
import { providerKeys } from "./provider-keys.ts";

/** The secrets whose form alone, or form and name, tell what they are. */
export function shapedSecrets(text: string, around: Surroundings): Found[] {
  return [providerKeys, encodedKeys, privateKeys, generalSecrets].flatMap((search) => [
    ...search(text, around),
  ]);
}
