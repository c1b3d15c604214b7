/** Numbers as a reader writes them: `>=400`, `0.2..0.5`, `>100ms`, `2s`. */

export type Range = (value: number) => boolean;

/** How a number is written, and what it is then. */
export interface Unit {
  readonly number: RegExp;
  readonly of: (digits: string, unit: string) => number;
  /** Given to whoever wrote something else. */
  readonly example: string;
}

const SCALES: ReadonlyMap<string, number> = new Map([
  ["us", 1],
  ["µs", 1],
  ["ms", 1_000],
  ["s", 1_000_000],
  ["m", 60_000_000],
]);

export const STATUS: Unit = { number: /(\d{1,3})()/u, of: Number, example: "404 or >=400" };

/** Microseconds; a bare number is seconds since the run began. */
export const MOMENT: Unit = {
  number: /(\d+(?:\.\d+)?)(ms|s|m)?/u,
  of: scaled("s"),
  example: "0.2..0.5, >1.5 or 300ms",
};

/** Microseconds; a bare number is milliseconds. */
export const SPAN: Unit = {
  number: /(\d+(?:\.\d+)?)(us|µs|ms|s|m)?/u,
  of: scaled("ms"),
  example: ">100ms or 1s..5s",
};

/** @returns undefined for what is no range */
export function readRange(text: string, unit: Unit): Range | undefined {
  const { number: one } = unit;
  const bounds = new RegExp(`^(?:${one.source})?\\.\\.(?:${one.source})?$`, "u").exec(text);
  if (bounds !== null && text !== "..") {
    const [, low, lowUnit = "", high, highUnit = ""] = bounds;
    const from = low === undefined ? -Infinity : unit.of(low, lowUnit);
    const to = high === undefined ? Infinity : unit.of(high, highUnit);
    return (value) => from <= value && value <= to;
  }
  const single = new RegExp(`^(>=|<=|>|<|)${one.source}$`, "u").exec(text);
  if (single === null) return undefined;
  const [, sign = "", digits = "", scale = ""] = single;
  const limit = unit.of(digits, scale);
  switch (sign) {
    case ">=":
      return (value) => value >= limit;
    case "<=":
      return (value) => value <= limit;
    case ">":
      return (value) => value > limit;
    case "<":
      return (value) => value < limit;
    default:
      return (value) => value === limit;
  }
}

function scaled(usual: string): Unit["of"] {
  return (digits, unit) => Math.round(Number(digits) * (SCALES.get(unit || usual) ?? 1));
}
