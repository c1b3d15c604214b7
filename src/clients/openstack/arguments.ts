/** The values of options and arguments by `dest`, as a command reads them. */
import type { ArgumentValue } from "../shell/parser/index.js";

export class Arguments {
  readonly #values: ReadonlyMap<string, ArgumentValue>;

  constructor(values: ReadonlyMap<string, ArgumentValue>) {
    this.#values = values;
  }

  /** An empty text counts as none. */
  text(dest: string): string | undefined {
    const value = this.#values.get(dest);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** The same with an empty text as it was given. */
  exactText(dest: string): string | undefined {
    const value = this.#values.get(dest);
    return typeof value === "string" ? value : undefined;
  }

  number(dest: string): number | undefined {
    const value = this.#values.get(dest);
    return typeof value === "number" ? value : undefined;
  }

  /** Of an option that takes a value; `flag` is for one that takes none. */
  boolean(dest: string): boolean | undefined {
    const value = this.#values.get(dest);
    return typeof value === "boolean" ? value : undefined;
  }

  flag(dest: string): boolean {
    return this.#values.get(dest) === true;
  }

  texts(dest: string): readonly string[] {
    return this.#list(dest).map(String);
  }

  /** Of an option that takes `key=value` many times. */
  pairs(dest: string): readonly (readonly [key: string, value: string])[] {
    return this.#list(dest).map((pair) => {
      const [key, value] = Array.isArray(pair) ? (pair as readonly ArgumentValue[]) : [];
      return [String(key), String(value)];
    });
  }

  #list(dest: string): readonly ArgumentValue[] {
    const value = this.#values.get(dest);
    return Array.isArray(value) ? (value as readonly ArgumentValue[]) : [];
  }
}
