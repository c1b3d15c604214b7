/**
 * The query of a URL: names with one or more values, in the order in which they were given. Written
 * as Python's `urlencode` writes it and read as webob reads it.
 */
import { quotePlus } from "../python/index.js";

export type QueryValue = string | number | boolean | undefined | readonly string[];

type Pair = readonly [name: string, value: string];

export class Query {
  readonly #pairs: readonly Pair[];

  constructor(values: Readonly<Record<string, QueryValue>> | readonly Pair[] = {}) {
    this.#pairs = isPairs(values) ? values : Object.entries(values).flatMap(pairsOf);
  }

  /** The value of `name`; the last one, if it was given more than once. */
  get(name: string): string | undefined {
    return this.#pairs.findLast(([key]) => key === name)?.[1];
  }

  getAll(name: string): string[] {
    return this.#pairs.filter(([key]) => key === name).map(([, value]) => value);
  }

  names(): string[] {
    return [...new Set(this.#pairs.map(([name]) => name))];
  }

  /** All of them, in order. */
  get pairs(): readonly Pair[] {
    return this.#pairs;
  }

  get empty(): boolean {
    return this.#pairs.length === 0;
  }

  /** This query and then `other`. */
  and(other: Query): Query {
    return new Query([...this.#pairs, ...other.#pairs]);
  }

  /** `?a=1&b=2`, or nothing. */
  toString(): string {
    if (this.#pairs.length === 0) return "";
    return `?${this.#pairs.map(([name, value]) => `${quotePlus(name)}=${quotePlus(value)}`).join("&")}`;
  }
}

const isPairs = (values: object): values is readonly Pair[] => Array.isArray(values);

function pairsOf([name, value]: [string, QueryValue]): Pair[] {
  if (value === undefined) return [];
  return typeof value === "object" ? value.map((item) => [name, item]) : [[name, String(value)]];
}

/** `a=1&b=2`, as at the end of a URL that a person typed. */
export function parseQuery(text: string): Query {
  const parts = text.split("&").filter((part) => part !== "");
  return new Query(
    parts.map((part): Pair => {
      const at = part.indexOf("=");
      const [name, value] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
      return [unquote(name.replaceAll("+", " ")), unquote(value.replaceAll("+", " "))];
    }),
  );
}

/** `%2F` as `/`; what is not UTF-8 stays as it is. */
export function unquote(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
