/**
 * The flags of a cloud: `nova.conf`, so to speak, for all services with sections for single ones.
 * A name that no service reads is refused, with the nearest that one does.
 */
import { FlagError, Flags, type FlagSet, type FlagValues } from "../framework/index.js";
import type { FlagOptions } from "./options.js";

/** Which flags each binary reads. */
export type FlagCatalogue = ReadonlyMap<string, readonly FlagSet[]>;

export class CloudFlags {
  readonly #all: FlagValues;
  readonly #byBinary: ReadonlyMap<string, FlagValues>;

  /** @throws FlagError for a name that no service reads, or a value that its flag cannot have */
  constructor(options: FlagOptions, catalogue: FlagCatalogue) {
    const all: [string, FlagValues[string]][] = [];
    const byBinary = new Map<string, FlagValues>();
    for (const [name, value] of Object.entries(options)) {
      if (isSection(value)) byBinary.set(name, value);
      else all.push([name, value]);
    }
    this.#all = Object.fromEntries(all);
    this.#byBinary = byBinary;
    this.#check(catalogue);
  }

  /** What a process of `binary` reads: its own section first. */
  for(binary: string): Flags {
    return new Flags(this.#byBinary.get(binary) ?? {}, this.#all);
  }

  #check(catalogue: FlagCatalogue): void {
    const everywhere = [...catalogue.values()].flat();
    for (const name of Object.keys(this.#all)) refuseUnknown(name, everywhere, "any service");
    for (const [binary, values] of this.#byBinary) {
      const sets = catalogue.get(binary);
      if (sets === undefined) {
        throw new FlagError(
          `there is no service "${binary}"; there are ${[...catalogue.keys()].join(", ")}`,
        );
      }
      for (const name of Object.keys(values)) refuseUnknown(name, sets, binary);
    }
    for (const [binary, sets] of catalogue) for (const set of sets) this.for(binary).read(set);
  }
}

function isSection(value: FlagOptions[string]): value is FlagValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuseUnknown(name: string, sets: readonly FlagSet[], reader: string): void {
  if (sets.some((set) => Object.hasOwn(set, name))) return;
  throw new FlagError(`no flag "${name}" is read by ${reader}`);
}
