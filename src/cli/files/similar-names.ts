/** What somebody may have meant who named a file that is not there. */
import { readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearest } from "../../scenario/index.js";
import { shippedScenarios } from "./catalogue.js";

/** A file of a similar name beside `path`, which was called `file`. */
export function similarFile(path: string, file: string): string | undefined {
  try {
    const close = nearest(basename(path), readdirSync(dirname(path)));
    return close === undefined ? undefined : `Did you mean ${join(dirname(file), close)}?`;
  } catch {
    return undefined;
  }
}

/** Such a file, or else a scenario that ships under this or a similar name; `file` is seen from `cwd`. */
export function similarScenario(cwd: string, file: string): string | undefined {
  const path = resolve(cwd, file);
  const close = similarFile(path, file);
  if (close !== undefined) return close;
  const name = basename(path).replace(/\.ya?ml$/u, "");
  const all = shippedScenarios(cwd);
  const shipped = all.find((scenario) => scenario.name === name);
  if (shipped !== undefined) return `Did you mean ${shipped.file}?`;
  const similar = nearest(
    name,
    all.map((scenario) => scenario.name),
  );
  // Only a name may be that of a scenario; what is written as a path is none.
  if (file !== name) return undefined;
  return similar === undefined
    ? "`novasim list` has the names of the scenarios that ship."
    : `Did you mean ${similar}?`;
}

/** A file of a similar name, or what a scenario's name is good for where a recording is wanted. */
export function similarRecording(cwd: string, file: string): string | undefined {
  const ships = shippedScenarios(cwd).some(({ name }) => name === file);
  if (ships) return `It is a scenario that ships: \`novasim run ${file}\` runs it.`;
  return similarFile(resolve(cwd, file), file);
}
