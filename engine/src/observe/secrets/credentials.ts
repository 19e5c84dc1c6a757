import { detectProviders, providers } from "../../providers/index.ts";
import { wordsOf } from "../names.ts";
import { type Found, type Surroundings, wholly } from "./found.ts";
import { isMonotonous, looksGenerated, namesSample } from "./placeholder.ts";

/** Words that make of a secret's name the name of something about it, or of something public. */
const NOT_THE_SECRET = new Set(
  (
    "public publishable id ids name url uri path file header headers type length placeholder label title message " +
    "error hash hashed prefix regex pattern storage cookie field column param ref arn example sample description " +
    "hint expiry expires version encrypted digest sha1 sha256 sha512 md5 fingerprint checksum count iv salt"
  ).split(" "),
);
const KINDS_OF_KEY = /^(?:api|secret|private|signing|signature|hmac|server|merchant|integrity|encryption)$/;
const KINDS_OF_TOKEN = /^(?:access|api|secret|bearer|callback|verification|webhook)$/;

/** Whether a name is that of the secret half of somebody's credentials. */
function namesCredential(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => NOT_THE_SECRET.has(word))) return false;
  return words.some((word, at) => {
    const before = words[at - 1] ?? "";
    if (/^(?:secret|secrete|passphrase|apikey|apisecret|secretkey)$/.test(word)) return true;
    return (word === "key" && KINDS_OF_KEY.test(before)) || (word === "token" && KINDS_OF_TOKEN.test(before));
  });
}

const PAYMENT =
  /pay(?!load|wall)|merchant|checkout|billing|refund|invoice|commerz|razor|braintree|midtrans|(?:^|[^a-z])(?:ipn|rzp|wallet)(?:[^a-z]|$)/i;

/** Systems whose secrets stand next to payment code and are not about payments. */
const OTHER_SYSTEM =
  /facebook|google|github|twitter|linkedin|instagram|apple_?(?:id|oauth)|aws|amazon|azure|cloudinary|firebase|supabase|send_?grid|mail|smtp|twilio|nexmo|vonage|jwt|session|cookie|csrf|oauth|clerk|openai|slack|discord|telegram|redis|mongo|database|pusher|algolia|mapbox|captcha|sentry|etherscan|infura|alchemy/i;

/** Whether a name speaks of payments: in general, or of a provider that has a file. */
export function namesPayment(name: string): boolean {
  const words = wordsOf(name);
  if (PAYMENT.test(name) || words.includes("ipn")) return true;
  if (providers.some(({ id }) => id !== "generic" && words.includes(id))) return true;
  return detectProviders({ packages: [], text: `${name}=` }).size > 0;
}

/**
 * A text without a shape of its own that is held as payment credentials: by its name, and by the company it keeps.
 * `isPaymentCode` says that the file or the call around it deals with payments.
 */
export function* namedCredentials(
  text: string,
  around: Surroundings,
  isPaymentCode: boolean,
): Generator<Found> {
  const [inner = "", ...outer] = around.names;
  if (around.isSpec || around.names.some(isElsewhere)) return;
  if (isStorePassword(text, inner, isPaymentCode)) {
    yield wholly(text, "store password", "api", "unknown");
  } else if (
    namesCredential(inner) &&
    (isPaymentCode || [inner, ...outer].some(namesPayment)) &&
    looksGenerated(text) &&
    !isPublicByDesign(text)
  ) {
    yield wholly(text, nameOf(inner), /webhook|ipn|callback/i.test(inner) ? "webhooks" : "api");
  }
}

/** Whether a name leads away from a secret of payments: to an example, or to another system. */
function isElsewhere(name: string): boolean {
  return namesSample(name) || (OTHER_SYSTEM.test(name) && !namesPayment(name));
}

/** The password of a shop at its payment provider is short and often chosen: the name has to do. */
function isStorePassword(text: string, name: string, isPaymentCode: boolean): boolean {
  if (!/^\w*store_?-?pass(?:w(?:or)?d)?$/i.test(name)) return false;
  if (text.length < 8 || /[\s<>{}$]|your|change|example|password/i.test(text) || isMonotonous(text))
    return false;
  return text.endsWith("@ssl") || (isPaymentCode && /\d/.test(text));
}

/** What browsers get to see: a payment's own client secret, keys of maps and of hosted databases, signed tokens. */
function isPublicByDesign(text: string): boolean {
  return /^(?:AIza|eyJ|6L[a-zA-Z\d]|pk[_.])|^[a-z]+_\w+_secret_/.test(text);
}

function nameOf(holder: string): string {
  const words = wordsOf(holder);
  if (words.includes("webhook") || words.includes("ipn")) return "webhook secret";
  return words.includes("token") ? "payment API token" : "payment API secret";
}
