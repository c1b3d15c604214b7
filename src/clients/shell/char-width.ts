/**
 * How wide a text is on a terminal, and how characters are shown that would move the cursor or turn
 * the line around. Ranges are written down, because a host's Unicode tables differ by version.
 * Upstream: prettytable 0.7 (`_char_block_width`), which lets such characters through.
 */
import { isCombining } from "../../text/combining.js";
import { withPrintable } from "../../text/printable.js";

type Range = readonly [first: number, last: number];

const WIDE: readonly Range[] = [
  [0x3000, 0x30ff],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7af],
  [0xff01, 0xff60],
];

const isWide = (point: number): boolean =>
  WIDE.some(([first, last]) => point >= first && point <= last);

/** Columns that `text` takes; it has no line ends and has been made `printable`. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    if (point < 0x300) width += 1;
    else if (isCombining(point)) width += 0;
    else width += isWide(point) ? 2 : 1;
  }
  return width;
}

const NEWLINE = 0x0a;

/**
 * `text` with what could break a line or hide something written out, as Python's `repr` would. The
 * ends of its lines stay.
 */
export const printable = (text: string): string =>
  withPrintable(text, (point) => (point === NEWLINE ? "\n" : escaped(point)));

function escaped(point: number): string {
  const hex = point.toString(16);
  if (point <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
