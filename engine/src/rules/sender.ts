import { providerById } from "../providers/index.ts";

/** Who sends an event, in the words of a message: a provider's name, else "the sender". */
export function senderOf(provider: string | undefined): string {
  return (provider === undefined ? undefined : providerById(provider)?.name) ?? "the sender";
}

/** How long a provider waits for an answer, as far as its documentation says. */
export function deadlineOf(provider: string | undefined): string {
  const seconds = provider === undefined ? undefined : providerById(provider)?.delivery?.respondWithinSeconds;
  return seconds === undefined ? "some seconds" : `${seconds} seconds`;
}

/** A sentence's first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where a provider's events say their mode, as code reads it. */
export function modeFieldOf(provider: string | undefined): string {
  const mode = provider === undefined ? undefined : providerById(provider)?.event?.mode;
  return mode?.paths?.[0] ?? mode?.headers?.[0] ?? "a field of its own";
}
