import { db } from "./store.ts";

/** Does the work unless this event was handled before; an event whose work throws may come again. */
export function once(provider: string, eventId: string, work: () => void): void {
  const key = `${provider}:${eventId}`;
  if (db.events.has(key)) return;
  db.events.add(key);
  try {
    work();
  } catch (error) {
    db.events.delete(key);
    throw error;
  }
}
