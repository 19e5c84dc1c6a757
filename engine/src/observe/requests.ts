import type { Flow } from "../flow/flow.ts";
import { byChain, byStream } from "./requests/chained.ts";
import { byConfig, byFetch, byPosition, byVerb } from "./requests/clients.ts";
import type { OutgoingRequest, Recogniser } from "./requests/request.ts";
import { byImportedWrapper, byWrapper } from "./requests/wrappers.ts";

export type { OutgoingRequest } from "./requests/request.ts";
export { partsOf, urlOf } from "./requests/url.ts";

const known = new WeakMap<Flow, readonly OutgoingRequest[]>();

/**
 * All requests of a file: fetch, axios and its instances, got, ky, undici, needle, superagent, request, jQuery, Node's
 * own https, Nest's HttpService, and calls of the file's own wrappers around one of them.
 */
export function requestsOf(flow: Flow): readonly OutgoingRequest[] {
  let requests = known.get(flow);
  if (!requests) {
    requests = flow.tree.all("CallExpression").flatMap((call) => recognise(call, flow, undefined) ?? []);
    known.set(flow, requests);
  }
  return requests;
}

const byClient = first(byFetch, byConfig, byChain, byVerb, byPosition, byStream);
const recognise = first(byClient, byWrapper(byClient), byImportedWrapper);

/** The first way in which a call sends a request. */
function first(...ways: readonly Recogniser[]): Recogniser {
  return (call, flow, bound) => {
    for (const way of ways) {
      const request = way(call, flow, bound);
      if (request) return request;
    }
    return undefined;
  };
}
