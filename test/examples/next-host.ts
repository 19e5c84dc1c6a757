import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** An app router module, `app/…/route.ts`. */
export interface AppRoute {
  POST(request: Request): Promise<Response>;
}

/** A pages router module, `pages/api/….ts`. */
export interface PagesRoute {
  default(request: IncomingMessage, response: ServerResponse): unknown;
  config?: { api: { bodyParser: boolean } };
}

/** Serves an app router module's POST as Next.js does: web request in, web response out, 500 when it throws. */
export function serveAppRoute(route: AppRoute): RequestListener {
  return async (request, response) => {
    const body = await buffer(request);
    const headers = new Headers(request.headers as Record<string, string>);
    const web = new Request("http://shop.example/", { method: "POST", headers, body });
    const answer = await route.POST(web).catch(() => new Response("{}", { status: 500 }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  };
}

/** Serves a pages router module as Next.js does: the body is parsed unless the module's config says otherwise. */
export function servePagesRoute(route: PagesRoute): RequestListener {
  return async (request: IncomingMessage & { body?: unknown }, response) => {
    if (route.config?.api.bodyParser !== false) {
      const text = (await buffer(request)).toString();
      request.body = text === "" ? "" : JSON.parse(text);
    }
    await route.default(request, withShortcuts(response));
  };
}

function withShortcuts(response: ServerResponse): ServerResponse {
  return Object.assign(response, {
    status(code: number) {
      response.statusCode = code;
      return response;
    },
    json(body: unknown) {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(body));
    },
  });
}
