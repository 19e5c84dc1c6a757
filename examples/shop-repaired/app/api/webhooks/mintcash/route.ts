import { paymentsMode, requireEnv } from "../../../../lib/env.ts";
import { once } from "../../../../lib/events.ts";
import { fulfil } from "../../../../lib/orders.ts";
import { isValidSignature } from "../../../../lib/signature.ts";

const SECRET = requireEnv("MINTCASH_WEBHOOK_SECRET");
const MODE = paymentsMode();

export async function POST(request: Request): Promise<Response> {
  const body = await request.text();
  if (!isValidSignature([body], request.headers.get("x-signature") ?? undefined, SECRET)) {
    return Response.json({ error: "Invalid signature" }, { status: 401 });
  }

  const event = JSON.parse(body);
  if (event.environment !== MODE) return Response.json({ error: "Event of another mode" }, { status: 400 });
  if (event.event === "payment.succeeded") {
    once("mintcash", event.eventId, () => fulfil(event.data.metadata.orderId, event.data.id));
  }
  return Response.json({ received: true });
}
