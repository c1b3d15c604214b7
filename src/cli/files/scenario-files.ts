/** Reads scenario files: at most a megabyte of each, and one clear error for what is none. */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import {
  loadScenario,
  MAX_CHARACTERS,
  nearest,
  type Loaded,
  type NotLoaded,
  type ReadFile,
} from "../../scenario/index.js";
import { shippedScenarios } from "./catalogue.js";
import { CliError } from "../exit.js";
import type { Io } from "../io.js";
import { because, codeOf } from "./system-error.js";

export interface ReadOptions {
  readonly set?: readonly string[] | undefined;
  readonly seed?: number | undefined;
}

/** @throws CliError if the file cannot be read at all */
export function readScenario(io: Io, file: string, options: ReadOptions = {}): Loaded | NotLoaded {
  const text = readText(io, file);
  const { set = [], seed } = options;
  const readFile = (path: string): ReturnType<ReadFile> => readBeside(io, file, path);
  return loadScenario({ file, text, set, seed, known: io.known, readFile });
}

/** A file that a scenario names, by its path from there. */
function readBeside(io: Io, file: string, path: string): ReturnType<ReadFile> {
  try {
    return { text: readText(io, join(dirname(file), path)) };
  } catch (error) {
    if (error instanceof CliError) return { problem: error.message };
    throw error;
  }
}

function readText(io: Io, file: string): string {
  const path = resolve(io.cwd, file);
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (error) {
    const hint = codeOf(error) === "ENOENT" ? didYouMean(path, file) : undefined;
    throw new CliError(`cannot read ${file}: ${because(error)}`, hint);
  }
  try {
    const stats = fstatSync(fd);
    if (stats.isDirectory()) throw directory(path, file);
    if (stats.size > MAX_CHARACTERS) throw tooLarge(file, stats.size);
    return new TextDecoder("utf-8").decode(readUpTo(fd, MAX_CHARACTERS + 1));
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`cannot read ${file}: ${because(error)}`);
  } finally {
    closeSync(fd);
  }
}

/** Pipes and devices have no size to ask for; this much is read of them and no more. */
function readUpTo(fd: number, limit: number): Buffer {
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit) {
    const read = readSync(fd, buffer, length, limit - length, null);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}

function tooLarge(file: string, size: number): CliError {
  const megabytes = (size / 1e6).toFixed(1);
  return new CliError(
    `${file} is too large for a scenario: ${megabytes} MB, and 1 MB is the limit`,
    "If it is a recording, use `novasim replay`.",
  );
}

function directory(path: string, file: string): CliError {
  const inside = readdirSync(path).filter((name) => /\.ya?ml$/u.test(name));
  const hint = inside.length === 0 ? undefined : `In it: ${inside.slice(0, 8).join(", ")}.`;
  return new CliError(`cannot read ${file}: it is a directory`, hint);
}

/** A file of a similar name beside it, or else a scenario that ships under this name. */
function didYouMean(path: string, file: string): string | undefined {
  const close = neighbour(path);
  if (close !== undefined) return `Did you mean ${join(dirname(file), close)}?`;
  const name = basename(path).replace(/\.ya?ml$/u, "");
  const shipped = shippedScenarios().find((scenario) => scenario.name === name);
  return shipped === undefined ? undefined : `Did you mean ${shipped.file}?`;
}

function neighbour(path: string): string | undefined {
  try {
    return nearest(basename(path), readdirSync(dirname(path)));
  } catch {
    return undefined;
  }
}
