export type { Documents } from "./disk.ts";
export { DiskHost } from "./host.ts";
export { contains, isConfiguration, slashed } from "./paths.ts";
export { decodeText, LARGEST_TEXT, type ReadText, readText, type Unfit } from "./read.ts";
