/**
 * What an option is: its type, default, bounds and names, as its service declares it, and what a
 * set of options reads as. Plain data. Upstream: `Opt` and its subclasses in oslo.config 1.4.
 */

/** The option classes of oslo.config: StrOpt, IntOpt, FloatOpt, BoolOpt, ListOpt, DictOpt, IPOpt, MultiStrOpt. */
export type FlagType =
  "string" | "integer" | "float" | "boolean" | "list" | "dict" | "ip" | "multi";

/** What an option may read as, and what may be given for one. */
export type FlagValue =
  string | number | boolean | readonly string[] | ReadonlyMap<string, string> | null;

/** One option as its service declares it. */
export interface Flag<T extends FlagValue> {
  readonly type: FlagType;
  readonly default: T;
  readonly help: string;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  /** 4 or 6: the only kind of address that an `ip` takes. */
  readonly version?: 4 | 6;
  /** Its name where that is not the key of its set: `glance.num_retries` is `[glance] num_retries`. */
  readonly name?: string;
  /** Names by which it went before; a value under its present name counts for more. */
  readonly deprecated?: readonly string[];
  /** Its value is not to be shown. */
  readonly secret?: boolean;
  /** Without a value nothing starts. */
  readonly required?: boolean;
}

/** The options that a service reads, by the names that it reads them by. */
export type FlagSet = Readonly<Record<string, Flag<FlagValue>>>;

/** What a set of flags reads as. */
export type FlagsOf<S extends FlagSet> = {
  readonly [K in keyof S]: S[K] extends Flag<infer T> ? T : never;
};

/** Values by name: `{ shelved_offload_time: 0, "glance.num_retries": 3 }`. */
export type FlagValues = Readonly<Record<string, FlagValue>>;
