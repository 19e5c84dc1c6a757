import type { IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen, type Json, type Listening } from "./http.ts";

/** A request that a shop sent to its payment provider. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Undefined for a request without a body. */
  readonly body: Json;
}

/** Stands for the APIs of all four providers: notes what it is sent, and answers that it was done. */
export interface ProviderDouble extends Listening {
  readonly sent: readonly Sent[];
  /** What a GET of an invoice answers. */
  invoice: object;
  /** The next request is noted and answered with 503. */
  failOnce(): void;
  reset(): void;
}

export async function startProviderDouble(): Promise<ProviderDouble> {
  const sent: Sent[] = [];
  let failing = false;
  const server = await listen(async (request, response) => {
    const bytes = await buffer(request);
    sent.push({
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined,
    });
    const id = `made-${sent.length}`;
    const created = { id, data: { id }, payment_url: "https://pay.example/1" };
    const status = failing ? 503 : 200;
    failing = false;
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(request.method === "GET" ? double.invoice : created));
  });
  const double: ProviderDouble = {
    ...server,
    sent,
    invoice: {},
    failOnce: () => void (failing = true),
    reset() {
      sent.length = 0;
      failing = false;
      double.invoice = {};
    },
  };
  return double;
}
