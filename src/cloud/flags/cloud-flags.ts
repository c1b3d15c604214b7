/**
 * The flags of a cloud: what is given for all services and for single ones, and the texts of their
 * configuration files. A name that no service reads is refused, with the nearest that one does;
 * oslo.config would keep it in silence, and a simulation would quietly be of something else.
 */
import { FlagError, Flags, formatOrigin } from "../../framework/flags/index.js";
import { flagProblems } from "./check.js";
import type { FlagProblem, FlagOptions, FlagFiles, FlagCatalogue } from "./types.js";
import { readFlagSources, sourcesFor, type FlagSources } from "./sources.js";

export class CloudFlags {
  readonly #catalogue: FlagCatalogue;
  readonly #sources: FlagSources;
  readonly #byBinary = new Map<string, Flags>();

  /** @throws FlagError for a name that no service reads, or a value that its flag cannot have */
  constructor(options: FlagOptions, catalogue: FlagCatalogue, files: FlagFiles = {}) {
    this.#catalogue = catalogue;
    this.#sources = readFlagSources(options, files, catalogue);
    const [problem] = flagProblems(this.#sources, catalogue);
    if (problem !== undefined) throw asError(problem);
  }

  /** What a process of `binary` reads; all processes of one binary read the same. */
  for(binary: string): Flags {
    let flags = this.#byBinary.get(binary);
    if (flags === undefined) {
      const sets = this.#catalogue.get(binary) ?? [];
      flags = Flags.of(sourcesFor(this.#sources, binary), sets, binary);
      this.#byBinary.set(binary, flags);
    }
    return flags;
  }
}

function asError({ message, hint, path, key, origin }: FlagProblem): FlagError {
  const inside = [...(path ?? []), ...(key === undefined ? [] : [key])].join(".");
  const where = origin === undefined ? inside : formatOrigin(origin);
  const placed = where === "" || message.includes(where) ? message : `${where}: ${message}`;
  return new FlagError(hint === undefined ? placed : `${placed}. ${hint}`, {
    ...(origin && { origin }),
    ...(hint !== undefined && { hint }),
  });
}
