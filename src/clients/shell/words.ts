/**
 * Splits a command line as a POSIX shell does: quotes, backslashes, comments, assignments in front.
 * It expands nothing and runs one command only, so what would need more is refused rather than
 * passed on as text. Upstream: bash.
 */
import { Exception } from "../../python/index.js";

/** The shell cannot make words of the line. The message is what bash would print. */
export class ShellSyntaxError extends Exception {
  override readonly name: string = "ShellSyntaxError";
  /** The part of the line that is to blame. */
  readonly word: string;

  constructor(message: string, word: string) {
    super(message);
    this.word = word;
  }
}

export interface CommandWords {
  /** `OS_TENANT_NAME=x` in front of the command, in order. */
  readonly assignments: ReadonlyMap<string, string>;
  /** The command and its arguments; empty if the line only assigns, or says nothing. */
  readonly words: readonly string[];
}

interface Word {
  text: string;
  /** How many characters at its beginning were not quoted. */
  bare: number;
  /** Whether any quote or backslash has been seen. */
  quoted: boolean;
}

const BLANK = /[ \t\r]/;
const OPERATOR = /[|&;<>()\n]/;
const ASSIGNMENT = /^([A-Za-z_]\w*)=/;

/** @throws ShellSyntaxError */
export function shellWords(line: string): CommandWords {
  const words = split(line.trim());
  const assignments = new Map<string, string>();
  let first = 0;
  for (const word of words) {
    const [head = "", name = ""] = ASSIGNMENT.exec(word.text) ?? [];
    if (head === "" || word.bare < head.length) break;
    assignments.set(name, word.text.slice(head.length));
    first += 1;
  }
  return { assignments, words: words.slice(first).map((word) => word.text) };
}

function split(line: string): Word[] {
  const words: Word[] = [];
  let word: Word | undefined;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    if (char === "\\" && line[at + 1] === "\n") {
      at += 1;
    } else if (BLANK.test(char)) {
      word = undefined;
    } else if (char === "#" && word === undefined) {
      const end = line.indexOf("\n", at);
      at = end < 0 ? line.length : end - 1;
    } else if (OPERATOR.test(char)) {
      const shown = char === "\n" ? "newline" : char;
      throw new ShellSyntaxError(
        `bash: syntax error near unexpected token \`${shown}': one command at a time, and quote what is no operator`,
        char,
      );
    } else {
      if (word === undefined) words.push((word = { text: "", bare: 0, quoted: false }));
      at = take(line, at, word);
    }
  }
  return words;
}

/** Add to `word` what begins at `at`: a quotation or a character. @returns where it ends */
function take(line: string, at: number, word: Word): number {
  const char = line[at] ?? "";
  if (char === "'" || char === '"') {
    word.quoted = true;
    const end = char === "'" ? line.indexOf("'", at + 1) : doubleQuoted(line, at + 1, word);
    if (end < 0) throw unbalanced(char, line.slice(at));
    if (char === "'") word.text += line.slice(at + 1, end);
    return end;
  }
  if (char === "\\" && at + 1 < line.length) {
    word.quoted = true;
    word.text += line[at + 1] ?? "";
    return at + 1;
  }
  word.text += char;
  if (!word.quoted) word.bare += 1;
  return at;
}

/** Within double quotes a backslash only quotes these four, and joins lines. */
function doubleQuoted(line: string, start: number, word: Word): number {
  for (let at = start; at < line.length; at++) {
    const char = line[at] ?? "";
    const next = line[at + 1] ?? "";
    if (char === '"') return at;
    if (char === "\\" && next === "\n") at += 1;
    else if (char === "\\" && /["\\$`]/.test(next)) {
      word.text += next;
      at += 1;
    } else word.text += char;
  }
  return -1;
}

const unbalanced = (quote: string, rest: string): ShellSyntaxError =>
  new ShellSyntaxError(
    `bash: unexpected EOF while looking for matching \`${quote}'\nbash: syntax error: unexpected end of file`,
    rest,
  );
