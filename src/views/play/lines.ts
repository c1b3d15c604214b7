/** A row of the sequence in a line of text: its entry, its time, who to whom, and what. */
import { REST_ARROW, RPC_ARROW } from "../arrows.js";
import type { Chapter } from "../model/chapters.js";
import type { Names } from "../names.js";
import { took } from "../sequence/labels.js";
import type { ArrowRow, Label, MarkRow, SequenceRow, Sign, Tone } from "../sequence/row.js";
import { columns } from "../../text/width.js";
import type { Paint } from "../view.js";
import { clip, clock, safe, wrap } from "../words.js";

export interface LineFrame {
  readonly names: Names;
  readonly width: number;
  readonly paint: Paint;
}

/** Each has a sign of its own: colour is never the only one. */
const SIGNS: Readonly<Record<Sign, string>> = {
  state: "◆",
  timeout: "✗",
  lost: "✗",
  fault: "⚡",
  log: "·",
  warning: "!",
  notification: "✉",
  crashed: "✗",
  stopped: "●",
  starting: "●",
  started: "●",
  command: "$",
  holds: "✓",
  fails: "✗",
  taken: "↳",
  write: "·",
  other: "·",
};

const BRUSHES: Readonly<Record<Tone, keyof Paint | undefined>> = {
  plain: undefined,
  strong: "strong",
  muted: "dim",
  rest: "rest",
  call: "rpc",
  cast: "rpc",
  state: "state",
  good: "good",
  bad: "bad",
};

/** One line; of a chapter its rule, without its note. */
export function rowLine(row: SequenceRow, frame: LineFrame): string {
  const { width, paint } = frame;
  if (row.kind === "chapter") return chapterRule(row.chapter, frame);
  const place = placeOf(row.seq, row.at, width);
  if (row.kind === "gap") {
    return paint.dim(clip(`${" ".repeat(place.length)}· ${took(row.passes)} pass ·`, width));
  }
  const left = width - place.length;
  const lead = row.kind === "arrow" ? arrowLead(row, frame, left) : markLead(row, frame, left);
  const times = row.kind === "arrow" && row.times > 1 ? `  ×${String(row.times)}` : "";
  const label = painted(row.label, left - columns(lead) - 2 - columns(times), paint);
  const brush = row.kind === "arrow" ? paint[row.family] : paint.state;
  return `${paint.dim(place)}${brush(lead)}  ${label}${times}`.trimEnd();
}

/** Narrower terminals have no room for times. */
const NARROW = 60;

/** Entry and time, in front of what happened. */
export function placeOf(seq: number, at: number, width: number): string {
  const entry = String(seq).padStart(6);
  return width < NARROW ? `${entry}  ` : `${entry} ${clock(at).padStart(9)}  `;
}

/** `── 3 ── nova shelve t3 ──────`. */
export function chapterRule({ number, text }: Chapter, { width, paint }: LineFrame): string {
  const what = number === 0 ? "before the first step" : safe(text);
  const name = number === 0 ? "── " : `── ${String(number)} ── `;
  const title = clip(what === "" ? name : `${name}${what} `, width - 2);
  return paint.strong(`${title}${"─".repeat(Math.max(0, width - columns(title)))}`);
}

/** What is asked before a chapter, and what its author notes. */
export function chapterLines({ question, note }: Chapter, { width, paint }: LineFrame): string[] {
  return [
    ...saidLines("?", question, width).map((line) => paint.warn(line)),
    ...saidLines(" ", note, width),
  ];
}

/** What is to be said to the question of a chapter. */
export function answerLines(answer: string, { width, paint }: LineFrame): string[] {
  return saidLines("=", answer, width).map((line) => paint.good(line));
}

/** `text` behind a sign, broken into lines. */
export function saidLines(sign: string, text: string, width: number): string[] {
  const lines = text === "" ? [] : wrap(safe(text), Math.max(10, width - 6));
  return lines.map((line, at) => ` ${at === 0 ? sign : " "} ${line}`);
}

function arrowLead({ from, to, family }: ArrowRow, { names }: LineFrame, left: number): string {
  const arrow = family === "rest" ? REST_ARROW : RPC_ARROW;
  const [first] = to;
  const one = first === undefined ? "✕" : names.of(first);
  const whom = to.length > 1 ? `${String(to.length)} ×` : one;
  return clip(`${names.of(from)} ${arrow} ${whom}`, Math.floor(left * 0.55));
}

function markLead({ sign, actor }: MarkRow, { names }: LineFrame, left: number): string {
  const who = actor === undefined ? "" : ` ${names.of(actor)}`;
  return clip(`${SIGNS[sign]}${who}`, Math.max(2, Math.floor(left * 0.4)));
}

/** A label in at most `room` columns. */
export function painted(label: Label, room: number, paint: Paint): string {
  let left = room;
  let text = "";
  for (const { text: words, tone } of label) {
    if (left <= 0) break;
    const shown = clip(words, left);
    const brush = BRUSHES[tone];
    text += brush === undefined ? shown : paint[brush](shown);
    left -= columns(shown);
    if (shown !== words) break;
  }
  return text;
}
