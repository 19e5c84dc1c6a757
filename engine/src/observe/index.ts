import type { Observer } from "./observer.ts";

/** All observers, in the order in which their findings are reported for one place. */
export const observers: readonly Observer[] = [];
