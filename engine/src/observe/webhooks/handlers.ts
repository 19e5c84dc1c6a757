import type { Flow } from "../../flow/flow.ts";
import { detectProviders } from "../../providers/index.ts";
import { isTestFile } from "../files.ts";
import { wordsOf } from "../names.ts";
import { schemeOfHeader } from "../verifiers.ts";
import {
  asksForSession,
  nameReceives,
  routeReceives,
  signatureHeadersReadIn,
  takesAddress,
  verifiersIn,
  wordsOfRoute,
} from "./evidence.ts";
import type { Endpoint } from "./frameworks/endpoint.ts";
import { exportedEndpoints } from "./frameworks/exported.ts";
import { functionEndpoints } from "./frameworks/functions.ts";
import { mountedEndpoints } from "./frameworks/mounted.ts";
import { filedEndpoints } from "./frameworks/files.ts";
import { nestEndpoints } from "./frameworks/nest.ts";
import type { Handler } from "./handler.ts";
import { providersIn } from "./sender.ts";

const known = new WeakMap<Flow, readonly Handler[]>();

/**
 * The functions of a file that are given the events of a payment provider or of another sender. A handler that another
 * file mounts is found where it stands; without that file, by its own name and parameters.
 */
export function handlersOf(flow: Flow): readonly Handler[] {
  let handlers = known.get(flow);
  if (!handlers) known.set(flow, (handlers = find(flow)));
  return handlers;
}

function find(flow: Flow): readonly Handler[] {
  if (isTestFile(flow.module.fileName)) return [];
  const endpoints = new Map<Endpoint["fn"], Endpoint>();
  const found = [filedEndpoints, nestEndpoints, functionEndpoints, mountedEndpoints, exportedEndpoints];
  for (const endpoint of found.flatMap((each) => each(flow)))
    if (!endpoints.has(endpoint.fn)) endpoints.set(endpoint.fn, endpoint);
  return [...endpoints.values()].flatMap((endpoint) => handlerOf(endpoint) ?? []);
}

function handlerOf(endpoint: Endpoint): Handler | undefined {
  const { flow, fn, framework, route, name, range, before, complete, mountedBy } = endpoint;
  const headers = signatureHeadersReadIn(fn, flow);
  const verifiers = verifiersIn(fn, flow);
  const isProved = headers.length > 0 || verifiers.length > 0;
  if (!isProved && !(isNamed(route, name, flow) && !isPeoples(endpoint))) return undefined;
  const provider = providerOf(endpoint, headers, verifiers);
  return { flow, fn, framework, route, provider, range, before, complete, mountedBy: mountedBy ?? [] };
}

/** People who are signed in, or register webhooks of their own, ask under paths that look the same. */
function isPeoples(endpoint: Endpoint): boolean {
  return asksForSession(endpoint) || takesAddress(endpoint.fn, endpoint.flow);
}

function isNamed(route: string | undefined, name: string | undefined, flow: Flow): boolean {
  const context = detected(flow).length > 0;
  return (
    (route !== undefined && routeReceives(route, context)) ||
    (name !== undefined && nameReceives(name, context))
  );
}

function providerOf(
  { route, name, flow }: Endpoint,
  headers: readonly string[],
  verifiers: readonly (string | undefined)[],
): string | undefined {
  const words = [...wordsOfRoute(route ?? ""), ...wordsOf(name ?? "")];
  const file = wordsOf(flow.module.fileName.split("/").at(-1)!);
  const answers = [
    providersIn(words),
    providersIn(file),
    headers.flatMap((header) => senderOf(header, flow) ?? []),
    verifiers.filter((each) => each !== undefined),
    namesOther(words) ? [] : detected(flow),
  ];
  const [first] = answers.map((ids) => [...new Set(ids)]).filter((ids) => ids.length > 0);
  return first?.length === 1 ? first[0] : undefined;
}

/** The one provider that uses a header; names that anybody may use tell of it only beside something else. */
function senderOf(header: string, flow: Flow): string | undefined {
  const { provider } = schemeOfHeader(header);
  if (provider === undefined || provider === "generic") return undefined;
  const isAnybodys = /^(?:x-)?(?:webhook-|callback-)?(?:signature|hmac|token|hash)(?:-sha\d+)?$/.test(header);
  return isAnybodys && !detected(flow).includes(provider) ? undefined : provider;
}

const PLAIN =
  /^(?:webhooks?|hooks?|ipn|notify|notifications?|callbacks?|handle[rs]?|on|process|receive|api|v\d|pay|payments?|billing|subscriptions?|checkout|orders?|transactions?|gateway|events?|event|post|default|index|public|routes?|incoming|live|prod|production|postbacks?|main|action|fetch)$/;

/** Whether a path or name speaks of something that may be the sender: `/webhooks/clerk`. */
function namesOther(words: readonly string[]): boolean {
  return words.some((word) => !PLAIN.test(word));
}

const detections = new WeakMap<Flow, readonly string[]>();

function detected(flow: Flow): readonly string[] {
  let ids = detections.get(flow);
  if (!ids) {
    const packages = flow.tree.all("ImportDeclaration").map(({ source }) => source.value);
    const required = flow.tree
      .all("CallExpression")
      .flatMap(({ callee, arguments: [first] }) =>
        callee.type === "Identifier" && callee.name === "require" && first?.type === "Literal"
          ? [String(first.value)]
          : [],
      );
    const found = detectProviders({ packages: [...packages, ...required], text: flow.module.text });
    detections.set(flow, (ids = [...found.keys()].filter((id) => id !== "generic")));
  }
  return ids;
}
