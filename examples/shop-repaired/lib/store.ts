/** What a database would hold; in memory, so that the shop runs by itself. All sums are whole centavos. */
export interface Customer {
  id: string;
  name: string;
  points: number;
}

export interface Seller {
  id: string;
  ownerId: string;
  name: string;
  balance: number;
}

export interface BankAccount {
  id: string;
  ownerId: string;
  verified: boolean;
  number: string;
  name: string;
  bic: string;
}

export interface Wallet {
  id: string;
  ownerId: string;
  verified: boolean;
  address: string;
}

export interface Product {
  id: string;
  sellerId: string;
  name: string;
  price: number;
}

export interface Order {
  id: string;
  customerId: string;
  productId: string;
  total: number;
  status: "pending" | "paid" | "refunded";
  paymentId?: string;
}

export interface Payout {
  id: string;
  sellerId: string;
  recipientId: string;
  amount: number;
  status: "open" | "sent";
}

export interface Subscription {
  id: string;
  customerId: string;
}

export const db = {
  customers: new Map<string, Customer>(),
  sellers: new Map<string, Seller>(),
  bankAccounts: new Map<string, BankAccount>(),
  wallets: new Map<string, Wallet>(),
  products: new Map<string, Product>(),
  orders: new Map<string, Order>(),
  payouts: new Map<string, Payout>(),
  /** By customer. */
  subscriptions: new Map<string, Subscription>(),
  sessions: new Map<string, string>(),
  /** Webhook events that have been handled: provider and event id. */
  events: new Set<string>(),
};

/** Empties the store and fills in the goods and people the shop opens with. */
export function seed(): void {
  for (const table of Object.values(db)) table.clear();
  db.customers.set("ana", { id: "ana", name: "Ana", points: 0 });
  db.customers.set("ben", { id: "ben", name: "Ben", points: 0 });
  db.sellers.set("benguet", { id: "benguet", ownerId: "ben", name: "Benguet Roasters", balance: 50_000 });
  db.bankAccounts.set("bank-ben", {
    id: "bank-ben",
    ownerId: "ben",
    verified: true,
    number: "200000000002",
    name: "Benguet Roasters",
    bic: "BNORPHMM",
  });
  db.bankAccounts.set("bank-ana", {
    id: "bank-ana",
    ownerId: "ana",
    verified: true,
    number: "300000000003",
    name: "Ana",
    bic: "BOPIPHMM",
  });
  db.wallets.set("wallet-ben", {
    id: "wallet-ben",
    ownerId: "ben",
    verified: true,
    address: "TBenguetRoasters",
  });
  db.products.set("barako", { id: "barako", sellerId: "benguet", name: "Barako, 250 g", price: 1999 });
  db.products.set("civet", { id: "civet", sellerId: "benguet", name: "Civet, 100 g", price: 110_010 });
}

seed();
