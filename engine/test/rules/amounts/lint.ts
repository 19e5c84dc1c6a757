import { expect, it } from "vitest";
import { lintText } from "../../../src/lint.ts";
import type { Finding } from "../../../src/rules/rule.ts";
import { type Files, hostOf } from "../../flow/linked.ts";

/** What a case shows, the message, the text that is marked, and the code around it. */
export type Wrong = readonly [what: string, messageId: string, marked: string, code: string];
export type Right = readonly [what: string, code: string];

export const STRIPE = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_SECRET_KEY); `;

const FILE = "services/payments.ts";

export function lintAmounts(
  text: string,
  fileName = FILE,
  files: Files = {},
): readonly (Finding & { readonly marked: string })[] {
  const { findings } = lintText(
    { fileName, text },
    { "no-float-amounts": { severity: "error" } },
    hostOf({ ...files, [fileName]: text }),
  );
  return findings.map((finding) => ({
    ...finding,
    marked: text.slice(finding.range.start, finding.range.end),
  }));
}

/** Code with JSX is that of a page. */
function nameFor(text: string): string {
  return /(?:=> |return )</.test(text) ? "app/pay.tsx" : FILE;
}

export function reports(cases: readonly Wrong[], files?: Files): void {
  it.each(cases)("%s", (_, messageId, marked, code) => {
    const found = lintAmounts(code, nameFor(code), files);
    expect(found.map((finding) => [finding.messageId, finding.marked])).toEqual([[messageId, marked]]);
  });
}

export function silent(cases: readonly Right[], files?: Files): void {
  it.each(cases)("%s", (_, code) => {
    expect(lintAmounts(code, nameFor(code), files)).toEqual([]);
  });
}
