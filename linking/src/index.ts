export type { Documents } from "./disk.ts";
export { DiskHost } from "./host.ts";
export { contains, isConfiguration, slashed } from "./paths.ts";
export { type ReadText, readText } from "./read.ts";
