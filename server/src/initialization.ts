import type { InitializationOptions } from "./protocol.ts";

/** What the client asks for; what is no option, or has no value that one can have, is left out. */
export function readInitializationOptions(options: unknown): InitializationOptions {
  const { status, checklist, explain, storage } = (options ?? {}) as Partial<
    Record<keyof InitializationOptions, unknown>
  >;
  return {
    status: status === true,
    checklist: checklist === true,
    explain: explain === true,
    ...(typeof storage === "string" && storage !== "" && { storage }),
  };
}
