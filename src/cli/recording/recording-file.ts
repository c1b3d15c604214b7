/**
 * A recording in a file, written as the run goes: whatever ends the run, what is there can be read.
 * Owned by one run (`recording-lock.ts`), and never written over anything but another recording,
 * which is kept until the first line takes its place. OUT may be a pipe or a device; nobody owns those.
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
  writeSync,
  type Stats,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CliError } from "../exit.js";
import { because, codeOf } from "../files/system-error.js";
import { LineSink } from "./line-sink.js";
import { lockRecording } from "./recording-lock.js";

/** How long to leave a pipe alone that is full. */
const PAUSE_MS = 10;

const NOTHING = Buffer.alloc(0);

export class RecordingFile extends LineSink {
  readonly file: string;
  /** A file, not a pipe or a device: what was written can be read again. */
  readonly plain: boolean;
  readonly #fd: number;
  readonly #unlock: () => void;
  /** How much of the file is whole lines; undefined until the first is written. */
  #whole: number | undefined;
  /** What a full pipe did not take. */
  #unsent = NOTHING;
  #closed = false;
  #failure: CliError | undefined;

  /**
   * @param sources what the scenario reads, absolute paths
   * @throws CliError if `file` cannot be written, is something else than a recording, or is written already
   */
  constructor(cwd: string, file: string, sources: Iterable<string> = []) {
    super();
    this.file = file;
    const path = resolve(cwd, file);
    refuseOthers(path, file);
    this.#fd = open(path, file);
    try {
      const stats = fstatSync(this.#fd);
      this.plain = stats.isFile();
      if (this.plain) refuseSources(stats, sources, file);
      this.#unlock = this.plain ? lockRecording(realpathSync(path), file) : () => undefined;
    } catch (error) {
      closeSync(this.#fd);
      throw error;
    }
  }

  /** What went wrong first while it was written. */
  get failure(): CliError | undefined {
    return this.#failure;
  }

  /** Resolves when what was let go of has left: at once, except into a pipe that is full. */
  async drained(): Promise<void> {
    while (this.#unsent.length > 0 && !this.#closed) {
      await setTimeout(PAUSE_MS);
      // The file may have been closed in between, which the compiler cannot see.
      if (!(this.#closed as boolean)) this.#send();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.flush();
    this.#closed = true;
    closeSync(this.#fd);
    this.#unlock();
  }

  protected override put(text: string): void {
    if (this.#failure !== undefined) return;
    const bytes = Buffer.from(text);
    this.#unsent = this.#unsent.length === 0 ? bytes : Buffer.concat([this.#unsent, bytes]);
    this.#send();
  }

  #send(): void {
    const bytes = this.#unsent;
    let done = 0;
    try {
      // A longer recording that was here before must not show behind this one.
      if (this.#whole === undefined && this.plain) ftruncateSync(this.#fd, 0);
      this.#whole ??= 0;
      while (done < bytes.length) done += writeSync(this.#fd, bytes, done);
      this.#whole += bytes.length;
      this.#unsent = NOTHING;
    } catch (error) {
      if (codeOf(error) === "EAGAIN") {
        this.#unsent = bytes.subarray(done);
        return;
      }
      this.#fail(error, bytes.subarray(0, done));
    }
  }

  /** @param sent the part of a piece that was still written */
  #fail(error: unknown, sent: Buffer): void {
    const whole = (this.#whole ?? 0) + Math.max(0, sent.lastIndexOf("\n"));
    this.#whole = whole;
    this.#unsent = NOTHING;
    try {
      // Part of a line is of no use to a reader.
      if (this.plain) ftruncateSync(this.#fd, whole);
    } catch {
      // The disk is in trouble already; a torn last line is something readers can bear.
    }
    this.#failure = new CliError(
      `cannot write ${this.file} any further: ${because(error)}`,
      this.plain ? `What is there can be read (${whole} bytes).` : undefined,
    );
  }
}

/** Not emptied, and without waiting for the other end of a pipe. */
function open(path: string, file: string): number {
  try {
    const { O_WRONLY, O_CREAT, O_NONBLOCK } = constants;
    return openSync(path, O_WRONLY | O_CREAT | O_NONBLOCK, 0o666);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENXIO") {
      throw new CliError(`cannot write ${file}: nobody reads from it`, "Start its reader first.");
    }
    const missing = code === "ENOENT" && !existsSync(dirname(path));
    const hint = missing ? `Make ${dirname(file)} first.` : undefined;
    throw new CliError(`cannot write ${file}: ${because(error)}`, hint);
  }
}

/** Whatever its name, and even if it is empty. */
function refuseSources({ dev, ino }: Stats, sources: Iterable<string>, file: string): void {
  for (const source of sources) {
    const stats = statSync(source, { throwIfNoEntry: false });
    if (stats?.dev !== dev || stats.ino !== ino) continue;
    throw new CliError(
      `${file} is read by the scenario; it is left as it is`,
      "Choose another name after --record.",
    );
  }
}

/** How every recording begins. */
export const BEGINNING = '{"timeline":';

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
