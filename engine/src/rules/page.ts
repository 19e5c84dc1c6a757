/** The address of a rule's documentation page, as published with the ESLint plugin. */
export function rulePage(ruleId: string): string {
  return `https://unpkg.com/eslint-plugin-paylint/docs/rules/${ruleId}.md`;
}
