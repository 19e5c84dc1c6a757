import { Router } from "express";
import payments from "../../config/payments.json" with { type: "json" };
import { db } from "../../lib/store.ts";
import { PAYMONGO_API, paymongoHeaders } from "../../services/paymongo.ts";
import { swapPay } from "../../services/swap-pay.ts";
import { requireUser } from "../session.ts";

export const payouts = Router();

payouts.use("/payouts", requireUser, (req, res, next) => {
  const seller = [...db.sellers.values()].find((candidate) => candidate.ownerId === res.locals.userId);
  if (!seller) return void res.status(403).json({ error: "You do not sell here" });
  const amount = parseFloat(req.body.amount);
  if (!(amount > 0 && amount <= seller.balance))
    return void res.status(400).json({ error: "Not enough balance" });
  res.locals.seller = seller;
  res.locals.amount = amount;
  next();
});

payouts.post("/payouts/bank", async (req, res) => {
  const { seller, amount } = res.locals;
  const response = await fetch(`${PAYMONGO_API}/v2/batch_transfers`, {
    method: "POST",
    headers: paymongoHeaders,
    body: JSON.stringify({
      transfers: [
        {
          source_account: payments.paymongo.sourceAccount,
          destination_account: {
            number: req.body.accountNumber,
            name: req.body.accountName,
            bic: req.body.bic,
          },
          amount: Math.round(amount * 100),
          currency: "PHP",
          provider: "instapay",
        },
      ],
    }),
  });
  if (!response.ok) return void res.status(502).json({ error: "The transfer was not accepted" });
  seller.balance -= amount;
  res.status(202).json({ balance: seller.balance });
});

payouts.post("/payouts/wallet", async (req, res) => {
  const { seller, amount } = res.locals;
  const payout = await swapPay("/payouts", {
    amount: (amount / 58.5).toFixed(2),
    destination: req.body.address,
    destination_memo: req.body.memo,
  });
  seller.balance -= amount;
  res.status(202).json({ payoutId: payout.id, balance: seller.balance });
});
