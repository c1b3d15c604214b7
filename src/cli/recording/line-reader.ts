/**
 * The lines of a recording of any size, read as they are asked for: while a run goes on, so only
 * from a plain file, which never keeps anybody waiting.
 */
import { closeSync, existsSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { CliError } from "../exit.js";
import { openPlain, type PlainFile } from "../files/plain-file.js";
import { similarRecording } from "../files/similar-names.js";
import { because } from "../files/system-error.js";
import { percent, type Progress } from "../terminal/progress.js";

const PIECE = 256 * 1024;
/** No entry is as long as this; what has no newline for so long is no timeline. */
const LONGEST_LINE = 64 * 1024 * 1024;

function openRecording(cwd: string, file: string): PlainFile {
  const path = resolve(cwd, file);
  try {
    return openPlain(path, file);
  } catch (error) {
    if (!(error instanceof CliError) || existsSync(path)) throw error;
    throw new CliError(error.message, similarRecording(cwd, file));
  }
}

/**
 * Whether the recording in `file` was written to its end: the last newline comes when the run is over.
 * @throws CliError if the file cannot be read
 */
export function isWhole(cwd: string, file: string): boolean {
  const { fd, size } = openRecording(cwd, file);
  try {
    const last = Buffer.alloc(1);
    return size === 0 || read(fd, last, file, size - 1) === 0 || last.toString("latin1") === "\n";
  } finally {
    closeSync(fd);
  }
}

/**
 * @param progress told how much of it has been read
 * @throws CliError if the file cannot be read
 */
export function* fileLines(
  cwd: string,
  file: string,
  progress?: Progress,
): Generator<string, void> {
  const { fd, size } = openRecording(cwd, file);
  let done = 0;
  try {
    const decoder = new StringDecoder("utf8");
    const buffer = Buffer.alloc(PIECE);
    // The beginning of a line whose end has not been read: kept in parts, as lines may be long.
    let parts: string[] = [];
    let held = 0;
    for (;;) {
      const length = read(fd, buffer, file);
      done += length;
      progress?.tell(() => `reading ${file}: ${percent(done, size)}`);
      // What the decoder still holds at the end is part of a character: its line was cut off there.
      const text = decoder.write(buffer.subarray(0, length));
      const [first = "", ...more] = text.split("\n");
      parts.push(first);
      held += first.length;
      const last = more.pop();
      if (last !== undefined) {
        yield parts.join("");
        yield* more;
        parts = [last];
        held = last.length;
      }
      if (length === 0) break;
      if (held > LONGEST_LINE) throw new CliError(`${file} is not a timeline: it has no lines`);
    }
    if (held > 0) yield parts.join("");
  } finally {
    closeSync(fd);
  }
}

function read(fd: number, buffer: Buffer, file: string, from: number | null = null): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, from);
  } catch (error) {
    throw new CliError(`cannot read ${file}: ${because(error)}`);
  }
}
