/**
 * How a service declares its options: one function for each type, and `option` to put one into a
 * group or give it the names that it had. Values are not looked up here.
 */
import type { Flag, FlagValue } from "./types.js";

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/**
 * An option that is a whole number, within bounds.
 *
 * @example
 * ```ts
 * import { integerFlag } from "novasim";
 *
 * const boardFlags = { board_size: integerFlag(100, "Notes that it holds", { min: 1 }) } as const;
 * console.log(boardFlags.board_size.default); // 100
 * ```
 */
export const integer = (value: number, help: string, bounds: Bounds = {}): Flag<number> => ({
  type: "integer",
  default: value,
  help,
  ...bounds,
});

/** A number that may be left unset. */
export const optionalInteger = (help: string, bounds: Bounds = {}): Flag<number | null> => ({
  type: "integer",
  default: null,
  help,
  ...bounds,
});

/**
 * 68 years: what people write for "never", 2**31 - 1. A run's clock and its dates hold several times
 * as many seconds, so that no sum of such flags goes past their end.
 */
const LONGEST_WAIT = 2_147_483_647;

/** Whole seconds of virtual time. */
export const wholeSeconds = (value: number, help: string, bounds: Bounds = {}): Flag<number> =>
  integer(value, help, { max: LONGEST_WAIT, ...bounds });

/**
 * An option that is a number.
 *
 * @example
 * ```ts
 * import { floatFlag } from "novasim";
 *
 * const boardFlags = { board_ratio: floatFlag(1.5, "Notes to a page", { min: 0 }) } as const;
 * console.log(boardFlags.board_ratio.default); // 1.5
 * ```
 */
export const float = (value: number, help: string, bounds: Bounds = {}): Flag<number> => ({
  type: "float",
  default: value,
  help,
  ...bounds,
});

/**
 * An option that is on or off.
 *
 * @example
 * ```ts
 * import { booleanFlag } from "novasim";
 *
 * const boardFlags = { board_is_public: booleanFlag(false, "Whether anybody may read it") } as const;
 * console.log(boardFlags.board_is_public.default); // false
 * ```
 */
export const boolean = (value: boolean, help: string): Flag<boolean> => ({
  type: "boolean",
  default: value,
  help,
});

/**
 * An option that is a text, one of `choices` if there are some.
 *
 * @example
 * ```ts
 * import { stringFlag } from "novasim";
 *
 * const boardFlags = { board_colour: stringFlag("green", "Its colour", ["green", "black"]) } as const;
 * console.log(boardFlags.board_colour.default); // green
 * ```
 */
export const string = (value: string, help: string, choices?: readonly string[]): Flag<string> => ({
  type: "string",
  default: value,
  help,
  ...(choices && { choices }),
});

/**
 * An option that may be left unset.
 *
 * @example
 * ```ts
 * import { optionalStringFlag } from "novasim";
 *
 * const boardFlags = { board_title: optionalStringFlag("What stands above it") } as const;
 * console.log(boardFlags.board_title.default); // null
 * ```
 */
export const optionalString = (help: string): Flag<string | null> => ({
  type: "string",
  default: null,
  help,
});

/**
 * Texts with commas between them.
 *
 * @example
 * ```ts
 * import { listFlag } from "novasim";
 *
 * const boardFlags = { board_readers: listFlag(["ann", "bob"], "Who may read it") } as const;
 * console.log(boardFlags.board_readers.default.length); // 2
 * ```
 */
export const list = (value: readonly string[], help: string): Flag<readonly string[]> => ({
  type: "list",
  default: value,
  help,
});

/** A list that may be left unset. */
export const optionalList = (help: string): Flag<readonly string[] | null> => ({
  type: "list",
  default: null,
  help,
});

/** Pairs as in `a:1,b:2`. */
export const dict = (
  value: Readonly<Record<string, string>>,
  help: string,
): Flag<ReadonlyMap<string, string>> => ({
  type: "dict",
  default: new Map(Object.entries(value)),
  help,
});

/** An address; of either kind unless `version` says which. */
export const ip = (value: string, help: string, version?: 4 | 6): Flag<string> => ({
  type: "ip",
  default: value,
  help,
  ...(version !== undefined && { version }),
});

/** An option that may be given many times; every value counts, over all files. */
export const multiString = (value: readonly string[], help: string): Flag<readonly string[]> => ({
  type: "multi",
  default: value,
  help,
});

/**
 * `flag` under the name `name`, which may have a group before its dot. The key by which the service
 * reads it stays accepted as an older name.
 *
 * @example neutron_url: option("neutron.url", string("http://controller:9696", "..."))
 */
export const option = <T extends FlagValue>(
  name: string,
  flag: Flag<T>,
  deprecated: readonly string[] = [],
): Flag<T> => ({ ...flag, name, ...(deprecated.length > 0 && { deprecated }) });

/** `flag`, with a value that is never shown. */
export const secret = <T extends FlagValue>(flag: Flag<T>): Flag<T> => ({ ...flag, secret: true });
