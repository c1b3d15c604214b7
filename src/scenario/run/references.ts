/**
 * What stands in double braces: `{{server t1}}` is the id of something by its name, `{{port}}` a part of
 * an answer that `keep:` has put aside. Ids in command lines the shell of the clients fills in.
 */
import { asWord, referred, UnknownName } from "../../clients/index.js";
import { isObject, type Json } from "../../python/index.js";
import type { TextMatch } from "../schema/values.js";
import type { World } from "../world.js";
import { StepFailed } from "./failure.js";

export type Kept = Map<string, Json>;

const WORD = /\{\{\s*([A-Za-z_][\w-]*)\s*\}\}/gu;
const WHOLE = /^\{\{\s*([A-Za-z_][\w-]*)\s*\}\}$/u;

/** A command line with what is kept, each as one word; what is not kept stays as it is. */
export const fillWords = (line: string, kept: Kept): string => withKept(line, kept, asWord);

export class References {
  readonly #world: World;
  readonly #kept: Kept;

  readonly #lenient: boolean;

  /** @param lenient a name of nothing stays as it is written */
  constructor(world: World, kept: Kept, lenient = false) {
    this.#world = world;
    this.#kept = kept;
    this.#lenient = lenient;
  }

  /** `text` with what is meant. @throws StepFailed for a name of nothing */
  inText(text: string): string {
    try {
      const resolve = (kind: string, name: string) => this.#world.id(kind, name);
      return withKept(referred(text, resolve), this.#kept, (kept) => kept);
    } catch (error) {
      if (!(error instanceof UnknownName)) throw error;
      if (this.#lenient) return text;
      throw new StepFailed({ kind: "step", what: error.message, details: [] });
    }
  }

  /** The same in what a text must hold and must lack; braces of a pattern are its own. */
  inMatch(match: TextMatch): TextMatch {
    if (typeof match === "string") return this.inText(match);
    const some = (texts: string | string[]): string | string[] =>
      typeof texts === "string" ? this.inText(texts) : texts.map((text) => this.inText(text));
    const { contains, lacks } = match;
    return {
      ...match,
      ...(contains !== undefined && { contains: some(contains) }),
      ...(lacks !== undefined && { lacks: some(lacks) }),
    };
  }

  /** The same all through `value`. A text that is nothing else becomes what is kept, a number a number. */
  in(value: Json): Json {
    if (typeof value === "string") {
      return this.#kept.get(WHOLE.exec(value)?.[1] ?? "") ?? this.inText(value);
    }
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => this.in(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.inText(key), this.in(item)]),
    );
  }
}

const withKept = (text: string, kept: Kept, write: (text: string) => string): string =>
  text.replace(WORD, (written, name: string) => {
    const value = kept.get(name);
    if (value === undefined) return written;
    return write(typeof value === "string" ? value : JSON.stringify(value));
  });
