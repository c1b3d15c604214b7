/**
 * The flags of a cloud: what is given for all services and for single ones, and the texts of their
 * configuration files. A name among the options that no service reads is refused, with the nearest
 * that one does: a simulation would quietly be of something else. In files, which are made for more
 * than is here, such names are ignored, as oslo.config does.
 */
import { FlagError, Flags, formatOrigin } from "../../framework/flags/index.js";
import type { Account } from "../../framework/project.js";
import { accountsOf, type Accounts } from "./accounts.js";
import { controllerAddresses } from "./addresses.js";
import { flagProblems } from "./check.js";
import type { FlagProblem, FlagOptions, FlagFiles, FlagCatalogue } from "./types.js";
import { entriesOf, sourceOfEntries, type Entry } from "./values.js";
import { fileSourcesFor, readFlagSources, sourcesFor, type FlagSources } from "./sources.js";

export class CloudFlags {
  readonly #catalogue: FlagCatalogue;
  readonly #sources: FlagSources;
  /** What its files call the controller. */
  readonly addresses: ReadonlySet<string>;
  readonly #accounts: Accounts;
  readonly #byBinary = new Map<string, Flags>();
  readonly #presets: readonly Entry[];

  /**
   * @param presets what holds where nothing else is said
   * @throws FlagError for a name that no service reads, or a value that its flag cannot have
   */
  constructor(
    options: FlagOptions,
    catalogue: FlagCatalogue,
    files: FlagFiles = {},
    presets: FlagOptions = {},
  ) {
    this.#catalogue = catalogue;
    this.#presets = entriesOf(presets, catalogue).entries;
    this.#sources = readFlagSources(options, files, catalogue);
    const problem = flagProblems(this.#sources, catalogue).find(
      ({ severity }) => severity === undefined,
    );
    if (problem !== undefined) throw asError(problem);
    const { files: texts } = this.#sources;
    this.#accounts = accountsOf(catalogue, (binary) => fileSourcesFor(this.#sources, binary));
    this.addresses = controllerAddresses(texts.values());
  }

  /** The users that its files speak of. */
  get accounts(): readonly Account[] {
    return this.#accounts.users;
  }

  /** What a process of `binary` reads; all processes of one binary read the same. */
  for(binary: string): Flags {
    let flags = this.#byBinary.get(binary);
    if (flags === undefined) {
      const sets = this.#catalogue.get(binary) ?? [];
      const own = sourceOfEntries(this.#presets, binary);
      const login = this.#accounts.presets.get(binary);
      const presets = [...(own.size > 0 ? [own] : []), ...(login === undefined ? [] : [login])];
      flags = Flags.of([...presets, ...sourcesFor(this.#sources, binary)], sets, binary);
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
