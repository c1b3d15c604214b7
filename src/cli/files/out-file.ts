/**
 * A file that is made as a whole: written beside its place and moved there at its end, so that nobody finds
 * half of it, and so that it may be made from what it takes the place of. It takes the place of another of its
 * kind alone, which is told by how it begins.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { CliError } from "../exit.js";
import { because, codeOf } from "./system-error.js";

export interface Kind {
  /** What a file is that is none: `not a page of novasim`. */
  readonly name: string;
  /** How every one of them begins; those of which nobody says begin alike. */
  readonly beginning?: string;
  /** The option that names the file. */
  readonly option: string;
}

/** So many characters tell kinds of files apart where nobody says how one begins. */
const BEGINNING = 12;

/**
 * Write `pieces` to `file`.
 * @returns how many bytes that were
 * @throws CliError if it cannot be written, or if something else is there
 */
export function writeOut(
  cwd: string,
  file: string,
  pieces: Iterable<string>,
  { name, beginning, option }: Kind,
): number {
  const path = resolve(cwd, file);
  const there = attempt(file, () => statSync(path, { throwIfNoEntry: false }));
  if (there?.isDirectory() === true) throw new CliError(`cannot write ${file}: it is a directory`);
  // Pipes and devices have no place to be moved to.
  if (there !== undefined && !there.isFile()) return fill(path, file, pieces);
  const made = `${path}.${String(process.pid)}.part`;
  try {
    const bytes = fill(made, file, pieces);
    const bytesOf = (of: string): string =>
      begins(of, file, beginning === undefined ? BEGINNING : Buffer.byteLength(beginning));
    if (there !== undefined && there.size > 0 && bytesOf(path) !== (beginning ?? bytesOf(made))) {
      throw new CliError(
        `${file} exists and is ${name}; it is left as it is`,
        `Choose another name with ${option}, or remove the file first.`,
      );
    }
    attempt(file, () => {
      renameSync(made, path);
    });
    return bytes;
  } finally {
    rmSync(made, { force: true });
  }
}

function fill(path: string, file: string, pieces: Iterable<string>): number {
  const fd = attempt(file, () => openSync(path, "w"));
  let bytes = 0;
  try {
    for (const piece of pieces) {
      const buffer = Buffer.from(piece);
      bytes += buffer.length;
      attempt(file, () => {
        for (let done = 0; done < buffer.length;) done += writeSync(fd, buffer, done);
      });
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}

function begins(path: string, file: string, length: number): string {
  return attempt(file, () => {
    const fd = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(length);
      return buffer.toString("utf8", 0, readSync(fd, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(fd);
    }
  });
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const missing = codeOf(error) === "ENOENT" && !existsSync(dirname(file));
    const hint = missing ? `Make ${dirname(file)} first.` : undefined;
    throw new CliError(`cannot write ${file}: ${because(error)}`, hint);
  }
}
