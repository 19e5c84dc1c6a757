import { wordsOf } from "../../names.ts";

/** Words of pages that customers come to after paying. */
const RETURN = /^(?:success|successful|succeeded|thanks?|thankyou|return|returned)$/;
/** Words that say so only next to a payment. */
const MAYBE =
  /^(?:callback|complete|completed|verify|confirm|confirmed|confirmation|result|redirect|status|execute)$/;
const PAYMENT =
  /^(?:pay|paid|pays|payment|payments|checkout|order|orders|purchase|subscription|subscriptions|subscribe|invoice|donation|donations|donate|billing|booking|bookings|cart|stripe|paypal|paystack|flutterwave|razorpay|mollie|paymongo|xendit|sslcommerz|payu|premium|deposit|topup|wallet|charge|transaction|transactions)$/;
/** Other things that succeed, are confirmed, or are done by the shop's own people or by machines. */
const OTHER =
  /^(?:admin|webhooks?|ipn|notify|hooks?|email|emails|mail|auth|oauth|login|signup|register|account|kyc|phone|otp|password|reset|google|facebook|github|upload|invite|staff|manager|cron|test|tests)$/;

export interface Named {
  /** The path that is served. */
  readonly path: string;
  /** The function's name. */
  readonly name: string;
  readonly file: string;
  /** The function's own text. */
  readonly text: string;
}

/** Whether names say that a function serves customers who come back from paying. */
export function saysReturn({ path, name, file, text }: Named): boolean {
  const own = [...wordsOf(lastSteps(path)), ...wordsOf(name)];
  if (own.some((word) => OTHER.test(word)) || wordsOf(path).some((word) => OTHER.test(word))) return false;
  const context = [...wordsOf(path), ...own, ...wordsOf(file.split("/").slice(-3).join("/"))];
  const ofPayment = context.some((word) => PAYMENT.test(word));
  if (own.some((word) => RETURN.test(word)))
    return ofPayment || /payment|checkout|\bpaid\b|order|subscription/i.test(text);
  return ofPayment && own.some((word) => MAYBE.test(word));
}

/** The last two parts of a path that are no parameters. */
function lastSteps(path: string): string {
  return path
    .split("/")
    .filter((part) => part && !/^[:[{*$]/.test(part))
    .slice(-2)
    .join("/");
}
