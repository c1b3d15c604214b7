/**
 * Configuration files of a deployment, as texts: which service reads which of them, in which order,
 * and what they say. A file may be ini or a flag file of 2011. Upstream: `find_config_files` in
 * oslo.config 1.4 and the `--config-file` options of Ubuntu's packages; messaging §C1, §C2.
 */
import {
  ConfigFileParseError,
  looksLikeFlagfile,
  parseIni,
  readFlagfile,
  type FlagLine,
  type Given,
  type Source,
} from "../../framework/flags/index.js";
import type { ProcessPlan } from "../../framework/project.js";
import { PROJECTS } from "../projects.js";
import type { FlagProblem, FlagCatalogue, FlagFiles } from "./types.js";
import { didYouMean, nearest } from "../../text/nearest.js";
import { declaredNames } from "./names.js";

/** Files that are named after neither a project nor a binary, by who reads them. */
const OTHERS: ReadonlyMap<string, readonly string[]> = new Map(
  PROJECTS.flatMap(({ processes }): readonly ProcessPlan[] => processes).map(
    ({ binary, configFiles = [] }) => [binary, configFiles] as const,
  ),
);

/** The files that `binary` reads, if there are any; the later ones win. */
export function filesOf(binary: string): readonly string[] {
  const [project = binary] = binary.split("-");
  return [...new Set([`${project}.conf`, ...(OTHERS.get(binary) ?? []), `${binary}.conf`])];
}

/** Who reads `file`. */
export function readersOf(file: string, catalogue: FlagCatalogue): readonly string[] {
  return [...catalogue.keys()].filter((binary) => filesOf(binary).includes(file));
}

/** The project whose options the readers of `file` register. */
export function projectOf(file: string, catalogue: FlagCatalogue): string {
  const [reader = ""] = readersOf(file, catalogue);
  return reader.split("-")[0] ?? reader;
}

export interface ReadFiles {
  /** By name; only those that could be read. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly problems: readonly FlagProblem[];
}

/** Read all of `files`. */
export function readFlagFiles(files: FlagFiles, catalogue: FlagCatalogue): ReadFiles {
  const texts = new Map(Object.entries(files));
  const sources = new Map<string, Source>();
  const problems: FlagProblem[] = [];
  const included = new Set<string>();
  const find = (name: string): string | undefined => {
    const short = name.slice(name.lastIndexOf("/") + 1);
    const known = [name, short].find((one) => texts.has(one));
    if (known !== undefined && known !== reading) included.add(known);
    return known === undefined ? undefined : texts.get(known);
  };
  let reading = "";
  for (const [file, text] of texts) {
    if (readersOf(file, catalogue).length === 0) continue;
    reading = file;
    if (looksLikeFlagfile(text)) {
      const { lines, missing } = readFlagfile(file, find);
      for (const { text: line, origin } of missing) {
        const message = `there is no such file: ${line}`;
        problems.push({ message, hint: didYouMean(line, [...texts.keys()]), file, origin });
      }
      sources.set(file, toSource(lines, file, catalogue, problems));
      continue;
    }
    try {
      sources.set(file, parseIni(file, text));
    } catch (error) {
      if (!(error instanceof ConfigFileParseError)) throw error;
      const { line, column, problem } = error;
      const origin = { label: file, line, column };
      problems.push({ message: `this is not ini: ${problem}`, file, origin });
    }
  }
  for (const file of texts.keys()) {
    if (readersOf(file, catalogue).length > 0 || included.has(file)) continue;
    const known = [...new Set([...catalogue.keys()].flatMap(filesOf))];
    const close = nearest(file, known, 2);
    problems.push({
      // Files of services that are not here are many; one that is nearly ours is a slip.
      ...(close === undefined && { severity: "warning" as const }),
      message: `no service reads a file "${file}"`,
      hint: close === undefined ? `Files are ${known.join(", ")}.` : `Did you mean "${close}"?`,
      path: ["flag_files"],
      key: file,
    });
  }
  return { sources, problems };
}

/** The arguments in a flag file as values; what is given twice is kept twice. */
function toSource(
  lines: readonly FlagLine[],
  file: string,
  catalogue: FlagCatalogue,
  problems: FlagProblem[],
): Source {
  const values = new Map<string, Given[]>();
  const declared = declaredNames([...catalogue.values()].flat());
  for (const { text, origin } of lines) {
    const [, flag, given] = /^--?([^=\s]+)(?:(?:=|\s+)(.*))?$/u.exec(text) ?? [];
    if (flag === undefined || !text.startsWith("-")) {
      const hint = "A line of a flag file is --name=value.";
      problems.push({ message: `this is not a flag: ${text}`, hint, file, origin });
      continue;
    }
    const negated = !declared.has(flag) && flag.startsWith("no") ? flag.slice(2) : undefined;
    const off = negated !== undefined && declared.get(negated)?.type === "boolean";
    const name = off ? negated : flag;
    const bare = declared.get(name)?.type === "boolean" ? String(!off) : undefined;
    // A flag that nobody has defined is kept as it is.
    const value = given ?? bare ?? (declared.has(name) ? undefined : "");
    if (value === undefined || (off && given !== undefined)) {
      const message = off ? `--${flag} takes no value` : `flag ${name} needs a value`;
      problems.push({ message, hint: `Write --${name}=value.`, file, origin });
      continue;
    }
    values.set(name, [...(values.get(name) ?? []), { value, origin }]);
  }
  return values;
}
