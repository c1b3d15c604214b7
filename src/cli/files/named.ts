/**
 * What is meant on the command line where a scenario is wanted: a file, a folder of them, or a
 * scenario that ships by its name alone. A file of that name comes first.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CliError } from "../exit.js";
import { shippedScenarios } from "./catalogue.js";
import { because } from "./system-error.js";

const NAME = /^[a-z0-9][a-z0-9-]*$/u;

/** The files that `words` mean, in order. @throws CliError for a folder without scenarios */
export const scenarioFiles = (cwd: string, words: readonly string[]): string[] =>
  words.flatMap((word) => {
    const path = resolve(cwd, word);
    if (isFolder(path)) return inFolder(path, word);
    if (!NAME.test(word) || existsSync(path)) return [word];
    return shippedScenarios(cwd).find(({ name }) => name === word)?.file ?? word;
  });

/** The one file that `word` means. @throws CliError for a folder */
export function oneScenario(cwd: string, word: string): string {
  if (isFolder(resolve(cwd, word))) throw new CliError(`${word} is a folder`, "Name one scenario.");
  const [file = word] = scenarioFiles(cwd, [word]);
  return file;
}

/** What cannot be looked at is none; whoever reads it says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function inFolder(path: string, word: string): string[] {
  let names: string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    throw new CliError(`cannot read ${word}: ${because(error)}`);
  }
  const found = names.filter((name) => /\.(?:ya?ml|scenario\.m?[jt]s)$/u.test(name)).sort();
  if (found.length > 0) return found.map((name) => join(word, name));
  throw new CliError(
    `there is no scenario in ${word}`,
    "Scenarios are files named *.yaml, or *.scenario.mjs; `novasim init` writes one.",
  );
}
