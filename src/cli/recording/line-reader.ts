/** The lines of a file of any size, read as they are asked for. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { CliError } from "../exit.js";
import { because } from "../files/system-error.js";

const PIECE = 256 * 1024;
/** No entry is as long as this; what has no newline for so long is no timeline. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** @throws CliError if the file cannot be read */
export function* fileLines(cwd: string, file: string): Generator<string, void> {
  const fd = open(resolve(cwd, file), file);
  try {
    const decoder = new StringDecoder("utf8");
    const buffer = Buffer.alloc(PIECE);
    // The beginning of a line whose end has not been read: kept in parts, as lines may be long.
    let parts: string[] = [];
    let held = 0;
    for (;;) {
      const length = read(fd, buffer, file);
      const text = length === 0 ? decoder.end() : decoder.write(buffer.subarray(0, length));
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

function open(path: string, file: string): number {
  try {
    const fd = openSync(path, "r");
    if (!fstatSync(fd).isDirectory()) return fd;
    closeSync(fd);
  } catch (error) {
    throw new CliError(`cannot read ${file}: ${because(error)}`);
  }
  throw new CliError(`cannot read ${file}: it is a directory`);
}

function read(fd: number, buffer: Buffer, file: string): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, null);
  } catch (error) {
    throw new CliError(`cannot read ${file}: ${because(error)}`);
  }
}
