/**
 * The bytes of images and objects, which the simulation knows by size and MD5 alone: in memory while they are
 * few, else in files of a folder that is gone with the process. What has the same sum is kept once.
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataPart } from "../../http/index.js";

/** A body that is longer goes into a file. */
const IN_MEMORY = 2 * 1024 * 1024;
const ZEROS = Buffer.alloc(64 * 1024);

type Kept =
  | { readonly kind: "memory"; readonly bytes: Buffer }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "zeros" };

/** What came in, once all of it has. */
export interface Received {
  readonly bytes: number;
  readonly checksum: string;
  /** All of it, if it is short. */
  readonly short: Buffer | undefined;
}

export class ByteStore {
  readonly #kept = new Map<string, Kept>();
  #folder: string | undefined;
  #files = 0;

  /** Receives one body. */
  receive(): Receiver {
    return new Receiver(() => this.#file());
  }

  /** Keeps what `receiver` has. @returns what it is known by from now on */
  async keep(receiver: Receiver): Promise<Received> {
    const { received, file } = receiver.end();
    const { checksum, short } = received;
    if (file !== undefined) {
      if (this.#kept.has(checksum)) await rm(file, { force: true });
      else {
        const path = join(this.#place(), checksum);
        await rename(file, path);
        this.#kept.set(checksum, { kind: "file", path });
      }
    } else if (short !== undefined && !this.#kept.has(checksum)) {
      this.#kept.set(checksum, { kind: "memory", bytes: short });
    }
    return received;
  }

  /** So many zeros, which nobody has to send. @returns their MD5 */
  zeros(bytes: number): string {
    const hash = createHash("md5");
    for (let left = bytes; left > 0; left -= ZEROS.length)
      hash.update(ZEROS.subarray(0, Math.min(left, ZEROS.length)));
    const checksum = hash.digest("hex");
    if (!this.#kept.has(checksum)) this.#kept.set(checksum, { kind: "zeros" });
    return checksum;
  }

  /** The bytes of `part`; zeros where they were never sent. */
  async *read(part: DataPart): AsyncGenerator<Buffer> {
    if ("text" in part) {
      yield Buffer.from(part.text);
      return;
    }
    const { checksum, start, bytes } = part;
    if (bytes <= 0) return;
    const kept = this.#kept.get(checksum) ?? { kind: "zeros" };
    if (kept.kind === "memory") yield kept.bytes.subarray(start, start + bytes);
    else if (kept.kind === "file") {
      for await (const chunk of createReadStream(kept.path, { start, end: start + bytes - 1 })) {
        yield chunk as Buffer;
      }
    } else {
      for (let left = bytes; left > 0; left -= ZEROS.length) {
        yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
      }
    }
  }

  /** Nothing is kept any more. */
  clear(): void {
    this.#kept.clear();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }

  #file(): string {
    return join(this.#place(), `incoming-${String(++this.#files)}`);
  }

  #place(): string {
    return (this.#folder ??= mkdtempSync(join(tmpdir(), "novasim-serve-")));
  }
}

/** A body on its way in. */
export class Receiver {
  readonly #newFile: () => string;
  readonly #hash: Hash = createHash("md5");
  #chunks: Buffer[] = [];
  #bytes = 0;
  #file: { readonly path: string; readonly fd: number } | undefined;

  constructor(newFile: () => string) {
    this.#newFile = newFile;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws Error of the system if it cannot be written */
  add(chunk: Buffer): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    if (this.#file !== undefined) {
      write(this.#file.fd, chunk);
      return;
    }
    this.#chunks.push(chunk);
    if (this.#bytes <= IN_MEMORY) return;
    const path = this.#newFile();
    this.#file = { path, fd: openSync(path, "wx", 0o600) };
    for (const one of this.#chunks) write(this.#file.fd, one);
    this.#chunks = [];
  }

  end(): { readonly received: Received; readonly file: string | undefined } {
    const short = this.#file === undefined ? Buffer.concat(this.#chunks) : undefined;
    this.#close();
    const checksum = this.#hash.digest("hex");
    return { received: { bytes: this.#bytes, checksum, short }, file: this.#file?.path };
  }

  /** Its sender is gone, or it is too long. */
  abandon(): void {
    this.#close();
    if (this.#file !== undefined) rmSync(this.#file.path, { force: true });
    this.#chunks = [];
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file.fd);
  }
}

function write(fd: number, chunk: Buffer): void {
  for (let done = 0; done < chunk.length;) done += writeSync(fd, chunk, done);
}
