import { packageOf } from "./detect.ts";
import type { Provider } from "./provider.ts";

/** A callee of a provider file as the flow core names it, once for each way to come by a client. */
export function calleePaths(callee: string, provider: Provider): readonly string[] {
  const colon = callee.lastIndexOf(":");
  const module = callee.slice(0, colon);
  const path = callee.slice(colon + 1);
  if (!path.startsWith("client.")) return [callee];
  const clients = provider.sdks?.find((sdk) => sdk.package === module)?.clients ?? [];
  return clients.map((client) => `${module}:${client}${path.slice("client".length)}`);
}

/** The flow core's name of a callee with its module as an npm package: `npm:stripe@17:new()` is `stripe:new()`. */
export function calleeText(name: string): string {
  const colon = name.lastIndexOf(":");
  return colon < 0 ? name : `${packageOf(name.slice(0, colon)).path}${name.slice(colon)}`;
}
