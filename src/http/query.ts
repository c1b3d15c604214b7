/** The query of a URL: names with one or more values, in the order in which they were given. */

export type QueryValue = string | number | boolean | undefined | readonly string[];

export class Query {
  readonly #pairs: readonly (readonly [string, string])[];

  constructor(values: Readonly<Record<string, QueryValue>> = {}) {
    const pairs: [string, string][] = [];
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue;
      if (Array.isArray(value)) for (const each of value as string[]) pairs.push([name, each]);
      else pairs.push([name, String(value as string | number | boolean)]);
    }
    this.#pairs = pairs;
  }

  /** The first value of `name`. */
  get(name: string): string | undefined {
    return this.#pairs.find(([each]) => each === name)?.[1];
  }

  getAll(name: string): string[] {
    return this.#pairs.filter(([each]) => each === name).map(([, value]) => value);
  }

  names(): string[] {
    return [...new Set(this.#pairs.map(([name]) => name))];
  }

  get empty(): boolean {
    return this.#pairs.length === 0;
  }

  /** `?a=1&b=2`, or nothing. */
  toString(): string {
    if (this.#pairs.length === 0) return "";
    const text = this.#pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `?${text.join("&")}`;
  }
}

/** `a=1&b=2`, as at the end of a URL that a person typed. */
export function parseQuery(text: string): Query {
  const values = new Map<string, string[]>();
  for (const part of text.split("&")) {
    if (part === "") continue;
    const [name = "", value = ""] = part.split("=", 2).map((each) => decode(each));
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return new Query(Object.fromEntries(values));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
