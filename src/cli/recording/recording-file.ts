/**
 * A recording in a file, written as the run goes: whatever ends the run, what is there can be read.
 * Never written over anything but another recording.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
  type Stats,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { CliError } from "../exit.js";
import { LineSink } from "./line-sink.js";
import { because, codeOf } from "../files/system-error.js";

export class RecordingFile extends LineSink {
  readonly file: string;
  readonly #fd: number;
  #whole = 0;
  #failure: CliError | undefined;

  /** @throws CliError if `file` cannot be written or is something else than a recording */
  constructor(cwd: string, file: string) {
    super();
    this.file = file;
    const path = resolve(cwd, file);
    refuseOthers(path, file);
    try {
      this.#fd = openSync(path, "w");
    } catch (error) {
      const missing = codeOf(error) === "ENOENT" && !existsSync(dirname(path));
      const hint = missing ? `Make ${dirname(file)} first.` : undefined;
      throw new CliError(`cannot write ${file}: ${because(error)}`, hint);
    }
  }

  /** What went wrong first while it was written. */
  get failure(): CliError | undefined {
    return this.#failure;
  }

  close(): void {
    if (this.#failure === undefined) this.flush();
    closeSync(this.#fd);
  }

  protected override put(text: string): void {
    if (this.#failure !== undefined) return;
    const bytes = Buffer.from(text);
    let done = 0;
    try {
      while (done < bytes.length) done += writeSync(this.#fd, bytes, done);
      this.#whole += bytes.length;
    } catch (error) {
      this.#whole += done === 0 ? 0 : bytes.lastIndexOf("\n", done - 1) + 1;
      this.#cutTornLine();
      this.#failure = new CliError(
        `cannot write ${this.file} any further: ${because(error)}`,
        `What is there can be read (${String(this.#whole)} bytes).`,
      );
    }
  }

  /** Part of the piece may have been written; a reader is better off without it. */
  #cutTornLine(): void {
    try {
      if (fstatSync(this.#fd).isFile()) ftruncateSync(this.#fd, this.#whole);
    } catch {
      // The disk is in trouble already; a torn last line is something readers can bear.
    }
  }
}

const BEGINNING = '{"timeline":';

function refuseOthers(path: string, file: string): void {
  const stats = statsOf(path, file);
  if (stats === undefined || (!stats.isFile() && !stats.isDirectory())) return;
  if (stats.isDirectory()) throw new CliError(`cannot write ${file}: it is a directory`);
  if (stats.size === 0 || firstBytes(path, file) === BEGINNING) return;
  throw new CliError(
    `${file} exists and is not a recording; it is left as it is`,
    "Choose another name after --record, or remove the file first.",
  );
}

function statsOf(path: string, file: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new CliError(`cannot write ${file}: ${because(error)}`);
  }
}

function firstBytes(path: string, file: string): string {
  try {
    const fd = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(BEGINNING.length);
      return buffer.toString("latin1", 0, readSync(fd, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw new CliError(`cannot write ${file}: ${because(error)}`);
  }
}
