import { createHmac } from "node:crypto";
import type { Json } from "./http.ts";
import { secretOf } from "./shops.ts";

export const PROVIDERS = ["paymongo", "swap-pay", "mintcash", "paychain"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** A webhook as it goes over the wire. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Signing {
  /** Unix seconds; now when it is left out. */
  readonly at?: number;
  /** The provider's webhook secret when it is left out. */
  readonly secret?: string;
}

interface Scheme {
  /** The event that says that an order is paid. */
  event(orderId: string, eventId: string): object;
  /** The same event, of live mode. */
  live?(event: Json): object;
  headers(body: string, at: number, secret: string): Record<string, string>;
  readonly secretName: string;
}

const SCHEMES: Readonly<Record<Provider, Scheme>> = {
  paymongo: {
    secretName: "PAYMONGO",
    event: (orderId, eventId) => ({
      data: {
        id: eventId,
        type: "event",
        attributes: {
          type: "payment.paid",
          livemode: false,
          data: {
            id: "pay-1",
            type: "payment",
            attributes: { amount: 1999, currency: "PHP", metadata: { order_id: orderId } },
          },
        },
      },
    }),
    live: ({ data }) => ({ data: { ...data, attributes: { ...data.attributes, livemode: true } } }),
    headers: (body, at, secret) => ({ "Paymongo-Signature": `t=${at},te=${mac(secret, `${at}.${body}`)},li=` }),
  },
  "swap-pay": {
    secretName: "SWAP_PAY",
    event: (orderId, eventId) => ({
      event_id: eventId,
      type: "invoice.paid",
      merchant_id: "merchant-1",
      data: { invoice_id: "invoice-1", order_id: orderId, amount_raw: "341710" },
    }),
    headers: (body, at, secret) => ({ "Swap-Pay-Signature": `t=${at},v1=${mac(secret, `${at}.${body}`)}` }),
  },
  mintcash: {
    secretName: "MINTCASH",
    event: (orderId, eventId) => ({
      eventId,
      event: "payment.succeeded",
      environment: "test",
      apiVersion: "1",
      data: { id: "payment-1", amount: 20.57, metadata: { orderId } },
    }),
    live: (event) => ({ ...event, environment: "live" }),
    headers: (body, _at, secret) => ({ "X-Signature": mac(secret, body) }),
  },
  paychain: {
    secretName: "PAYCHAIN",
    event: (orderId, eventId) => ({
      id: eventId,
      type: "invoice.paid",
      data: { invoiceId: "invoice-1", metadata: { orderId } },
    }),
    headers: (body, at, secret) => ({
      Authorization: `Bearer ${secretOf("PAYCHAIN_WEBHOOK_TOKEN")}`,
      "X-Webhook-Signature": mac(secret, body),
      "X-Webhook-Timestamp": String(at),
    }),
  },
};

/** The event by which a provider says that an order is paid. */
export function paidEvent(provider: Provider, orderId: string, eventId: string): object {
  return SCHEMES[provider].event(orderId, eventId);
}

/** The event of live mode; undefined for a provider whose events do not say their mode. */
export function liveEvent(provider: Provider, event: object): object | undefined {
  return SCHEMES[provider].live?.(event);
}

/** Signs a body, byte for byte, as the provider does. */
export function sign(provider: Provider, body: string, signing: Signing = {}): Delivery {
  const scheme = SCHEMES[provider];
  const at = signing.at ?? Math.floor(Date.now() / 1000);
  const secret = signing.secret ?? secretOf(scheme.secretName);
  return { body, headers: scheme.headers(body, at, secret) };
}

export async function deliver(url: string, delivery: Delivery): Promise<number> {
  const headers = { "Content-Type": "application/json", ...delivery.headers };
  const response = await fetch(url, { method: "POST", headers, body: delivery.body });
  await response.arrayBuffer();
  return response.status;
}

function mac(secret: string, payload: string): string {
  return createHmac("sha256", secret).update(payload).digest("hex");
}
