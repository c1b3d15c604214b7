/**
 * What a flag of 2011 takes, by how it was defined. Stricter and looser than oslo.config in its own
 * places: `t` is true and `on` is not, `0x10` is a number, bounds are checked. Upstream:
 * python-gflags 1.3 `ArgumentParser` and its subclasses; messaging §C1.
 */
import { bytesRepr, Exception } from "../../python/index.js";
import type { Flag, FlagType, FlagValue } from "../../framework/flags/types.js";

/** How one kind of flag is read from a command line. */
export interface GflagKind {
  readonly type: FlagType;
  /** Whether it may stand without a value, and as `--no` + its name. */
  readonly boolean: boolean;
  /** Whether every occurrence adds to it. */
  readonly multi: boolean;
  /** @throws IllegalFlagValue without the flag's name */
  readonly parse: (text: string) => FlagValue;
}

/** Base of gflags' errors. */
export class FlagsError extends Exception {
  static override readonly module: string = "gflags";
  override readonly name: string = "FlagsError";
}

export class DuplicateFlagError extends FlagsError {
  override readonly name = "DuplicateFlag";

  constructor(flag: string) {
    super(`The flag '${flag}' is defined twice.`);
  }
}

export class IllegalFlagValue extends FlagsError {
  override readonly name = "IllegalFlagValue";
}

/** Nobody has defined such a flag. */
export class UnrecognizedFlag extends FlagsError {
  override readonly name = "UnrecognizedFlag";
}

const illegal = (why: string): never => {
  throw new IllegalFlagValue(why);
};

const plain = { boolean: false, multi: false } as const;

export const STRING: GflagKind = { ...plain, type: "string", parse: (text) => text };

export const BOOLEAN: GflagKind = {
  ...plain,
  type: "boolean",
  boolean: true,
  parse(text) {
    const word = text.toLowerCase();
    if (["true", "t", "1"].includes(word)) return true;
    if (["false", "f", "0"].includes(word)) return false;
    return illegal("Non-boolean argument to boolean flag");
  },
};

interface Bounds {
  readonly lower_bound?: number | undefined;
  readonly upper_bound?: number | undefined;
}

export const integerKind = (bounds: Bounds): GflagKind => ({
  ...plain,
  type: "integer",
  parse(text) {
    const word = text.trim();
    const right = /^[+-]?\d+$/u.test(word) || /^0x[\da-f]+$/iu.test(word);
    if (!right || !Number.isSafeInteger(Number(word))) {
      return illegal(`invalid literal for int() with base 10: ${bytesRepr(text)}`);
    }
    return within(Number(word), bounds, text, "integer");
  },
});

export const floatKind = (bounds: Bounds): GflagKind => ({
  ...plain,
  type: "float",
  parse(text) {
    const word = text.trim();
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(word)) {
      return illegal(`could not convert string to float: ${text}`);
    }
    return within(Number(word), bounds, text, "number");
  },
});

function within(value: number, bounds: Bounds, text: string, what: string): number {
  const { lower_bound: lower, upper_bound: upper } = bounds;
  if (value >= (lower ?? -Infinity) && value <= (upper ?? Infinity)) return value;
  return illegal(`${text} is not ${boundsInWords(lower, upper, what)}`);
}

function boundsInWords(lower: number | undefined, upper: number | undefined, what: string): string {
  const article = what === "integer" ? "an" : "a";
  if (lower !== undefined && upper !== undefined) {
    return `${article} ${what} in the range [${lower}, ${upper}]`;
  }
  if (lower === 1) return `a positive ${what}`;
  if (lower === 0) return `a non-negative ${what}`;
  return lower === undefined
    ? `${article} ${what} <= ${upper ?? ""}`
    : `${article} ${what} >= ${lower}`;
}

export const enumKind = (values: readonly string[]): GflagKind => ({
  ...plain,
  type: "string",
  parse: (text) =>
    values.includes(text) ? text : illegal(`value should be one of <${values.join("|")}>`),
});

export const LIST: GflagKind = {
  ...plain,
  type: "list",
  parse: (text) => (text === "" ? [] : text.split(",").map((item) => item.trim())),
};

export const SPACESEP_LIST: GflagKind = {
  ...plain,
  type: "list",
  parse: (text) => text.split(/\s+/u).filter((item) => item !== ""),
};

export const MULTI_STRING: GflagKind = {
  ...plain,
  type: "multi",
  multi: true,
  parse: (text) => text,
};

/** A flag of this kind as the registry keeps it. */
export const asFlag = (kind: GflagKind, value: FlagValue, help: string): Flag<FlagValue> => ({
  type: kind.type,
  default: value,
  help,
});
