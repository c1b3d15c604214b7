/** All that a deployment says about flags, read but not judged; and what of it a service reads. */
import type { Source } from "../../framework/flags/index.js";
import { filesOf, projectOf, readersOf, readFlagFiles } from "./files.js";
import { isFormerNameInJuno } from "./juno-names.js";
import { declaredNames, namesInFiles } from "./names.js";
import type { FlagProblem, FlagOptions, FlagCatalogue, FlagFiles } from "./types.js";
import { entriesOf, sourceOfEntries, type Entry } from "./values.js";

export interface FlagSources {
  readonly entries: readonly Entry[];
  /** By file name: what counts in it. */
  readonly files: ReadonlyMap<string, Source>;
  /** By file name: all that is in it. */
  readonly said: ReadonlyMap<string, Source>;
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
  const counting = new Map(
    [...read.sources].map(([file, source]) => [file, heeded(file, source, catalogue)] as const),
  );
  return { entries: values.entries, files: counting, said: read.sources, problems };
}

/** A name by which only code knows an option is nobody's in a file, as it is nobody's in Juno. */
function heeded(file: string, source: Source, catalogue: FlagCatalogue): Source {
  const readers = readersOf(file, catalogue);
  const sets = readers.flatMap((binary) => catalogue.get(binary) ?? []);
  const project = projectOf(file, catalogue);
  const ours = declaredNames(sets);
  const names = namesInFiles(sets, (name) => isFormerNameInJuno(project, name));
  return new Map([...source].filter(([name]) => names.has(name) || !ours.has(name)));
}

/** What `binary` reads: files before `flags`, what is for all before what is for it; later ones win. */
export function sourcesFor(sources: FlagSources, binary: string): readonly Source[] {
  const { entries } = sources;
  const read = fileSourcesFor(sources, binary);
  const values = [undefined, binary].map((whose) => sourceOfEntries(entries, whose));
  return [...read, ...values.filter((source) => source.size > 0)];
}

/** What `binary` reads of files; later ones win. */
export const fileSourcesFor = ({ files }: FlagSources, binary: string): readonly Source[] =>
  files.size === 0 ? [] : filesOf(binary).flatMap((file) => files.get(file) ?? []);
