/**
 * YAML as PyYAML writes it: names in their order, what holds no list or dictionary of its own in one line, texts in
 * quotes where they would be read as something else, lines of some eighty characters. Upstream: PyYAML 3.11
 * (safe_dump), representer.py, serializer.py, emitter.py.
 */
import { float, isObject, type Json } from "./index.js";

const WIDTH = 80;
const INDENT = 2;

/** What a plain text would be read as. Upstream: resolver.py. */
const IMPLICIT = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/u,
  /^(?:~|null|Null|NULL|)$/u,
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/u,
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/u,
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/u,
  /^(?:<<|=)$/u,
];

/** `yaml.safe_dump(value)`. */
export function safeDump(value: Json): string {
  const emitter = new Emitter();
  emitter.root(value);
  return emitter.text;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isScalar = (value: Json): boolean => value === null || typeof value !== "object";

const namesOf = (value: Readonly<Record<string, Json>>): string[] => Object.keys(value).sort();

const membersOf = (value: Json): readonly Json[] =>
  isList(value) ? value : isObject(value) ? Object.values(value) : [];

/** Whether it is written in one line: nothing in it holds anything. */
const isFlow = (value: Json): boolean => membersOf(value).every(isScalar);

class Emitter {
  text = "";
  #column = 0;

  root(value: Json): void {
    if (isScalar(value) || isFlow(value)) this.#inline(value, 0);
    else this.#block(value, 0);
    if (!this.text.endsWith("\n")) this.#write("\n");
    if (isScalar(value)) this.#write("...\n");
  }

  #write(text: string): void {
    this.text += text;
    const at = text.lastIndexOf("\n");
    this.#column = at < 0 ? this.#column + text.length : text.length - at - 1;
  }

  #line(indent: number): void {
    this.#write(`\n${" ".repeat(indent)}`);
  }

  #block(value: Json, indent: number, begun = true): void {
    let first = begun;
    const next = (): void => {
      if (!first) this.#line(indent);
      first = false;
    };
    if (isList(value)) {
      for (const item of value) {
        next();
        this.#write("-");
        this.#after(item, indent, true);
      }
      return;
    }
    if (!isObject(value)) return;
    for (const name of namesOf(value)) {
      next();
      this.#scalar(name, indent, { key: true, flow: false });
      this.#write(":");
      this.#after(value[name] ?? null, indent, false);
    }
  }

  /** What stands behind a dash or a colon. */
  #after(value: Json, indent: number, inList: boolean): void {
    if (isScalar(value) || isFlow(value)) {
      this.#write(" ");
      this.#inline(value, indent + INDENT);
      return;
    }
    // A list stands under its name, with no indentation of its own; in a list it begins in the same line.
    const deeper = isList(value) && !inList ? indent : indent + INDENT;
    if (inList) {
      this.#write(" ");
      this.#block(value, deeper);
    } else {
      this.#line(deeper);
      this.#block(value, deeper);
    }
  }

  #inline(value: Json, indent: number): void {
    if (isScalar(value)) {
      this.#scalar(value, indent, { key: false, flow: false });
      return;
    }
    const list = isList(value);
    this.#write(list ? "[" : "{");
    const entries: readonly (readonly [string | null, Json])[] = isList(value)
      ? value.map((item) => [null, item])
      : isObject(value)
        ? namesOf(value).map((name) => [name, value[name] ?? null])
        : [];
    for (const [index, [name, member]] of entries.entries()) {
      if (index > 0) this.#write(",");
      if (this.#column > WIDTH) this.#line(indent);
      else if (index > 0) this.#write(" ");
      if (name !== null) {
        this.#scalar(name, indent, { key: true, flow: true });
        this.#write(": ");
      }
      this.#scalar(member, indent, { key: false, flow: true });
    }
    this.#write(list ? "]" : "}");
  }

  #scalar(value: Json, indent: number, where: Where): void {
    if (typeof value !== "string") {
      this.#write(plainOf(value));
      return;
    }
    const style = styleOf(value, where);
    if (style === "double") this.#double(value, indent, !where.key);
    else if (style === "single") this.#single(value, indent, !where.key);
    else this.#words(value, indent, !where.key);
  }

  /** Broken at single blanks once a line is long. */
  #words(text: string, indent: number, split: boolean): void {
    for (const part of text.split(/( +)/u)) {
      const breaks = part === " " && split && this.#column > WIDTH;
      if (breaks) this.#line(indent);
      else this.#write(part);
    }
  }

  #single(text: string, indent: number, split: boolean): void {
    this.#write("'");
    const lines = text.replaceAll("'", "''").split("\n");
    for (const [index, line] of lines.entries()) {
      // A break of a line is written as an empty one.
      if (index > 0) {
        this.#write("\n");
        if (index === 1 || lines[index - 1] !== "") this.#write("\n");
        if (line !== "" || index === lines.length - 1) this.#write(" ".repeat(indent));
      }
      this.#words(line, indent, split && index === 0);
    }
    this.#write("'");
  }

  #double(text: string, indent: number, split: boolean): void {
    this.#write('"');
    const characters = Array.from(text);
    for (const [index, character] of characters.entries()) {
      const middle = index > 0 && index < characters.length - 1;
      if (character === " " && split && middle && this.#column > WIDTH) {
        this.#write("\\");
        this.#line(indent);
        this.#write("\\ ");
      } else this.#write(escaped(character));
    }
    this.#write('"');
  }
}

interface Where {
  readonly key: boolean;
  /** Within brackets. */
  readonly flow: boolean;
}

function plainOf(value: Json): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value !== "number") return "";
  return Number.isInteger(value) ? String(value) : float(value);
}

/** `analyze_scalar`, `choose_scalar_style`. */
function styleOf(text: string, { key, flow }: Where): "plain" | "single" | "double" {
  if (/[^\n\x20-\x7e]/u.test(text)) return "double";
  const multiline = text.includes("\n");
  const breaksAtBlank = / \n/u.test(text);
  if (breaksAtBlank || (multiline && key)) return "double";
  const edges = /^[ \n]|[ \n]$/u.test(text);
  if (edges && / $/u.test(text) && multiline) return "double";
  const indicators =
    /^[#,[\]{}&*!|>'"%@`]/u.test(text) ||
    /^[-?:](?:[\s]|$)/u.test(text) ||
    text.startsWith("---") ||
    text.startsWith("...") ||
    /: |:$| #|:\n/u.test(text) ||
    (flow && (/[,?[\]{}]/u.test(text) || text.includes(":")));
  const implicit = IMPLICIT.some((pattern) => pattern.test(text));
  return indicators || edges || multiline || implicit || text === "" ? "single" : "plain";
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\0", "\\0"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ["\x1b", "\\e"],
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\x85", "\\N"],
  ["\xa0", "\\_"],
]);

function escaped(character: string): string {
  const known = ESCAPES.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return character;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
