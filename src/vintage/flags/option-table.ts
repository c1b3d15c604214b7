/** The options that somebody registered, by group and name. Upstream: `OptGroup` in oslo.config 1.4. */
import { NoSuchOptError } from "../../framework/flags/errors.js";
import { DuplicateOptError, NoSuchGroupError } from "./errors.js";
import { DEFAULT, formatName, namesOf, normalGroup } from "../../framework/flags/names.js";
import { bytesRepr } from "../../python/index.js";
import type { Flag, FlagValue } from "../../framework/flags/types.js";

/** An option, and what code of the process says about it. */
export interface Registered {
  readonly group: string;
  readonly name: string;
  readonly flag: Flag<FlagValue>;
  /** Flat, the present name first. */
  readonly names: readonly string[];
  /** Whether it can be given on a command line. */
  cli: boolean;
  /** Wins over everything else. */
  override?: FlagValue;
  /** In place of its own default. */
  newDefault?: FlagValue;
}

export class OptionTable {
  readonly #groups = new Map<string, Map<string, Registered>>([[DEFAULT, new Map()]]);

  /** @returns false if exactly this option is there already @throws DuplicateOptError for another one */
  add(name: string, flag: Flag<FlagValue>, group: string, cli: boolean): boolean {
    const key = normalGroup(group);
    const options = this.#groups.get(key) ?? new Map<string, Registered>();
    this.#groups.set(key, options);
    const before = options.get(name);
    if (before !== undefined) {
      if (!same(before.flag, flag)) throw new DuplicateOptError(name);
      return false;
    }
    const names = namesOf(formatName({ group: key, name }), flag);
    options.set(name, { group: key, name, flag, names, cli });
    return true;
  }

  addGroup(group: string): void {
    const key = normalGroup(group);
    if (!this.#groups.has(key)) this.#groups.set(key, new Map());
  }

  remove(name: string, group: string): void {
    this.#groups.get(normalGroup(group))?.delete(name);
  }

  find(name: string, group: string): Registered | undefined {
    return this.#groups.get(normalGroup(group))?.get(name);
  }

  /** @throws NoSuchGroupError, NoSuchOptError */
  get(name: string, group: string): Registered {
    if (!this.#groups.has(normalGroup(group))) throw new NoSuchGroupError(group);
    const found = this.find(name, group);
    if (found === undefined) throw new NoSuchOptError(name, group);
    return found;
  }

  hasGroup(group: string): boolean {
    return this.#groups.has(normalGroup(group));
  }

  groups(): string[] {
    return [...this.#groups.keys()].filter((group) => group !== DEFAULT);
  }

  of(group: string): Registered[] {
    return [...(this.#groups.get(normalGroup(group))?.values() ?? [])];
  }

  all(): Registered[] {
    return [...this.#groups.values()].flatMap((options) => [...options.values()]);
  }
}

function same(a: Flag<FlagValue>, b: Flag<FlagValue>): boolean {
  const plain = (flag: Flag<FlagValue>): string => {
    const { default: value, ...rest } = flag;
    return JSON.stringify([
      bytesRepr(value),
      Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)),
    ]);
  };
  return a === b || plain(a) === plain(b);
}
