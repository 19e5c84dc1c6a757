import type { Readable } from "node:stream";

const NOTHING = Buffer.alloc(0);

/** Takes bytes from a stream as they are asked for; no more is read meanwhile than the stream buffers. */
export class ByteReader {
  readonly #stream: Readable;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #patience: number;
  readonly #silent: Error;
  #rest: Buffer = NOTHING;

  /** `patience` is how long the stream may be silent, in milliseconds, before it fails with an error. */
  constructor(stream: Readable, patience: number, silent: Error) {
    this.#stream = stream;
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#patience = patience;
    this.#silent = silent;
  }

  /** The bytes up to a certain one, which is dropped; undefined when the stream ends before it. */
  async until(byte: number): Promise<Buffer | undefined> {
    let searched = 0;
    for (;;) {
      const at = this.#rest.indexOf(byte, searched);
      if (at >= 0) return this.#take(at, 1);
      searched = this.#rest.length;
      if (!(await this.#more())) return undefined;
    }
  }

  /** So many bytes; fewer when the stream ends before. */
  async bytes(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let wanted = length;
    while (wanted > 0) {
      if (this.#rest.length === 0 && !(await this.#more())) break;
      const part = this.#take(Math.min(wanted, this.#rest.length));
      parts.push(part);
      wanted -= part.length;
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** Drops so many bytes without keeping them. */
  async skip(length: number): Promise<void> {
    let wanted = length;
    while (wanted > 0) {
      if (this.#rest.length === 0 && !(await this.#more())) return;
      wanted -= this.#take(Math.min(wanted, this.#rest.length)).length;
    }
  }

  #take(length: number, dropped = 0): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length + dropped);
    return taken;
  }

  async #more(): Promise<boolean> {
    const timer = setTimeout(() => this.#stream.destroy(this.#silent), this.#patience);
    const { value, done } = await this.#chunks.next().finally(() => clearTimeout(timer));
    if (done) return false;
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return true;
  }
}
