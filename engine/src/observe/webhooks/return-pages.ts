import type { Flow } from "../../flow/flow.ts";
import { detectProviders } from "../../providers/index.ts";
import { isTestFile } from "../files.ts";
import type { ReturnPage } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { askedBefore } from "./facts/refetched.ts";
import { asksAnyone, saysPaid } from "./return-pages/asks.ts";
import { returnHandlers } from "./return-pages/pages.ts";

const WORDS = "(?:success|thank|callback|complete|verify|confirm|return|execute)";
/** Where a page's words stand: in a route, in the name of a function with a request, above a method. */
const PLACES = new RegExp(
  [
    String.raw`\.(?:get|post|all)\(\s*["'\`][^"'\`\n]{0,120}${WORDS}`,
    String.raw`\b\w{0,40}${WORDS}\w{0,40}\s*(?:=\s*(?:async\s*)?(?:function\b\s*)?)?\(\s*\{?\s*_?(?:req|request|ctx|c)\b`,
    String.raw`@(?:Get|Post|All)\(\s*["'\`][^"'\`\n]{0,60}${WORDS}`,
  ].join("|"),
  "i",
);
const FILE = new RegExp(String.raw`(?:^|/)(?:app|pages|routes|server)/.{0,300}${WORDS}`, "i");
const PAYMENT = /pay|checkout|order|subscri|purchase|donat|invoice|booking/i;

/** Pages and routes that customers come back to after paying, where something is fulfilled. */
export const returnPages: Observer = {
  kind: "return-page",
  keywords: /paid|success|premium|fulfil|complete|confirm|active|credit|balance/i,
  suits({ fileName, text }) {
    if (!PAYMENT.test(text) || !/\b(?:import|require|export)\b/.test(text)) return false;
    return FILE.test(fileName) || PLACES.test(text);
  },
  *javascript(flow) {
    if (isTestFile(flow.module.fileName)) return;
    for (const handler of returnHandlers(flow)) {
      const confirmed = askedBefore(
        { ...handler, framework: "unknown", route: undefined, provider: undefined, complete: false },
        { asks: asksAnyone, knows: saysPaid, note: "this is done because the customer came back" },
      );
      if (confirmed)
        yield {
          kind: "return-page",
          provider: providerOf(flow),
          range: handler.range,
          confirmed,
        } satisfies ReturnPage;
    }
  },
};

/** The one provider that a file speaks of. */
function providerOf(flow: Flow): string | undefined {
  const packages = flow.tree.all("ImportDeclaration").map(({ source }) => source.value);
  const found = [...detectProviders({ packages, text: flow.module.text }).keys()].filter(
    (id) => id !== "generic",
  );
  return found.length === 1 ? found[0] : undefined;
}
