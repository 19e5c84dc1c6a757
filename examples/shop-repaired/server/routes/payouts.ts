import { Router } from "express";
import { openPayout } from "../../lib/payouts.ts";
import { db } from "../../lib/store.ts";
import { sendToBank } from "../../services/paymongo.ts";
import { sendToWallet } from "../../services/swap-pay.ts";
import { requireUser } from "../session.ts";

export const payouts = Router();

payouts.use("/payouts", requireUser, (req, res, next) => {
  const seller = [...db.sellers.values()].find((candidate) => candidate.ownerId === res.locals.userId);
  if (!seller) return void res.status(403).json({ error: "You do not sell here" });
  res.locals.seller = seller;
  next();
});

payouts.post("/payouts/bank", async (req, res) => {
  const { seller, userId } = res.locals;
  const account = [...db.bankAccounts.values()].find(
    ({ id, ownerId, verified }) => id === req.body.accountId && ownerId === userId && verified,
  );
  if (!account) return void res.status(404).json({ error: "No such bank account" });
  const payout = openPayout(seller, account.id, req.body.centavos);
  if (!payout) return void res.status(400).json({ error: "Not enough balance" });
  await sendToBank(payout, account);
  payout.status = "sent";
  res.status(202).json({ payoutId: payout.id, balance: seller.balance });
});

payouts.post("/payouts/wallet", async (req, res) => {
  const { seller, userId } = res.locals;
  const wallet = [...db.wallets.values()].find(
    ({ id, ownerId, verified }) => id === req.body.walletId && ownerId === userId && verified,
  );
  if (!wallet) return void res.status(404).json({ error: "No such wallet" });
  const payout = openPayout(seller, wallet.id, req.body.centavos);
  if (!payout) return void res.status(400).json({ error: "Not enough balance" });
  await sendToWallet(payout, wallet);
  payout.status = "sent";
  res.status(202).json({ payoutId: payout.id, balance: seller.balance });
});
