import { providersOfHost } from "../providers/index.ts";
import { wordsOf } from "./names.ts";

export interface ToldMode {
  readonly mode: "live" | "test";
  /** Id of the provider, where it is known. */
  readonly provider: string | undefined;
}

/** The mode that a host serves, where it serves one alone; a host of no known provider by the word sandbox in it. */
export function modeOfHost(host: string): ToldMode | undefined {
  const known = providersOfHost(host);
  const [first] = known;
  if (first) {
    const provider = known.length === 1 ? first.provider.id : undefined;
    return first.mode !== "any" && known.every(({ mode }) => mode === first.mode)
      ? { mode: first.mode, provider }
      : undefined;
  }
  return /(?:^|[.-])sandbox[.-]/i.test(host) ? { mode: "test", provider: undefined } : undefined;
}

const PAYMENT =
  /PAY|STRIPE|CHECKOUT|BILLING|SQUARE|ADYEN|PLAID|WISE|RAZORPAY|BRAINTREE|MOLLIE|XENDIT|MIDTRANS|SSLC|GATEWAY|MINTCASH|FLUTTERWAVE|FLW|MPESA|CASHFREE|COINBASE/;

/** Whether a setting's name speaks of payments. */
export function namesPaymentSetting(setting: string): boolean {
  return PAYMENT.test(setting);
}

/** Whether a setting says by its name that it holds the mode in which payments run. */
export function namesPaymentMode(setting: string): boolean {
  return /(?:^|_)(?:ENV|ENVIRONMENT|MODE)$/.test(setting) && namesPaymentSetting(setting);
}

/** A setting's name as environment variables are written: `paypal.mode` and `paypalMode` are `PAYPAL_MODE`. */
export function settingName(path: readonly string[]): string {
  return path
    .flatMap((name) => wordsOf(name))
    .join("_")
    .toUpperCase();
}
