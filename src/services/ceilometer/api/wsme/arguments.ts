/**
 * Arguments out of a URL: `limit=5`, and lists of things whose attributes come in parallel, `q.field=a&q.value=b`.
 * An empty value is None. Upstream: WSME 0.6 `wsme/rest/args.py`.
 */
import type { Query } from "../../../../http/index.js";
import { dictOrder, IndexException, PythonTypeError } from "../../../../python/index.js";
import { UnknownArgument } from "./errors.js";
import { intOf } from "./types.js";

/** What stands in a URL: a text, None, or nothing at all. */
export type Parameter = string | null | undefined;

export class UrlArguments {
  readonly #query: Query;
  readonly #hit = new Set<string>();

  constructor(query: Query) {
    this.#query = query;
  }

  /** @throws ValueError for what is no number */
  integer(name: string): number | null {
    const text = this.#all(name).at(-1);
    return text === undefined || text === "" ? null : intOf(text);
  }

  texts(name: string): readonly (string | null)[] {
    return this.#all(name).map((text) => (text === "" ? null : text));
  }

  /**
   * Things with these attributes, the first of which has the most values.
   * @throws IndexException where it has not
   */
  things<A extends string>(
    name: string,
    attributes: readonly A[],
  ): readonly Readonly<Record<A, Parameter>>[] {
    if (this.#all(name).length > 0) {
      throw new PythonTypeError("__init__() takes exactly 1 argument (2 given)");
    }
    const columns = attributes.map((key) => [key, this.texts(`${name}.${key}`)] as const);
    let size = 0;
    for (const [, values] of columns) {
      if (size > 0 && values.length > size) throw new IndexException("list index out of range");
      size = Math.max(size, values.length);
    }
    return Array.from(
      { length: size },
      (_, at) =>
        Object.fromEntries(columns.map(([key, values]) => [key, values[at]])) as Record<
          A,
          Parameter
        >,
    );
  }

  /** @throws UnknownArgument for what nobody has asked for */
  end(): void {
    const unknown = this.#query.names().filter((name) => !this.#hit.has(name));
    if (unknown.length > 0) throw new UnknownArgument(dictOrder(unknown).join(", "));
  }

  #all(name: string): readonly string[] {
    this.#hit.add(name);
    return this.#query.getAll(name);
  }
}
