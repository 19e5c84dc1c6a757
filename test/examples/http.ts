import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** JSON of any shape, as it comes out of the parser. */
export type Json = ReturnType<typeof JSON.parse>;

/** A server of this machine alone, on a port of its own choice. */
export interface Listening {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export async function listen(handler: RequestListener): Promise<Listening> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
