import { type Node, rangeOf } from "../../flow/tree.ts";
import { type Provider, providers } from "../../providers/index.ts";
import { isTestFile } from "../files.ts";
import { hintsMoneyRequest } from "../hints.ts";
import type { Answer, PaymentUrl } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { pageAt } from "./pages.ts";
import { type Use, urlUses } from "./uses.ts";

/** The names of URLs that are signed, in whatever case code writes them. */
const SIGNED = providers
  .filter(({ hostedPage }) => hostedPage?.signed)
  .flatMap(({ hostedPage }) => hostedPage!.urls.map((path) => path.split(".").at(-1)!.replaceAll("_", "_?")));
const SIGNED_OR_FRAMED = new RegExp([...SIGNED, "iframe"].join("|"), "i");
const SIGNED_NAME = new RegExp(SIGNED.join("|"), "i");

/** What is done with the URLs of payment pages that providers host. */
export const paymentUrls: Observer = {
  kind: "payment-url",
  keywords: SIGNED_OR_FRAMED,
  suits: ({ fileName, text }) => !isTestFile(fileName) && (SIGNED_NAME.test(text) || hintsMoneyRequest(text)),
  *javascript(flow) {
    const told = new Set<Node>();
    for (const use of urlUses(flow)) {
      const provider = told.has(use.url) ? undefined : pageAt(use.url, flow);
      if (!provider || !concerns(use, provider)) continue;
      told.add(use.url);
      yield observed(use, provider);
    }
  },
};

/** Only where the provider refuses what is done, it matters. */
function concerns({ shape }: Use, { hostedPage }: Provider): boolean {
  if (shape === "changed") return hostedPage?.signed ?? false;
  return shape === "handed-on" || hostedPage?.framing === "refused";
}

function observed({ at, shape, isEnd }: Use, { id }: Provider): PaymentUrl {
  const answer: Answer = shape !== "handed-on" ? "no" : isEnd ? "yes" : "unknown";
  const range = rangeOf(at);
  return { kind: "payment-url", provider: id, range, untouched: { answer, range, steps: [] }, shape };
}
