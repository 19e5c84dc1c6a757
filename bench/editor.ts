// `npm run bench:editor [FOLDER]`: how soon an editor shows what Paylint finds. Milliseconds hold for this machine; ratios
// of time, and of processor time, to the ESLint class on the same text, as the ESLint extension runs it, for others, too.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import tsParser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import { findFiles } from "../server/src/project/find.ts";
import paylint from "../eslint-plugin/src/index.ts";
import { EditorServer } from "./editor-server.ts";
import { openTree } from "./tree.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { keys: { type: "string", default: "60" }, files: { type: "string", default: "5000" } },
});

/** Keystrokes that are not counted: the engine is not warm yet. */
const WARM = 15;

/** Of a column. */
const WIDTH = 29;

const temporary = mkdtempSync(path.join(tmpdir(), "paylint-bench-editor-"));
process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));

await typing(Number(values.keys));
await starting();
await folders(positionals[0] ?? grown(Number(values.files)));

async function typing(keys: number): Promise<void> {
  console.log("Keystroke to diagnostics, over stdio; ESLint's own time for the same texts, in its process");
  for (const [what, oneIn] of [
    ["one function in ten moves money", 10],
    ["every function moves money", 1],
  ] as const) {
    console.log(`\n${what}\n`);
    row("lines", "median", "95 %", "goal", "ESLint, no rules", "ESLint, our preset");
    for (const [lines, goal] of [
      [200, 30],
      [1000, 60],
      [5000, 200],
    ] as const) {
      const text = program(lines, oneIn);
      const own = await typed(text, keys);
      const bare = await typedInEslint(text, Math.min(keys, 20), []);
      const preset = await typedInEslint(text, Math.min(keys, 20), [paylint.configs.recommended].flat());
      const { taken } = own;
      const cells = [
        ms(at(taken, 0.5)),
        ms(at(taken, 0.95)),
        `< ${goal} ms`,
        times(bare, own),
        times(preset, own),
      ];
      row(String(lines), ...cells);
    }
  }
}

/** What keystrokes took, in milliseconds. */
interface Typed {
  readonly taken: readonly number[];
  /** Processor time of each; undefined where the system does not tell. */
  readonly processor: number | undefined;
}

/** The median, and how often what we take that is; on a busy machine the processor time says more. */
function times(other: Typed, own: Typed): string {
  const elapsed = at(other.taken, 0.5);
  const ratios = [elapsed / at(own.taken, 0.5)];
  if (own.processor !== undefined && other.processor !== undefined)
    ratios.push(other.processor / own.processor);
  return `${ms(elapsed)} = ${ratios.map((ratio) => ratio.toFixed(1)).join(" or ")} x`;
}

/** Types in the middle of a text. */
async function typed(text: string, keys: number): Promise<Typed> {
  const uri = pathToFileURL(path.join(temporary, "typed.ts")).href;
  const server = await EditorServer.start();
  await server.open(uri, text);
  let version = 1;
  const type = async (): Promise<number> => {
    const begun = performance.now();
    await server.type(uri, ++version, middleOf(text), "x;\n");
    return performance.now() - begun;
  };
  for (let key = 0; key < WARM; key++) await type();
  const taken: number[] = [];
  const before = server.processor;
  for (let key = 0; key < keys; key++) taken.push(await type());
  const after = server.processor;
  await server.stop();
  const processor = before === undefined || after === undefined ? undefined : (after - before) / keys;
  return { taken, processor };
}

async function typedInEslint(text: string, keys: number, configs: readonly Linter.Config[]): Promise<Typed> {
  const eslint = new ESLint({
    cwd: temporary,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ["**/*.ts"], languageOptions: { parser: tsParser as Linter.Parser } },
      ...configs,
    ],
  });
  const lines = text.split("\n");
  const type = async (): Promise<number> => {
    lines.splice(middleOf(text), 0, "x;");
    const begun = performance.now();
    await eslint.lintText(lines.join("\n"), { filePath: path.join(temporary, "typed.ts") });
    return performance.now() - begun;
  };
  for (let key = 0; key < WARM; key++) await type();
  const taken: number[] = [];
  const before = process.cpuUsage();
  for (let key = 0; key < keys; key++) taken.push(await type());
  const { user, system } = process.cpuUsage(before);
  return { taken, processor: (user + system) / 1000 / keys };
}

