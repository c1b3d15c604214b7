/**
 * The flags of one process: what a deployment gives, read as what its services declare. Values never
 * change while a cloud runs, so a set is read once. Upstream: `cfg.CONF` after it was called; the
 * rest of oslo.config, for who needs it, is `registry.ts`.
 */
import { InvariantError } from "../../kernel/index.js";
import { takes } from "./convert.js";
import { FlagError } from "./errors.js";
import { formatName, namesOf, parseName } from "./names.js";
import { Refused, resolve, type Resolved } from "./resolve.js";
import { formatOrigin, lastGiven, sourceOf, type Given, type Source } from "./source.js";
import type { Flag, FlagSet, FlagsOf, FlagValue, FlagValues } from "./types.js";

/** A flag with all its names; the first is the present one. */
interface Declared {
  readonly flag: Flag<FlagValue>;
  readonly names: readonly string[];
}

interface Reader {
  readonly name: string;
  readonly sets: readonly FlagSet[];
}

export class Flags {
  /** Where values come from; the later ones win. */
  readonly sources: readonly Source[];
  /** What may be read, and by whom it is read; without this, anything. */
  #reader: Reader | undefined;
  readonly #read = new Map<FlagSet, unknown>();
  #byName: ReadonlyMap<string, Declared> | undefined;

  /** Plain values (or sources), the winning ones first. */
  constructor(...layers: readonly (FlagValues | Source)[]) {
    this.sources = layers.map((one) => (isSource(one) ? one : sourceOf(one, "flags"))).reverse();
  }

  /**
   * What `reader` reads: `sets` and nothing else. Their options may name each other with `$`. A set
   * is one of them by identity, so it is made once, where it is declared.
   */
  static of(sources: readonly Source[], sets: readonly FlagSet[], reader = "this process"): Flags {
    const flags = new Flags(...sources.toReversed());
    flags.#reader = { name: reader, sets };
    return flags;
  }

  /**
   * The values of `set`.
   * @throws FlagError naming the flag, its value and what it takes; InvariantError for a set that
   * the process does not list
   */
  read<S extends FlagSet>(set: S): FlagsOf<S> {
    const before = this.#read.get(set);
    if (before !== undefined) return before as FlagsOf<S>;
    if (this.#reader?.sets.includes(set) === false) throw notListed(set, this.#reader);
    const values = this.#readNow(set);
    this.#read.set(set, values);
    return values as FlagsOf<S>;
  }

  #readNow(set: FlagSet): Readonly<Record<string, FlagValue>> {
    const { declared, defaults } = declaredIn(set);
    if (defaults !== undefined && declared.every((one) => this.#isDefault(one))) return defaults;
    const values: Record<string, FlagValue> = {};
    for (const one of declared) {
      const { key, flag } = one;
      values[key] =
        one.plain && this.#isDefault(one) ? flag.default : this.#look(one, set, []).value;
    }
    return values;
  }

  #isDefault({ names }: Declared): boolean {
    return !this.sources.some((source) => names.some((name) => source.has(name)));
  }

  /**
   * The value of the flag under `key` of `set`, and where it came from.
   * @throws FlagError as `read` does
   */
  look(key: string, flag: Flag<FlagValue>, set: FlagSet): Resolved {
    return this.#look({ flag, names: namesOf(key, flag) }, set, []);
  }

  #look(declared: Declared, set: FlagSet, on: readonly Declared[]): Resolved {
    const { flag, names } = declared;
    const [name = ""] = names;
    if (on.some((one) => one.flag === flag)) {
      const circle = [...on, declared].map((one) => one.names[0] ?? "").join(" -> ");
      const origin = on[0] && lastGiven(this.sources, on[0].names)?.origin;
      throw new FlagError(`flag ${name} refers to itself: ${circle}`, {
        ...(origin && { origin }),
      });
    }
    const { group } = parseName(name);
    const lookup = (wanted: string): FlagValue => {
      const other = this.#find(wanted, group, set);
      if (other !== undefined) return this.#look(other, set, [...on, declared]).value;
      const unread = this.#unread(wanted, group, [...on, declared]);
      if (unread !== undefined) return unread;
      const origin = lastGiven(this.sources, names)?.origin;
      throw new FlagError(`flag ${name} refers to $${wanted}, and there is no such flag`, {
        hint: "Write $$ for a dollar.",
        ...(origin && { origin }),
      });
    };
    try {
      const found = resolve(flag, names, this.sources, lookup);
      const { value, given } = found;
      if (value === null && flag.default !== null && given !== undefined)
        throw refusal(name, flag, given);
      return found;
    } catch (error) {
      throw error instanceof Refused ? refusal(name, flag, error.given) : error;
    }
  }

