/**
 * From what was written to what an option reads as: exactly the texts that oslo.config 1.4 takes.
 * Two of its slips are not taken over: bounds and values of 0 are checked like others (CFG-29), as
 * since 1.15, and numbers that are no numbers (`nan`, `inf`) are refused, as JSON has none.
 * Upstream: oslo.config 1.4 `types.py`.
 */
import { isStrictIpv4, isIpv6, bytesRepr, ValueError } from "../../python/index.js";
import type { Flag, FlagValue } from "./types.js";

type AnyFlag = Flag<FlagValue>;

/**
 * `value` as an option of the type of `flag` reads it.
 * @throws ValueError, with oslo.config's words
 */
export function convert(flag: AnyFlag, value: FlagValue): FlagValue {
  if (value === null) return null;
  switch (flag.type) {
    case "integer":
      return toNumber(flag, value, INTEGER, "invalid literal for int() with base 10");
    case "float":
      return toNumber(flag, value, FLOAT, "could not convert string to float");
    case "boolean":
      return toBoolean(value);
    case "string":
      return toChoice(flag, toText(value));
    case "ip":
      return toAddress(flag, toText(value));
    case "list":
      return isList(value) ? value : splitList(toText(value));
    case "dict":
      return value instanceof Map ? value : splitPairs(toText(value));
    case "multi":
      return isList(value) ? value : [toText(value)];
    default:
      return flag.type satisfies never;
  }
}

/** What a flag takes, in a few words for people. */
export function takes(flag: AnyFlag): string {
  const { type, min, max, choices, version } = flag;
  switch (type) {
    case "integer":
    case "float": {
      const number = type === "integer" ? "a whole number" : "a number";
      if (min !== undefined && max !== undefined) return `${number} from ${min} to ${max}`;
      if (min !== undefined) return `${number} of at least ${min}`;
      return max === undefined ? number : `${number} of at most ${max}`;
    }
    case "boolean":
      return "true or false (or 1, 0, on, off, yes, no)";
    case "string":
      return choices === undefined ? "a text" : `one of ${choices.join(", ")}`;
    case "ip":
      return version === undefined ? "an IP address" : `an IPv${version} address`;
    case "list":
      return "texts with commas between them";
    case "dict":
      return "pairs such as a:1,b:2";
    case "multi":
      return "a text, or a list of texts";
    default:
      return type satisfies never;
  }
}

/** Whatever is multiplied by such a number is still one, and a whole one is exact. */
const LARGEST = 1e15;

const INTEGER = /^[+-]?\d+$/u;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;

/** An empty text is no number at all, and that is allowed. */
function toNumber(
  flag: AnyFlag,
  value: NonNullable<FlagValue>,
  right: RegExp,
  wrong: string,
): number | null {
  const text = toText(value).trim();
  if (text === "" && flag.type === "integer") return null;
  const number = Number(text);
  const whole = flag.type !== "integer" || Number.isSafeInteger(number);
  if (!right.test(text) || !Number.isFinite(number) || !whole || typeof value === "boolean") {
    throw new ValueError(`${wrong}: ${bytesRepr(value)}`);
  }
  const { min = -LARGEST, max = LARGEST } = flag;
  if (number < min) throw new ValueError(`Should be greater than or equal to ${min}`);
  if (number > max) throw new ValueError(`Should be less than or equal to ${max}`);
  return number;
}

function toBoolean(value: NonNullable<FlagValue>): boolean {
  if (typeof value === "boolean") return value;
  const word = toText(value).toLowerCase();
  if (["true", "1", "on", "yes"].includes(word)) return true;
  if (["false", "0", "off", "no"].includes(word)) return false;
  throw new ValueError(`Unexpected boolean value ${bytesRepr(value)}`);
}

function toText(value: NonNullable<FlagValue>): string {
  if (typeof value === "object") throw new ValueError(`Unexpected value ${bytesRepr(value)}`);
  return String(value);
}

function toChoice({ choices }: AnyFlag, text: string): string {
  if (choices === undefined || choices.includes(text)) return text;
  throw new ValueError(`Valid values are [${choices.join(", ")}], but found ${bytesRepr(text)}`);
}

function toAddress({ version }: AnyFlag, text: string): string {
  if (version !== 6 && isStrictIpv4(text)) return text;
  if (version !== 4 && isIpv6(text)) return text;
  const kind = version === undefined ? "IPv4 or IPv6" : `an IPv${version}`;
  throw new ValueError(`${text} is not ${kind} address`);
}

function isList(value: FlagValue): value is readonly string[] {
  return Array.isArray(value);
}

/** Empty items stay: `a,,b` has three. */
function splitList(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed === "" ? [] : trimmed.split(",").map((item) => item.trim());
}

/** A piece without a colon belongs to the piece after it: `a,b:1` has the key `a,b`. */
function splitPairs(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (text.trim() === "") return pairs;
  let pending: string | undefined;
  for (const piece of text.trim().split(",")) {
    const pair: string = pending === undefined ? piece : `${pending},${piece}`;
    const colon = pair.indexOf(":");
    pending = colon < 0 ? pair : undefined;
    if (colon < 0) continue;
    const key = pair.slice(0, colon).trim();
    if (key === "") throw new ValueError("Key name should not be empty");
    if (pairs.has(key)) throw new ValueError(`Duplicate key ${key}`);
    pairs.set(key, pair.slice(colon + 1).trim());
  }
  if (pending !== undefined) {
    throw new ValueError('Value should be NAME:VALUE pairs separated by ","');
  }
  return pairs;
}
