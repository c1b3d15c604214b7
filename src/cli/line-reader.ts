/** The lines of a file of any size, read as they are asked for. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { CliError } from "./exit.js";
import { because } from "./system-error.js";

const PIECE = 256 * 1024;
/** No entry is as long as this; what has no newline for so long is no timeline. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** @throws CliError if the file cannot be read */
export function* fileLines(cwd: string, file: string): Generator<string, void> {
  const fd = open(resolve(cwd, file), file);
  try {
    const decoder = new StringDecoder("utf8");
    const buffer = Buffer.alloc(PIECE);
    let rest = "";
    for (;;) {
      const length = read(fd, buffer, file);
      rest += length === 0 ? decoder.end() : decoder.write(buffer.subarray(0, length));
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
      if (length === 0) break;
      if (rest.length > LONGEST_LINE)
        throw new CliError(`${file} is not a timeline: it has no lines`);
    }
    if (rest !== "") yield rest;
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
