import { statSync } from "node:fs";
import path from "node:path";
import { contains, slashed } from "@paylint/linking";
import { changeGoLive } from "./go-live-file.ts";
import type { GoLive, SignedState, SignOff } from "./go-live.ts";
import { secretIn } from "./secrets.ts";

/** What a person wants to say of an item. */
export interface SignRequest {
  /** Full id of the item. */
  readonly item: string;
  readonly state: SignedState;
  /** `Name <mail>` */
  readonly who: string;
  /** A URL, or a file of the project, relative to its folder. */
  readonly evidence?: string | undefined;
  readonly note?: string | undefined;
  /** Has to be given when the item does not apply. */
  readonly reason?: string | undefined;
}

/** What is known of the moment of signing. */
export interface SigningContext {
  /** The file with the sign-offs, absolute. */
  readonly file: string;
  readonly now: Date;
  /** The commit that is checked out, if any. */
  readonly commit: string | undefined;
  /** Stamp of the code that the item speaks of now; undefined when it speaks of none. */
  readonly code: string | undefined;
  /** Full ids of all items; a new file gets a list for each. */
  readonly items: readonly string[];
}

/** A sign-off that is not taken as it is; the message says what to change. */
export class SignError extends Error {}

const PERSON = /^[^<>\p{Cc}]*[^<>\s\p{Cc}] <[^<>\s@]+@[^<>\s@]+>$/u;
const LONGEST = 2000;

/**
 * Records what a person says of an item.
 * @throws {SignError} when the request is no good
 * @throws {GoLiveError | GoLiveWriteError} when the file is broken or cannot be written
 */
export async function sign(request: SignRequest, context: SigningContext): Promise<SignOff> {
  const signOff = signOffOf(request, context);
  await changeGoLive(context.file, (goLive = emptyGoLive(context.items)) => ({
    ...goLive,
    items: { ...goLive.items, [request.item]: [...(goLive.items[request.item] ?? []), signOff] },
  }));
  return signOff;
}

/** A file without sign-offs. */
export function emptyGoLive(items: readonly string[]): GoLive {
  return { items: Object.fromEntries(items.map((id) => [id, []])) };
}

function signOffOf(request: SignRequest, { file, now, commit, code }: SigningContext): SignOff {
  const who = request.who.trim();
  if (!PERSON.test(who) || who.length > 200)
    throw new SignError(
      `"${who}" is no person: write a name and a mail address, "Ada Example <ada@example.com>".`,
    );
  const evidence = textOf("evidence", request.evidence);
  const note = textOf("note", request.note);
  const reason = textOf("reason", request.reason);
  if (request.state === "not-applicable" && reason === undefined)
    throw new SignError(`Say why ${request.item} does not apply: a reason is needed.`);
  return {
    state: request.state,
    who,
    when: now.toISOString(),
    ...(commit !== undefined && { commit }),
    ...(code !== undefined && { code }),
    ...(evidence !== undefined && { evidence: evidenceOf(evidence, path.dirname(file)) }),
    ...(note !== undefined && { note }),
    ...(reason !== undefined && { reason }),
  };
}

function textOf(name: string, given: string | undefined): string | undefined {
  const text = given?.trim();
  if (!text) return undefined;
  const secret = secretIn(text);
  if (secret !== undefined)
    throw new SignError(
      `The ${name} holds what looks like a secret (${secret}). Sign-offs are for everybody to read: leave it out.`,
    );
  if (text.length > LONGEST) throw new SignError(`The ${name} is longer than ${LONGEST} characters.`);
  return text;
}

/** The evidence as it is written down: a URL as it is, a file relative to the project's folder. */
function evidenceOf(evidence: string, folder: string): string {
  if (/^https?:\/\/\S+$/i.test(evidence)) return evidence;
  const file = path.resolve(folder, evidence);
  if (!contains(folder, file) || !statSync(file, { throwIfNoEntry: false }))
    throw new SignError(`The evidence "${evidence}" is neither a URL nor a file in ${folder}.`);
  return slashed(path.relative(folder, file));
}
