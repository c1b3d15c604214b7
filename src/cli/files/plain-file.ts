/**
 * Opens what must be a plain file: read while nobody can press Ctrl-C, or named by a scenario that
 * came from somewhere. A pipe would keep both waiting for ever, a device never end.
 */
import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { CliError } from "../exit.js";
import { because } from "./system-error.js";

export interface PlainFile {
  readonly fd: number;
  readonly size: number;
}

/**
 * @param file what `path` is called in messages
 * @throws CliError if it is no plain file or cannot be read
 */
export function openPlain(path: string, file: string): PlainFile {
  try {
    refuseOthers(statSync(path), file);
    // Whatever may have taken its place since then: opening does not wait.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(fd);
      refuseOthers(stats, file);
      return { fd, size: stats.size };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`cannot read ${file}: ${because(error)}`);
  }
}

function refuseOthers(stats: Stats, file: string): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw new CliError(`cannot read ${file}: it is a directory`);
  const what = stats.isFIFO() ? "a pipe" : stats.isSocket() ? "a socket" : "a device";
  throw new CliError(`cannot read ${file}: it is ${what}, not a file`);
}

/** At most `limit` bytes from where `fd` stands. What is no plain file has no size to ask for. */
export function readUpTo(fd: number, limit: number): Buffer {
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit) {
    const read = readSync(fd, buffer, length, limit - length, null);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}
