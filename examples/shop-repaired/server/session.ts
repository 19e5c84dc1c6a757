import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";
import { db } from "../lib/store.ts";

/** Stands in for the shop's login, which is not what this example is about. */
export const signIn: RequestHandler = (req, res) => {
  const customer = db.customers.get(req.body.customerId);
  if (!customer) return void res.status(404).json({ error: "No such customer" });
  const session = randomUUID();
  db.sessions.set(session, customer.id);
  res.status(201).json({ session });
};

export const requireUser: RequestHandler = (req, res, next) => {
  const userId = db.sessions.get(req.get("x-session") ?? "");
  if (!userId) return void res.status(401).json({ error: "Please sign in" });
  res.locals.userId = userId;
  next();
};
