/**
 * The text of a run as a recording of a terminal, asciicast version 2 (docs.asciinema.org/manual/asciicast/v2):
 * each row appears when it happened, in virtual time. Stretches in which nothing happens are cut, and each step
 * is a marker, at which a player can stop.
 */
import type { Micros } from "../../kernel/index.js";
import { Calendar } from "../../kernel/index.js";
import { tell } from "../text.js";
import { passing, type Paint, type Recording, type ViewOptions } from "../view.js";
import { clip, safe } from "../words.js";
import { ofStep } from "./said.js";

const WIDTH = 100;
const HEIGHT = 30;

/** Nobody wants to wait longer for what comes next. */
const LONGEST_GAP = 1_500_000;

const coloured =
  (code: number, end = 39) =>
  (text: string): string =>
    `\u001b[${String(code)}m${text}\u001b[${String(end)}m`;

/** A player is a terminal with colours. */
const PAINT: Paint = {
  strong: coloured(1, 22),
  dim: coloured(2, 22),
  rest: coloured(36),
  rpc: coloured(35),
  state: coloured(34),
  good: coloured(32),
  warn: coloured(33),
  bad: coloured(31),
};

function* pieces(recording: Recording, options: ViewOptions = {}): Generator<string> {
  const { header } = recording;
  const width = options.width ?? WIDTH;
  const calendar = new Calendar(header.epoch);
  const head = {
    version: 2,
    width,
    height: HEIGHT,
    timestamp: Math.floor(-calendar.parse("1970-01-01T00:00:00Z") / 1_000_000),
    title: clip(safe(`${header.scenario}: ${header.title}`), WIDTH),
    env: { TERM: "xterm-256color", SHELL: "/bin/sh" },
  };
  yield `${JSON.stringify(head)}\n`;
  let shown: Micros = 0;
  let last: Micros = 0;
  let begun = false;
  for (const { at, lines, step } of tell(recording, { ...options, width, paint: PAINT })) {
    // What was before the first row is a gap as well.
    if (begun) shown += Math.min(Math.max(0, at - last), LONGEST_GAP);
    begun ||= step !== undefined;
    last = at;
    if (step !== undefined) yield event(shown, "m", ofStep(step));
    yield event(shown, "o", lines.map((line) => `${line.trimEnd()}\r\n`).join(""));
  }
}

/** @param at microseconds, told in seconds */
function event(at: Micros, code: "o" | "m", text: string): string {
  return `[${(at / 1_000_000).toFixed(6)}, ${JSON.stringify(code)}, ${JSON.stringify(text)}]\n`;
}

export const asciicast = passing({
  name: "asciicast",
  about: "the text as a recording of a terminal, for asciinema",
  extension: "cast",
  pieces,
});
