/**
 * How wide a text is on a terminal, and how characters are shown that would move the cursor or turn
 * the line around. Ranges are written down, because a host's Unicode tables differ by version.
 * Upstream: prettytable 0.7 (`_char_block_width`), which lets such characters through.
 */

type Range = readonly [first: number, last: number];

const WIDE: readonly Range[] = [
  [0x3000, 0x30ff],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7af],
  [0xff01, 0xff60],
];

const COMBINING: readonly Range[] = [
  [0x0300, 0x036f],
  [0x0483, 0x0487],
  [0x0591, 0x05bd],
  [0x064b, 0x065f],
  [0x1ab0, 0x1abd],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20dc],
  [0x3099, 0x309a],
  [0xfe20, 0xfe2d],
];

/** Controls but for the end of a line, line separators, and marks that change direction. */
const UNPRINTABLE: readonly Range[] = [
  [0x0000, 0x0009],
  [0x000b, 0x001f],
  [0x007f, 0x009f],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
];

const within = (point: number, ranges: readonly Range[]): boolean =>
  ranges.some(([first, last]) => point >= first && point <= last);

/** Columns that `text` takes; it has no line ends and has been made `printable`. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    if (point < 0x300) width += 1;
    else if (within(point, COMBINING)) width += 0;
    else width += within(point, WIDE) ? 2 : 1;
  }
  return width;
}

/** `text` with what could break a line or hide something written out, as Python's `repr` would. */
export function printable(text: string): string {
  let shown = "";
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    shown += within(point, UNPRINTABLE) ? escaped(point) : char;
  }
  return shown;
}

const escaped = (point: number): string =>
  point <= 0xff
    ? `\\x${point.toString(16).padStart(2, "0")}`
    : `\\u${point.toString(16).padStart(4, "0")}`;
