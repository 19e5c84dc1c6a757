import type { InitializationOptions } from "./protocol.ts";

/** What the client asks for; what is no option, or has no value that one can have, is left out. */
export function readInitializationOptions(options: unknown): InitializationOptions {
  const { status, checklist, explain, storage, workspace } = (options ?? {}) as Partial<
    Record<keyof InitializationOptions, unknown>
  >;
  return {
    status: status === true,
    checklist: checklist === true,
    explain: explain === true,
    workspace: workspace !== false,
    ...(typeof storage === "string" && storage !== "" && { storage }),
  };
}