  /** What a file gives for an option that nothing here reads, such as `$state_path`. */
  #unread(wanted: string, group: string, on: readonly Declared[]): FlagValue | undefined {
    const names = [formatName({ group, name: wanted }), wanted];
    const given = lastGiven(this.sources, names);
    if (given === undefined) return undefined;
    const flag: Flag<FlagValue> = { type: "string", default: null, help: "" };
    if (on.some((one) => names.includes(one.names[0] ?? ""))) return undefined;
    return this.#look({ flag, names }, {}, on).value;
  }

  /** The option that `$wanted` means in an option of `group`: one of that group before the others. */
  #find(wanted: string, group: string, set: FlagSet): Declared | undefined {
    this.#byName ??= index(this.#reader?.sets ?? []);
    for (const name of new Set([formatName({ group, name: wanted }), wanted])) {
      const flag = Object.hasOwn(set, name) ? set[name] : undefined;
      const found =
        flag === undefined ? this.#byName.get(name) : { flag, names: namesOf(name, flag) };
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** A flag of a set; `plain`: its default names no other. */
interface Member extends Declared {
  readonly key: string;
  readonly plain: boolean;
}

interface Members {
  readonly declared: readonly Member[];
  /** What the set reads as where nothing is given, if no default names another flag. */
  readonly defaults: Readonly<Record<string, FlagValue>> | undefined;
}

/** Sets by identity: what they declare never changes. */
const SETS = new WeakMap<FlagSet, Members>();

function declaredIn(set: FlagSet): Members {
  const known = SETS.get(set);
  if (known !== undefined) return known;
  const declared = Object.entries(set).map(([key, flag]) => ({
    key,
    flag,
    names: namesOf(key, flag),
    plain: ![flag.default].flat().some((one) => typeof one === "string" && one.includes("$")),
  }));
  const defaults = declared.every(({ plain }) => plain)
    ? Object.fromEntries(declared.map(({ key, flag }) => [key, flag.default]))
    : undefined;
  const members = { declared, defaults };
  SETS.set(set, members);
  return members;
}

function notListed(set: FlagSet, { name, sets }: Reader): InvariantError {
  const keys = Object.keys(set).join(", ");
  const twin = sets.some((other) => Object.keys(other).join(", ") === keys);
  return new InvariantError(
    `${name} reads flags that are not listed for it: ${keys}. List the set itself, no copy of it.${twin ? TWICE : ""}`,
  );
}

/** A set that looks like one that is listed comes of another copy of the program. */
const TWICE =
  " If nobody has copied it, novasim is loaded twice here, as vitest does with a package that is linked from a folder; " +
  "say in its configuration `test: { server: { deps: { external: [/novasim/] } } }`";

function isSource(layer: FlagValues | Source): layer is Source {
  return layer instanceof Map;
}

function index(sets: readonly FlagSet[]): ReadonlyMap<string, Declared> {
  const declared = sets.flatMap((set) =>
    Object.entries(set).map(([key, flag]) => ({ flag, names: namesOf(key, flag) })),
  );
  // Later entries win in a Map: present names must not give way to former ones.
  return new Map([
    ...declared.flatMap((one) => one.names.map((name) => [name, one] as const)),
    ...declared.map((one) => [one.names[0] ?? "", one] as const),
  ]);
}

function refusal(name: string, flag: Flag<FlagValue>, { value, origin }: Given): FlagError {
  const written = flag.secret === true ? "what was given" : describe(value);
  const place = origin.line === undefined ? "" : ` (${formatOrigin(origin)})`;
  return new FlagError(`flag ${name} takes ${takes(flag)}, not ${written}${place}`, { origin });
}

function describe(value: FlagValue): string {
  const text = JSON.stringify(value instanceof Map ? Object.fromEntries(value) : value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