async function starting(): Promise<void> {
  const taken: number[] = [];
  for (let round = 0; round < 7; round++) {
    const begun = performance.now();
    const server = await EditorServer.start();
    await server.open(pathToFileURL(path.join(temporary, "first.ts")).href, program(200, 10));
    taken.push(performance.now() - begun);
    await server.stop();
  }
  console.log(`\nStart of the process to the first diagnostics, 200 lines: ${ms(at(taken, 0.5))}`);
}

async function folders(folder: string): Promise<void> {
  const { targets } = findFiles(["."], { cwd: folder, gitignore: true, ignores: () => false });
  const storage = path.join(temporary, "storage");
  const [cold, warm] = [await scanned(folder, storage), await scanned(folder, storage)];
  console.log(`\n${targets.length} files, from the start of the process to all diagnostics\n`);
  row("", "time", "findings", "memory");
  row("first start", ms(cold.taken), String(cold.findings), cold.memory);
  row("next start", ms(warm.taken), String(warm.findings), warm.memory);
  console.log(`\nThe next start is ${(cold.taken / warm.taken).toFixed(1)} times as fast; goal: at least 10`);
}

async function scanned(
  folder: string,
  storage: string,
): Promise<{ taken: number; findings: number; memory: string }> {
  const begun = performance.now();
  const server = await EditorServer.start({
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "tree" }],
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { storage },
  });
  const findings = await server.workspace();
  const taken = performance.now() - begun;
  const { memory } = server;
  await server.stop();
  return { taken, findings, memory: memory === undefined ? "" : `${memory.toFixed(0)} MB` };
}

/** The tree of the other comparisons, several times, until it has so many files. */
function grown(files: number): string {
  const { folder } = openTree(undefined);
  const all = path.join(temporary, "tree");
  const count = (): number =>
    findFiles(["."], { cwd: all, gitignore: true, ignores: () => false }).targets.length;
  for (let copy = 0; copy === 0 || count() < files; copy++)
    cpSync(folder, path.join(all, `copy-${copy}`), { recursive: true });
  return all;
}

/** A file with so many lines: one function in so many moves money, the others are what any program consists of. */
function program(lines: number, oneIn: number): string {
  let text = `import { createHmac, timingSafeEqual } from "node:crypto";
import Stripe from "stripe";
import { orders, type Order } from "./orders";
const stripe = new Stripe(process.env.STRIPE_KEY!);
`;
  for (let at = 0; text.split("\n").length < lines; at++)
    text += at % oneIn === 0 ? payment(at) : ordinary(at);
  return text;
}

function payment(at: number): string {
  return `
export function isGenuine${at}(body: Buffer, signature: string): boolean {
  const expected = createHmac("sha256", process.env.SECRET_${at}!).update(body).digest();
  const received = Buffer.from(signature, "hex");
  return expected.length === received.length && timingSafeEqual(expected, received);
}

export async function charge${at}(orderId: string, price: number) {
  const order = await orders.find(orderId);
  if (!order || order.paid) return undefined;
  const intent = await stripe.paymentIntents.create(
    { amount: ${at % 20 === 0 ? "price * 100" : "Math.round(price * 100)"}, currency: "eur" },
    { idempotencyKey: \`charge-\${orderId}\` },
  );
  await orders.update(orderId, { intent: intent.id, items: order.items.map((item) => ({ ...item })) });
  return intent.client_secret;
}
`;
}

function ordinary(at: number): string {
  return `
/** Groups entries by what a person sees first. */
export function group${at}(entries: readonly Order[], wanted: ReadonlySet<string>): Map<string, Order[]> {
  const groups = new Map<string, Order[]>();
  for (const entry of entries) {
    if (!wanted.has(entry.id) && entry.label.trim() === "") continue;
    const key = entry.label.slice(0, 1).toLowerCase();
    const known = groups.get(key);
    if (known) known.push(entry);
    else groups.set(key, [entry]);
  }
  for (const [key, found] of groups) {
    found.sort((a, b) => (a.label < b.label ? -1 : 1));
    if (found.length > ${at + 3}) groups.set(key, found.slice(0, ${at + 3}));
  }
  return groups;
}
`;
}

/** Where is typed: between two functions, so that the text stays a program. */
function middleOf(text: string): number {
  const lines = text.split("\n");
  return lines.findIndex((line, at) => at >= lines.length / 2 && line === "");
}

function at(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 100 ? 1 : 0)} ms`;
}

function row(first: string, ...others: readonly string[]): void {
  console.log(first.padEnd(12) + others.map((cell) => cell.padStart(WIDTH)).join(""));
}
