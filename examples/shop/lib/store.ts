/** What a database would hold; in memory, so that the shop runs by itself. All sums are pesos. */
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

export const db = {
  customers: new Map<string, Customer>(),
  sellers: new Map<string, Seller>(),
  products: new Map<string, Product>(),
  orders: new Map<string, Order>(),
  sessions: new Map<string, string>(),
};

/** Empties the store and fills in the goods and people the shop opens with. */
export function seed(): void {
  for (const table of Object.values(db)) table.clear();
  db.customers.set("ana", { id: "ana", name: "Ana", points: 0 });
  db.customers.set("ben", { id: "ben", name: "Ben", points: 0 });
  db.sellers.set("benguet", { id: "benguet", ownerId: "ben", name: "Benguet Roasters", balance: 500 });
  db.products.set("barako", { id: "barako", sellerId: "benguet", name: "Barako, 250 g", price: 19.99 });
  db.products.set("civet", { id: "civet", sellerId: "benguet", name: "Civet, 100 g", price: 1100.1 });
}

seed();
