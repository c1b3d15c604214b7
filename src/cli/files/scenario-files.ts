/**
 * Reads scenario files: at most a megabyte of each, and one clear error for what is none. Who names
 * one on the command line may name a pipe as well; what a scenario names is in `beside.ts`.
 */
import { closeSync, fstatSync, openSync } from "node:fs";
import { resolve } from "node:path";
import { loadScenario, MAX_CHARACTERS, type Loaded, type NotLoaded } from "../../scenario/index.js";
import { CliError } from "../exit.js";
import type { SimulatorSession } from "../globals.js";
import type { Io } from "../io.js";
import { BEGINNING } from "../recording/recording-file.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";
import { besideScenario } from "./beside.js";
import { readUpTo } from "./plain-file.js";
import { similarScenario } from "./similar-names.js";
import { because, codeOf } from "./system-error.js";

export interface ReadOptions {
  readonly set?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  /** Told of every file before it is looked for, with its absolute path. */
  readonly onRead?: (path: string) => void;
}

/** @throws CliError if the file cannot be read at all */
export function readScenario(
  { io, simulator }: SimulatorSession,
  file: string,
  options: ReadOptions = {},
): Loaded | NotLoaded {
  const { set = [], seed, onRead = () => undefined } = options;
  onRead(resolve(io.cwd, file));
  const text = readText(io, file);
  if (isRecording(text)) throw recording(file);
  const readFile = besideScenario(io.cwd, file, onRead);
  return loadScenario({ file, text, set, seed, known: simulator.known, readFile });
}

function readText(io: Io, file: string): string {
  const path = resolve(io.cwd, file);
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (error) {
    const hint = codeOf(error) === "ENOENT" ? similarScenario(io.cwd, file) : undefined;
    throw new CliError(`cannot read ${file}: ${because(error)}`, hint);
  }
  try {
    const stats = fstatSync(fd);
    if (stats.isDirectory()) throw new CliError(`cannot read ${file}: it is a directory`);
    const text = new TextDecoder("utf-8").decode(readUpTo(fd, MAX_CHARACTERS + 1));
    if (stats.size > MAX_CHARACTERS && !isRecording(text)) throw tooLarge(file, stats.size);
    return text;
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`cannot read ${file}: ${because(error)}`);
  } finally {
    closeSync(fd);
  }
}

const isRecording = (text: string): boolean => text.startsWith(BEGINNING);

const recording = (file: string): CliError =>
  new CliError(
    `${file} is a recording, not a scenario`,
    `\`${shellLine(["novasim", "show", fileWord(file)])}\` shows it, \`novasim replay\` runs its scenario again.`,
  );

function tooLarge(file: string, size: number): CliError {
  const megabytes = (size / 1e6).toFixed(1);
  return new CliError(
    `${file} is too large for a scenario: ${megabytes} MB, and 1 MB is the limit`,
    "Use `repeat:` for many steps and a number in `computes:` for many hosts.",
  );
}
