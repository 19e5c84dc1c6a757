import { amounts } from "./amounts.ts";
import { comparisons } from "./comparisons.ts";
import { environmentKeys } from "./environments/keys.ts";
import { environmentSettings } from "./environments/hosts-and-modes.ts";
import { addresses } from "./exposure/addresses.ts";
import { browserExposures } from "./exposure/browser.ts";
import { errorAnswers } from "./exposure/error-answers.ts";
import { logs } from "./exposure/logs.ts";
import { sandboxFallbacks } from "./exposure/sandbox-fallbacks.ts";
import { tls } from "./exposure/tls.ts";
import { moneyCalls } from "./money-calls.ts";
import type { Observer } from "./observer.ts";
import { paymentUrls } from "./payment-urls/index.ts";
import { recipients } from "./recipients/index.ts";
import { secrets } from "./secrets.ts";
import { returnPages } from "./webhooks/return-pages.ts";
import { webhookHandlers } from "./webhooks/webhook-handlers.ts";
import { signatureChecks } from "./webhooks/signature-checks.ts";
import { signedPayloads } from "./signed-payload.ts";

/** All observers, in the order in which their findings are reported for one place. */
export const observers: readonly Observer[] = [
  signedPayloads,
  comparisons,
  amounts,
  moneyCalls,
  recipients,
  secrets,
  webhookHandlers,
  signatureChecks,
  returnPages,
  logs,
  tls,
  addresses,
  browserExposures,
  sandboxFallbacks,
  errorAnswers,
  paymentUrls,
  environmentSettings,
  environmentKeys,
];
