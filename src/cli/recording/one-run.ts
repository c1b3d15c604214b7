/** The one run that a command is about: a recording as it is, or a scenario that has to be run for it. */
import { closeSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "../exit.js";
import { scenarioFiles } from "../files/named.js";
import { openPlain, readUpTo } from "../files/plain-file.js";
import { BEGINNING } from "./recording-file.js";

export interface OneRun {
  readonly file: string;
  readonly recorded: boolean;
}

/** @throws CliError for a folder of several */
export function oneRun(cwd: string, word: string): OneRun {
  const found = scenarioFiles(cwd, [word]);
  const [file = word] = found;
  if (found.length > 1) {
    const hint = `Name one of them, such as ${file}.`;
    throw new CliError(`${word} is a folder of ${String(found.length)} scenarios`, hint);
  }
  return { file, recorded: isRecording(cwd, file) };
}

/** By its name, or by how it begins. What is read from a pipe could not be read again. */
export function isRecording(cwd: string, file: string): boolean {
  if (/\.jsonl$/u.test(file)) return true;
  try {
    const { fd } = openPlain(resolve(cwd, file), file);
    try {
      return readUpTo(fd, BEGINNING.length).toString("utf8") === BEGINNING;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    // Whoever reads it says why it cannot be read.
    if (error instanceof CliError) return false;
    throw error;
  }
}
