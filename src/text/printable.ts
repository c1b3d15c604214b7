/**
 * Which characters are shown in other words, because they could move a cursor, end a line, hide text
 * or turn its direction. One rule for all that is shown; how such a character is written differs, a
 * client of 2014 and a view have their own ways. The ranges are written down, because a host's
 * Unicode tables differ by version. They are the categories Cc, Cf, Cs, Zl and Zp of Unicode 16.
 */

type Range = readonly [first: number, last: number];

const UNPRINTABLE: readonly Range[] = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x00ad, 0x00ad],
  [0x0600, 0x0605],
  [0x061c, 0x061c],
  [0x06dd, 0x06dd],
  [0x070f, 0x070f],
  [0x0890, 0x0891],
  [0x08e2, 0x08e2],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0x110bd, 0x110bd],
  [0x110cd, 0x110cd],
  [0x13430, 0x1343f],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0001, 0xe007f],
];

/** Most texts: nothing in them needs a look. */
const PLAIN = /^[ -~]*$/;

const unprintable = (point: number): boolean =>
  UNPRINTABLE.some(([first, last]) => point >= first && point <= last);

/** `text` with `write(point)` in the place of each character that cannot be shown as it is. */
export function withPrintable(text: string, write: (point: number) => string): string {
  if (PLAIN.test(text)) return text;
  let shown = "";
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    shown += unprintable(point) ? write(point) : char;
  }
  return shown;
}
