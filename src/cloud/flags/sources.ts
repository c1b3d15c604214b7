/** All that a deployment says about flags, read but not judged; and what of it a service reads. */
import type { Source } from "../../framework/flags/index.js";
import { filesOf, readFlagFiles } from "./files.js";
import type { FlagProblem, FlagOptions, FlagCatalogue, FlagFiles } from "./types.js";
import { entriesOf, sourceOfEntries, type Entry } from "./values.js";

export interface FlagSources {
  readonly entries: readonly Entry[];
  /** By file name. */
  readonly files: ReadonlyMap<string, Source>;
  /** What could not even be read. */
  readonly problems: readonly FlagProblem[];
}

export function readFlagSources(
  options: FlagOptions,
  files: FlagFiles,
  catalogue: FlagCatalogue,
): FlagSources {
  const values = entriesOf(options, catalogue);
  const read = readFlagFiles(files, catalogue);
  const problems = [...values.problems, ...read.problems];
  return { entries: values.entries, files: read.sources, problems };
}

/** What `binary` reads: files before `flags`, what is for all before what is for it; later ones win. */
export function sourcesFor({ entries, files }: FlagSources, binary: string): readonly Source[] {
  const read = filesOf(binary).flatMap((file) => files.get(file) ?? []);
  const values = [undefined, binary].map((whose) => sourceOfEntries(entries, whose));
  return [...read, ...values.filter((source) => source.size > 0)];
}
