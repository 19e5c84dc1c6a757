/** Whether its signature is checked over the bytes that were received hangs on the file that mounts the router. */
export const ROUTER = `import { createHmac, timingSafeEqual } from "node:crypto";
import { Router } from "express";
export const router = Router();
router.post("/webhooks/paymongo", (req, res) => {
  const expected = createHmac("sha256", process.env.PAYMONGO_WEBHOOK_SECRET).update(req.body).digest();
  const received = Buffer.from(req.headers["paymongo-signature"], "hex");
  if (!timingSafeEqual(expected, received)) return res.status(401).end();
  res.status(200).end();
});
`;

export const app = (parser: string, router = "./webhook.js"): string => `import express from "express";
import { router } from "${router}";

export const app = express();
app.use(express.${parser});
app.use(router);
`;

/** The file `app.js` of an application whose signatures are checked over what was parsed, which is a finding. */
export const PARSING = app("json()");

/** The same over the bytes that were received. */
export const RAW = app('raw({ type: "*/*" })');
