/**
 * Files that a scenario names, by their paths from it. A scenario may come from anywhere, so they are
 * plain files in its own folder or below, wherever links lead, and no more of them than a recording,
 * which holds their texts, can be replayed with.
 */
import { closeSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { MAX_CHARACTERS, type ReadFile } from "../../scenario/index.js";
import { CliError } from "../exit.js";
import { openPlain, readUpTo } from "./plain-file.js";
import { similarFile } from "./similar-names.js";
import { because, codeOf } from "./system-error.js";

type Answer = ReturnType<ReadFile>;

/**
 * What reads the files that the scenario in `file` names.
 * @param onRead told of each before it is looked for, with its absolute path
 */
export function besideScenario(
  cwd: string,
  file: string,
  onRead: (path: string) => void,
): ReadFile {
  let left = MAX_CHARACTERS;
  return (path) => {
    const name = join(dirname(file), path);
    const full = resolve(cwd, name);
    onRead(full);
    try {
      const folder = realpathSync(dirname(resolve(cwd, file)));
      const real = realpathSync(full);
      if (isOutside(folder, real)) return leadsOut(path, real);
      const { fd, size } = openPlain(real, name);
      try {
        // A file that grows meanwhile is cut off, and then it is too large as well.
        const bytes = size > left ? undefined : readUpTo(fd, left + 1);
        if (bytes === undefined || bytes.length > left) return tooLarge(name);
        left -= bytes.length;
        return { text: new TextDecoder("utf-8").decode(bytes) };
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      if (error instanceof CliError) return { problem: error.message, hint: error.hint };
      const hint = codeOf(error) === "ENOENT" ? similarFile(full, path) : undefined;
      return { problem: `cannot read ${name}: ${because(error)}`, hint };
    }
  };
}

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function leadsOut(path: string, real: string): Answer {
  return {
    problem: `the file ${path} is outside of the folder of the scenario: it is a link to ${real}`,
    hint: "Put the file itself beside the scenario or below.",
  };
}

function tooLarge(name: string): Answer {
  return {
    problem: `${name} is too large: a scenario may name files of 1 MB, all together`,
    hint: "Leave out what only repeats defaults.",
  };
}
