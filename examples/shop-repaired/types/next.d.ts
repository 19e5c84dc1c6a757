// Next.js is not installed here; these are the parts of its types that the pages router handler uses.
declare module "next" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export interface NextApiRequest extends IncomingMessage {
    body: any;
    query: Record<string, string | string[] | undefined>;
  }

  export interface NextApiResponse extends ServerResponse {
    status(code: number): this;
    json(body: unknown): void;
  }
}
