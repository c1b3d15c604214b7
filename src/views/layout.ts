/** Rows on lines of a given width: time, indentation, who to whom, what, and how it ended. */
import type { Row } from "./rows/row.js";
import type { Paint } from "./view.js";
import { columns } from "../text/width.js";
import { clip, clock, pad, wrap } from "./words.js";

export interface Frame {
  readonly width: number;
  readonly paint: Paint;
  readonly verbose: boolean;
  /** Where `what` begins, counted from the end of the time. */
  readonly column: number;
}

const TIME = 9;
const INDENT = 2;
/** Deeper rows keep this indentation, so that their words stay in sight. */
const DEEPEST = 6;

/** The column in which `what` begins: that of the longest lead, within reason. */
export function leadColumn(rows: readonly Row[], width: number): number {
  const most = Math.floor((width - TIME) * 0.45);
  let column = 20;
  for (const row of rows) {
    if (row.what === "") continue;
    const needed = indentOf(row) + columns(row.lead) + 2;
    if (needed > column && needed <= most) column = needed;
  }
  return column;
}

export function layOut(row: Row, frame: Frame): string[] {
  const { paint, width, verbose } = frame;
  const indent = " ".repeat(indentOf(row));
  const time = clock(row.at).padStart(TIME);
  const room = width - TIME - 2;
  // Who changed a state is said where there is room; what it became is always said.
  const crowded = row.aside && indentOf(row) + columns(row.lead) + columns(row.end) + 2 > room;
  const end = row.end === "" || crowded ? "" : `  ${row.end}`;
  const available = Math.max(20, room - columns(end));
  const lead = verbose ? indent + row.lead : shortened(indent + row.lead, row, available);
  const left = row.what === "" ? lead : `${pad(lead, frame.column - 2)}  ${row.what}`;
  const shown = verbose ? left : clip(tight(left, lead, row.what, available), available);
  const spare = room - columns(shown) - columns(end) - 2;
  const extra = spare >= 8 && row.extra !== "" && !verbose ? clip(row.extra, spare) : "";
  const body = pad(extra === "" ? shown : `${shown}  ${extra}`, room - columns(end));
  const colour = paint[row.tone];
  const main =
    extra === "" ? colour(body) : `${colour(shown)}  ${paint.dim(body.slice(shown.length + 2))}`;
  const under = " ".repeat(TIME + 2 + indentOf(row));
  const block = row.block.map((line) => `${under}${paint.dim("│")} ${line}`);
  const payload =
    verbose && row.extra !== ""
      ? wrap(row.extra, 4 * width).map((line) => `${under}${paint.dim(line)}`)
      : [];
  return [
    `${paint.dim(time)}  ${main}${end === "" ? "" : paint[row.endTone](end)}`,
    ...payload,
    ...block,
  ];
}

/** So much of who speaks to whom is said even where what is said leaves no room. */
const LEAST_LEAD = 18;
/** Of a path its beginning; the name of a method is what one looks for, and seldom longer. */
const MOST_OF_PATH = 26;
const MOST_OF_METHOD = 48;

/** The lead of a row, shorter where what is said would not be in sight. */
function shortened(lead: string, { what, tone }: Row, available: number): string {
  if (what === "") return lead;
  const wanted = Math.min(columns(what), tone === "rpc" ? MOST_OF_METHOD : MOST_OF_PATH) + 2;
  if (columns(lead) + wanted <= available) return lead;
  return clip(lead, Math.max(LEAST_LEAD, available - wanted));
}

/** `left` without the gap before `what`, if `what` would be cut off behind it. */
function tight(left: string, lead: string, what: string, available: number): string {
  return what === "" || columns(left) <= available ? left : `${lead}  ${what}`;
}

function indentOf(row: Row): number {
  return INDENT * Math.min(row.depth, DEEPEST);
}
