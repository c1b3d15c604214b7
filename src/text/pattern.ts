/**
 * Regular expressions that users write. They run in time linear in the text, so that none can hold up
 * a run: RE2's language, which has no look-around and no references back. Upstream: RE2, by re2js.
 */
import { RE2JS, RE2JSSyntaxException } from "re2js";
import { PatternError } from "./pattern-error.js";

/** Instructions of a compiled pattern; each may be at work at each character of a text. */
const MOST_INSTRUCTIONS = 1_000;
/** Instructions times characters that one match may come to: a second or two at worst. */
const MOST_WORK = 50_000_000;

export interface PatternOptions {
  readonly ignoreCase?: boolean;
  /** Whether `^` and `$` are the ends of lines, and not of the whole text. */
  readonly lines?: boolean;
}

export interface Pattern {
  /** Whether some part of `text` fits; a text that is too long for the pattern is told as such. */
  test(text: string): boolean | "too long";
}

/** @throws PatternError */
export function pattern(
  source: string,
  { ignoreCase = false, lines = true }: PatternOptions = {},
): Pattern {
  const re = compiled(
    source,
    (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (lines ? RE2JS.MULTILINE : RE2JS.DOTALL),
  );
  const size = re.programSize();
  if (size > MOST_INSTRUCTIONS) {
    throw new PatternError(
      `it comes to ${String(size)} instructions, at most are ${String(MOST_INSTRUCTIONS)}`,
    );
  }
  return { test: (text) => (text.length * size > MOST_WORK ? "too long" : re.test(text)) };
}

function compiled(source: string, flags: number): RE2JS {
  try {
    // What JavaScript writes in a way of its own: `\u0041`, `\cA`.
    return RE2JS.compile(RE2JS.translateRegExp(source), flags);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    // The library names the part that is wrong, and puts its own flags in front of a whole pattern.
    const part = (error.input ?? "").replace(/^\(\?[a-z]+\)/u, "");
    throw unsupported(part) ?? new PatternError(error.error, part);
  }
}

const UNSUPPORTED: readonly (readonly [what: string, form: RegExp])[] = [
  ["look-ahead", /^\(\?[=!]/u],
  ["look-behind", /^\(\?<[=!]/u],
  ["a reference back", /^\\[1-9k]/u],
];

/** What other languages of patterns have and this one has not. */
function unsupported(part: string): PatternError | undefined {
  for (const [what, form] of UNSUPPORTED) {
    const word = form.exec(part)?.[0];
    if (word === undefined) continue;
    return new PatternError(`${what}, ${word}, is not supported: patterns take linear time`, word);
  }
  return undefined;
}
