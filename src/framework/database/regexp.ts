/**
 * `column REGEXP pattern` as MySQL has it: POSIX expressions, capitals or not, a backslash makes any
 * sign stand for itself. What is no expression is an error of the statement. Upstream: Henry Spencer's
 * regex in MySQL 5.5; oslo.db's DBError around what the driver raises.
 */
import { Exception } from "../../python/index.js";
import { PatternError } from "../../text/pattern-error.js";
import { pattern as patternOf } from "../../text/pattern.js";

/** A statement that the database refused. */
export class DatabaseError extends Exception {
  static override readonly module: string = "oslo.db.exception";
  override readonly name: string = "DBError";
}

/** @throws DatabaseError */
export function mysqlRegexp(source: string): (text: string) => boolean {
  try {
    const pattern = patternOf(translated(source), { ignoreCase: true, lines: false });
    // One that would take for ever takes MySQL for ever, too; here nothing fits it.
    return (text) => pattern.test(text) === true;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw refusal(
      /\)|\(|missing/u.test(error.message) ? "parentheses not balanced" : "invalid character range",
    );
  }
}

const refusal = (why: string): DatabaseError =>
  new DatabaseError(`(OperationalError) (1139, "Got error '${why}' from regexp")`);

/** The same expression in the language of `Pattern`. */
function translated(source: string): string {
  if (source === "") throw refusal("empty (sub)expression");
  let text = "";
  /** Whether there is something that could be repeated, and whether it is already. */
  let last: "nothing" | "atom" | "repetition" = "nothing";
  for (let at = 0; at < source.length; at++) {
    const sign = source[at] as string;
    if (sign === "\\") {
      const next = source[++at];
      if (next === undefined) throw refusal("trailing backslash (\\)");
      text += escaped(next);
      last = "atom";
    } else if (sign === "[") {
      const [bracket, end] = bracketAt(source, at);
      text += bracket;
      at = end;
      last = "atom";
    } else if (sign === "*" || sign === "+" || sign === "?" || bound(source, at)) {
      if (last !== "atom") throw refusal("repetition-operator operand invalid");
      const whole = bound(source, at) ?? sign;
      text += whole;
      at += whole.length - 1;
      last = "repetition";
    } else if (sign === "|" || sign === "(" || sign === ")") {
      const opened = at === 0 || "(|".includes(source[at - 1] ?? "");
      if (sign !== "(" && opened) throw refusal("empty (sub)expression");
      if (sign === "|" && at === source.length - 1) throw refusal("empty (sub)expression");
      text += sign;
      last = sign === ")" ? "atom" : "nothing";
    } else {
      text += sign === "^" || sign === "$" || sign === "." ? sign : escaped(sign);
      last = sign === "^" || sign === "$" ? "nothing" : "atom";
    }
  }
  return text;
}

const escaped = (sign: string): string => (/[\\^$.*+?()[\]{}|/-]/u.test(sign) ? `\\${sign}` : sign);

/** `{2}`, `{2,}` or `{2,3}` at `at`. */
const bound = (source: string, at: number): string | undefined =>
  /^\{\d+(,\d*)?\}/u.exec(source.slice(at))?.[0];

/** A bracket expression and where it ends; in it a backslash is a sign like any other. */
function bracketAt(source: string, start: number): readonly [string, number] {
  const word = /^\[\[:[<>]:\]\]/u.exec(source.slice(start))?.[0];
  if (word !== undefined) return ["\\b", start + word.length - 1];
  let at = start + 1;
  let text = "[";
  if (source[at] === "^") text += source.charAt(at++);
  // A bracket that comes first stands for itself.
  if (source[at] === "]") {
    text += "\\]";
    at++;
  }
  for (; at < source.length; at++) {
    const sign = source[at] as string;
    if (sign === "]") return [`${text}]`, at];
    const named = /^\[:[a-z]+:\]/u.exec(source.slice(at))?.[0];
    if (named !== undefined) {
      text += named;
      at += named.length - 1;
    } else text += sign === "-" ? sign : escaped(sign);
  }
  throw refusal("brackets ([ ]) not balanced");
}
