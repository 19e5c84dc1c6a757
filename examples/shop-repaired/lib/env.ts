/** A setting the shop cannot run without; throws at start-up, so that nobody finds out by a lost payment. */
export function requireEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: copy .env.example to .env and fill it in`);
  return value;
}

/** Whether money moves. */
export function paymentsMode(): "test" | "live" {
  const mode = requireEnv("PAYMENTS_MODE");
  if (mode !== "test" && mode !== "live") throw new Error('PAYMENTS_MODE must be "test" or "live"');
  return mode;
}
