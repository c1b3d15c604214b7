/** Files that novasim writes for people, and writes over only if they are its own. */
import { closeSync, existsSync, openSync, readSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "../exit.js";
import { because } from "./system-error.js";

export interface Own {
  /** What such a file is called: `page`. */
  readonly what: string;
  /** How every one of them begins. */
  readonly beginning: string;
  /** The option that names it. */
  readonly option: string;
}

/** @throws CliError if `file` cannot be written, or is something else than one of these */
export function writeOwn(cwd: string, file: string, text: string, own: Own): void {
  const path = resolve(cwd, file);
  try {
    if (existsSync(path) && !isOwn(path, own.beginning)) {
      throw new CliError(
        `${file} exists and is not a ${own.what} of novasim; it is left as it is`,
        `Choose another name with ${own.option}, or remove the file first.`,
      );
    }
    writeFileSync(path, text);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`cannot write ${file}: ${because(error)}`);
  }
}

function isOwn(path: string, beginning: string): boolean {
  const fd = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(Buffer.byteLength(beginning));
    const length = readSync(fd, buffer, 0, buffer.length, 0);
    return length === 0 || buffer.toString("utf8") === beginning;
  } finally {
    closeSync(fd);
  }
}
