/** A text as a pattern that matches it alone. */
export function escaped(text: string): string {
  return text.replace(/[$.*+?^()[\]{}|\\/]/g, "\\$&");
}
