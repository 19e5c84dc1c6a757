import { wordsOf } from "../names.ts";

const RECIPIENT = new Set([
  ...[
    "destination",
    "dest",
    "recipient",
    "recipients",
    "beneficiary",
    "payee",
    "receiver",
    "iban",
    "upi",
    "vpa",
    "bolt11",
    "msisdn",
  ],
]);
/** Words that turn an address or account into somebody else's, or into no place for money at all. */
const OTHER = new Set([
  ...[
    "from",
    "sender",
    "source",
    "email",
    "mail",
    "ip",
    "street",
    "billing",
    "shipping",
    "home",
    "postal",
    "line",
    "city",
    "contract",
    "token",
    "name",
    "type",
  ],
]);
const ACCOUNT_PART = new Set(["number", "no", "id", "connected", "bank", "stripe"]);

/** Whether a name speaks of where money goes: `toAddress`, `account_number`, `beneficiary`, `ln_invoice`. */
export function namesRecipient(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = wordsOf(name);
  const has = (word: string): boolean => words.includes(word);
  if (words.some((word) => OTHER.has(word)) || namesSavedRecord(name)) return false;
  // Which bank it is does not say whose account.
  if (has("bank") && has("code")) return false;
  if (words.some((word) => RECIPIENT.has(word)) || words[0] === "to") return true;
  if (has("address") || has("wallet") || has("pubkey")) return true;
  if (has("account") || has("acct")) return words.some((word) => ACCOUNT_PART.has(word));
  // M-Pesa's name of whoever a business pays.
  if (words.join("") === "partyb") return true;
  if (has("invoice")) return has("ln") || has("lightning");
  return has("phone") || has("mobile") || (has("payment") && has("request") && words.length === 2);
}

/** `walletId`, `address_id`: a record of the project's own, often the one that is paid from. */
export function namesSavedRecord(name: string | undefined): boolean {
  return namesRecordId(name) && wordsOf(name!).some((word) => /^(?:wallet|address)$/.test(word));
}

/** Whether a name is of a record's id, by which an owner's saved recipient can be looked up: `recipientId`. */
export function namesRecordId(name: string | undefined): boolean {
  return name !== undefined && /^(?:id|uuid)$/.test(wordsOf(name).at(-1) ?? "");
}

const MOVES = new Set([
  "payout",
  "payouts",
  "withdraw",
  "withdrawal",
  "withdrawals",
  "transfer",
  "transfers",
  "disburse",
  "disbursement",
  "remit",
  "cashout",
]);
const SENDS = new Set(["send", "pay", "release"]);
const MONEY = new Set([
  ...[
    "eth",
    "ethers",
    "ether",
    "btc",
    "bitcoin",
    "sol",
    "crypto",
    "token",
    "tokens",
    "coin",
    "coins",
    "money",
    "funds",
    "payment",
    "payments",
  ],
  ...["transaction", "usdt", "usdc", "xlm", "invoice", "lightning", "cash", "b2c"],
]);
const ONLY_LOOKS = new Set([
  ...[
    "get",
    "find",
    "list",
    "fetch",
    "verify",
    "validate",
    "check",
    "is",
    "has",
    "can",
    "log",
    "notify",
    "mail",
    "email",
    "history",
    "count",
  ],
  ...[
    "schema",
    "parse",
    "format",
    "cancel",
    "status",
    "read",
    "delete",
    "remove",
    "update",
    "webhook",
    "handle",
    "on",
    "render",
    "use",
    "set",
  ],
  ...[
    "quote",
    "estimate",
    "preview",
    "request",
    "ownership",
    "method",
    "methods",
    "otp",
    "code",
    "confirmation",
  ],
]);

/** Whether a function's name says that it sends money: `createTransfer`, `sendEthers`, `payout`. */
export function namesMoneyMove(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = wordsOf(name);
  if (words.some((word) => ONLY_LOOKS.has(word))) return false;
  const sends = words.some((word) => SENDS.has(word)) && words.some((word) => MONEY.has(word));
  const builds = words.includes("payment") && words.some((word) => word === "tx" || word === "transaction");
  return sends || builds || words.some((word) => MOVES.has(word));
}

/** Whether a table or model holds money that is to be sent, and not the ways in which it may be. */
export function namesMoneyRow(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = wordsOf(name);
  if (
    words.some((word) =>
      /^(?:method|methods|account|accounts|setting|settings|profile|log|logs|limit|limits)$/.test(word),
    )
  )
    return false;
  return words.some((word) => MOVES.has(word));
}
