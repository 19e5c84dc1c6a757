import { createHmac } from "node:crypto";
import { fulfil } from "../../../../lib/orders.ts";

export async function POST(request: Request): Promise<Response> {
  const event: any = await request.json();
  const signature = request.headers.get("x-signature");
  const expected = createHmac("sha256", process.env.MINTCASH_WEBHOOK_SECRET!)
    .update(JSON.stringify(event))
    .digest("hex");
  if (signature !== expected) {
    return Response.json({ error: "Invalid signature" }, { status: 401 });
  }

  if (event.event === "payment.succeeded") fulfil(event.data.metadata.orderId, event.data.id);
  return Response.json({ received: true });
}
