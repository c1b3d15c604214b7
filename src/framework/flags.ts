/**
 * Options that a deployment sets, as in nova.conf. Each service declares what it reads, with type,
 * default and help; values come from the cloud's flags, for all services or for one. Upstream:
 * oslo.config (cfg.CONF), nova.flags before it.
 */

export type FlagType = "string" | "integer" | "float" | "boolean" | "list";
export type FlagValue = string | number | boolean | readonly string[] | null;

/** One option as its service declares it. */
export interface Flag<T extends FlagValue> {
  readonly type: FlagType;
  readonly default: T;
  readonly help: string;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
}

export type FlagSet = Readonly<Record<string, Flag<FlagValue>>>;

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export const integer = (value: number, help: string, bounds: Bounds = {}): Flag<number> => ({
  type: "integer",
  default: value,
  help,
  ...bounds,
});

export const float = (value: number, help: string, bounds: Bounds = {}): Flag<number> => ({
  type: "float",
  default: value,
  help,
  ...bounds,
});

export const boolean = (value: boolean, help: string): Flag<boolean> => ({
  type: "boolean",
  default: value,
  help,
});

export const string = (value: string, help: string, choices?: readonly string[]): Flag<string> => ({
  type: "string",
  default: value,
  help,
  ...(choices && { choices }),
});

/** An option that may be left unset. */
export const optionalString = (help: string): Flag<string | null> => ({
  type: "string",
  default: null,
  help,
});

export const list = (value: readonly string[], help: string): Flag<readonly string[]> => ({
  type: "list",
  default: value,
  help,
});

/** What a set of flags reads as. */
export type FlagsOf<S extends FlagSet> = {
  readonly [K in keyof S]: S[K] extends Flag<infer T> ? T : never;
};

/** A flag was given a value that it cannot have. */
export class FlagError extends Error {
  override readonly name = "FlagError";
}

export type FlagValues = Readonly<Record<string, FlagValue>>;

/** The values that one process sees: those for its binary before those for all. */
export class Flags {
  readonly #layers: readonly FlagValues[];

  constructor(...layers: readonly FlagValues[]) {
    this.#layers = layers;
  }

  /**
   * The values of `set`.
   * @throws FlagError naming the flag, its value and what it takes
   */
  read<S extends FlagSet>(set: S): FlagsOf<S> {
    const values: Record<string, FlagValue> = {};
    for (const [name, flag] of Object.entries(set)) {
      const layer = this.#layers.find((each) => Object.hasOwn(each, name));
      values[name] = layer === undefined ? flag.default : convert(name, flag, layer[name] ?? null);
    }
    return values as FlagsOf<S>;
  }
}

/** `value` as the flag's type, if it can be that. */
function convert(name: string, flag: Flag<FlagValue>, value: FlagValue): FlagValue {
  const refuse = (takes: string): never => {
    throw new FlagError(`flag ${name} takes ${takes}, not ${JSON.stringify(value)}`);
  };
  if (value === null) return flag.default === null ? null : refuse(`a value of type ${flag.type}`);
  switch (flag.type) {
    case "integer":
    case "float": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      if (typeof number !== "number" || !Number.isFinite(number)) return refuse("a number");
      if (flag.type === "integer" && !Number.isInteger(number)) return refuse("a whole number");
      const { min = -Infinity, max = Infinity } = flag;
      return number < min || number > max ? refuse(`a number ${bounds(flag)}`) : number;
    }
    case "boolean": {
      if (typeof value === "boolean") return value;
      const word = String(value).toLowerCase();
      if (["true", "1", "on", "yes"].includes(word)) return true;
      if (["false", "0", "off", "no"].includes(word)) return false;
      return refuse("true or false");
    }
    case "list":
      if (typeof value === "object") return value.map(String);
      return String(value)
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
    case "string": {
      if (typeof value === "object") return refuse("text");
      const text = String(value);
      if (flag.choices !== undefined && !flag.choices.includes(text)) {
        return refuse(`one of ${flag.choices.join(", ")}`);
      }
      return text;
    }
  }
}

/** `from 1 to 5`, `of at least 0`. */
function bounds({ min, max }: Bounds): string {
  if (min === undefined) return `of at most ${String(max)}`;
  return max === undefined ? `of at least ${String(min)}` : `from ${String(min)} to ${String(max)}`;
}
