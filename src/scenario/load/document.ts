/**
 * From text to a YAML document whose nodes know their places. Everything that YAML itself can get
 * wrong, and everything hostile that it can carry, is refused here.
 */
import { isMap, Lexer, LineCounter, parseDocument } from "yaml";
import type { Document, YAMLError } from "yaml";
import { refuseNodes } from "./hostile.js";
import type { Problem } from "./problem.js";
import { SourceText } from "./source-text.js";

/** A scenario of this many characters takes a person a month to write. */
export const MAX_CHARACTERS = 1_000_000;
const MAX_DEPTH = 50;
const MAX_INDENT = 400;
const MAX_PROBLEMS = 20;

export type ParsedText = Parsed | { readonly ok: false; readonly problems: readonly Problem[] };

interface Parsed {
  readonly ok: true;
  readonly document: Document.Parsed;
  readonly source: SourceText;
}

/** @returns the document, or what is wrong with the text */
export function parseText(file: string, text: string, limit: number = MAX_CHARACTERS): ParsedText {
  const broad = refuseText(file, text, limit);
  if (broad !== undefined) return refused([broad]);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Its own check compares every key with every other one; see `refuseNodes`.
    uniqueKeys: false,
  });
  const source = new SourceText(file, text, lines);
  const faults = untilLost([...document.errors, ...document.warnings]);
  if (faults.length > 0) {
    return refused(faults.slice(0, MAX_PROBLEMS).map((fault) => explain(fault, source)));
  }
  const hostile = refuseNodes(document, source);
  if (hostile.length > 0) return refused(hostile);
  if (isMap(document.contents)) return { ok: true, document, source };
  const what = document.contents === null ? "the file is empty" : "the file is not a mapping";
  const hint =
    "A scenario begins with `scenario: a-name` and has `steps:`; `novasim init` writes one.";
  return refused([{ severity: "error", message: what, hint, place: { file } }]);
}

const refused = (problems: readonly Problem[]): ParsedText => ({ ok: false, problems });

/** What no parser should be given. */
function refuseText(file: string, text: string, limit: number): Problem | undefined {
  const refuse = (message: string, hint: string): Problem => ({
    severity: "error",
    message,
    hint,
    place: { file },
  });
  if (text.length > limit) {
    return refuse(
      `the file is too large: over ${String(limit)} characters`,
      "Use `repeat:` for many steps and a number in `computes:` for many hosts.",
    );
  }
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/u.test(text)) {
    return refuse("the file is not text", "A scenario is a YAML file in UTF-8.");
  }
  if (tooDeep(text)) {
    return refuse(
      "the file is nested too deeply",
      `A scenario needs less than ${String(MAX_DEPTH)} levels.`,
    );
  }
  return undefined;
}

/**
 * Whether brackets or indentation go deeper than any scenario does. This must come before parsing:
 * the parser recurses, and its recursion limit is the end of the process.
 */
function tooDeep(text: string): boolean {
  for (const line of text.split("\n")) {
    const lead = /^(?:[ \t]|[-?:](?=[ \t]))*/u.exec(line)?.[0].length ?? 0;
    if (lead > MAX_INDENT && lead < line.trimEnd().length) return true;
  }
  let depth = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Where the parser has lost its way, all that it finds behind is about itself. */
function untilLost(faults: readonly YAMLError[]): readonly YAMLError[] {
  const lost = faults.findIndex(({ code }) => code === "UNEXPECTED_TOKEN");
  return lost < 0 ? faults : faults.slice(0, lost + 1);
}

/** YAML's own complaints, in this project's words where the parser speaks of its internals. */
function explain(fault: YAMLError, source: SourceText): Problem {
  const [message, hint] = words(fault, source.text.slice(0, fault.pos[1]));
  return { severity: "error", message, hint, place: source.place(fault.pos[0], fault.pos[1]) };
}

/** @param before the text up to the fault and with it */
function words(fault: YAMLError, before: string): [string, string?] {
  switch (fault.code) {
    case "UNEXPECTED_TOKEN":
      if (!/\{\{?$/u.test(before)) return [inOneLine(fault)];
      return ["a brace inside a text", "Put texts with {{...}} in quotes."];
    case "TAB_AS_INDENT":
      return ["a tab is used for indentation", "Indent with spaces."];
    case "MULTIPLE_DOCS":
      return ["a second document begins here", "One file holds one scenario."];
    case "BLOCK_AS_IMPLICIT_KEY":
      return ["a second `key:` on one line", "Put texts that contain `: ` in quotes."];
    case "BAD_SCALAR_START":
      return [fault.message, "Put the text in quotes."];
    case "TAG_RESOLVE_FAILED":
      return [fault.message, "Scenarios need no tags: leave it out."];
    default:
      return [inOneLine(fault)];
  }
}

const inOneLine = ({ message }: YAMLError): string => message.replace(/\s*\n[\s\S]*/u, "");
