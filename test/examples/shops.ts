import type { RequestListener } from "node:http";
import { listen, type Listening } from "./http.ts";
import { serveAppRoute, servePagesRoute } from "./next-host.ts";
import { startProviderDouble, type ProviderDouble } from "./provider-double.ts";
import type { Provider } from "./webhooks.ts";

/** What of a shop's store the tests look at. */
interface Store {
  customers: Map<string, { points: number }>;
  sellers: Map<string, { balance: number }>;
  orders: Map<string, { status: string; total: number }>;
}

export interface Shop {
  readonly url: string;
  /** The front end's forms for tips and for a seller's balance. */
  readonly tips: string;
  readonly cashOut: string;
  /** Where each provider's webhooks go. */
  readonly webhooks: Readonly<Record<Provider, string>>;
  readonly db: Store;
  /** Fills the store anew. */
  seed(): void;
  /** Resolves when the work that webhooks started is done. */
  drained(): Promise<void>;
}

export interface Shops {
  readonly provider: ProviderDouble;
  readonly shop: Shop;
  readonly repaired: Shop;
  close(): Promise<void>;
}

/** The webhook secret of a provider, and every other secret: made up for this run. */
export function secretOf(name: string): string {
  return `${name}-secret-of-this-run`;
}

/** Starts the shop and its twin beside a double of all providers, with secrets of this test's own. */
export async function startShops(): Promise<Shops> {
  const provider = await startProviderDouble();
  setEnvironment(provider.url);
  const opened: Listening[] = [provider];
  const open = async (handler: RequestListener) => {
    const server = await listen(handler);
    opened.push(server);
    return server.url;
  };
  const shop = {
    ...(await urls(open, {
      express: (await import("../../examples/shop/server/app.ts")).createApp(),
      tips: serveAppRoute(await import("../../examples/shop/app/api/tips/route.ts")),
      cashOut: serveAppRoute(await import("../../examples/shop/app/api/cash-out/route.ts")),
      mintcash: serveAppRoute(await import("../../examples/shop/app/api/webhooks/mintcash/route.ts")),
      paychain: servePagesRoute(await import("../../examples/shop/pages/api/webhooks/paychain.ts")),
    })),
    ...(await import("../../examples/shop/lib/store.ts")),
    drained: () => Promise.resolve(),
  };
  const repaired = {
    ...(await urls(open, {
      express: (await import("../../examples/shop-repaired/server/app.ts")).createApp(),
      tips: serveAppRoute(await import("../../examples/shop-repaired/app/api/tips/route.ts")),
      cashOut: serveAppRoute(await import("../../examples/shop-repaired/app/api/cash-out/route.ts")),
      mintcash: serveAppRoute(await import("../../examples/shop-repaired/app/api/webhooks/mintcash/route.ts")),
      paychain: servePagesRoute(await import("../../examples/shop-repaired/pages/api/webhooks/paychain.ts")),
    })),
    ...(await import("../../examples/shop-repaired/lib/store.ts")),
    drained: (await import("../../examples/shop-repaired/lib/jobs.ts")).drained,
  };
  const close = async () => void (await Promise.all(opened.map((server) => server.close())));
  return { provider, shop, repaired, close };
}

async function urls(
  open: (handler: RequestListener) => Promise<string>,
  handlers: Record<"express" | "tips" | "cashOut" | "mintcash" | "paychain", RequestListener>,
): Promise<Pick<Shop, "url" | "tips" | "cashOut" | "webhooks">> {
  const url = await open(handlers.express);
  const webhooks = {
    paymongo: `${url}/webhooks/paymongo`,
    "swap-pay": `${url}/webhooks/swap-pay`,
    mintcash: await open(handlers.mintcash),
    paychain: await open(handlers.paychain),
  };
  return { url, tips: await open(handlers.tips), cashOut: await open(handlers.cashOut), webhooks };
}

function setEnvironment(providerUrl: string): void {
  for (const name of ["PAYMONGO", "MINTCASH", "SWAP_PAY", "PAYCHAIN"]) {
    process.env[`${name}_API_URL`] = providerUrl;
    process.env[`${name}_WEBHOOK_SECRET`] = secretOf(name);
  }
  for (const name of Object.keys(process.env)) if (/^https?_proxy$/i.test(name)) process.env[name] = "";
  process.env.PAYMENTS_MODE = "test";
  process.env.PAYCHAIN_BUSINESS_ID = "biz-1";
  for (const name of [
    "PAYMONGO_SECRET_KEY",
    "MINTCASH_PUBLIC_KEY",
    "MINTCASH_SECRET_KEY",
    "SWAP_PAY_API_KEY",
    "PAYCHAIN_API_KEY",
    "PAYCHAIN_WEBHOOK_TOKEN",
    "ADMIN_API_KEY",
  ]) {
    process.env[name] = secretOf(name);
  }
}
