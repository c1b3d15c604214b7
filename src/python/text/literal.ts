/**
 * `ast.literal_eval`: a value as Python writes it, out of a text that somebody typed. Texts,
 * numbers, None, True, False, lists and dictionaries; a key that is no text is written as one. Upstream:
 * the module ast of CPython 2.7.
 */
import { ValueError } from "../exception.js";
import { setMember, type Json } from "../json.js";
import { str } from "./text.js";

/** @throws ValueError for what is no literal */
export function pythonLiteral(text: string): Json {
  const reader = new Reader(text);
  const value = reader.value();
  if (!reader.atEnd) throw malformed();
  return value;
}

const malformed = (): ValueError => new ValueError("malformed string");

const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["None", null],
  ["True", true],
  ["False", false],
]);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Deeper than that, Python's own parser gives up. */
const DEEPEST = 90;

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    this.#blanks();
    return this.#at === this.#text.length;
  }

  value(): Json {
    this.#blanks();
    if (++this.#depth > DEEPEST) throw malformed();
    try {
      return this.#any();
    } finally {
      this.#depth--;
    }
  }

  #any(): Json {
    if (this.#takes("{")) return this.#dict();
    if (this.#takes("[")) return this.#items("]", () => this.value());
    if (this.#takes("(")) return this.#items(")", () => this.value());
    const quoted = this.#match(/[uU]?(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/y);
    if (quoted !== undefined) {
      const inside = quoted[1] ?? quoted[2] ?? "";
      return inside.replace(/\\(.)/g, (_, sign: string) => ESCAPES.get(sign) ?? sign);
    }
    const number = this.#match(/-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return Number(number[0]);
    const word = this.#match(/[A-Za-z]+/y)?.[0] ?? "";
    const found = WORDS.get(word);
    if (found === undefined) throw malformed();
    return found;
  }

  #dict(): Json {
    const dict = {};
    this.#items("}", () => {
      const key = str(this.value());
      this.#blanks();
      if (!this.#takes(":")) throw malformed();
      setMember(dict, key, this.value());
      return null;
    });
    return dict;
  }

  #items(end: string, item: () => Json): Json[] {
    const items: Json[] = [];
    for (;;) {
      this.#blanks();
      if (this.#takes(end)) return items;
      items.push(item());
      this.#blanks();
      if (this.#takes(",")) continue;
      if (!this.#takes(end)) throw malformed();
      return items;
    }
  }

  #takes(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }

  #blanks(): void {
    this.#match(/[ \t]*/y);
  }
}
