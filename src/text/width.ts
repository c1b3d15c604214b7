/**
 * How many columns a text takes on today's terminals, by Unicode's East Asian widths. The tables come
 * with the package: a host's own differ by version. What tables of 2014 counted is in `clients/shell`.
 */
import { eastAsianWidth } from "get-east-asian-width";
import { isCombining } from "./combining.js";

/** Below this nothing is wide, and nothing combines. */
const PLAIN = 0x300;

const JOINER = 0x200d;
/** They choose between two pictures of the character before them. */
const isSelector = (point: number): boolean => point >= 0xfe00 && point <= 0xfe0f;

/** Columns that one character takes: 0, 1 or 2. */
export function widthOf(point: number): number {
  if (point < PLAIN) return 1;
  if (isCombining(point) || point === JOINER || isSelector(point)) return 0;
  return eastAsianWidth(point);
}

/** Columns that `text`, which is one line, takes. */
export function columns(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < PLAIN) {
      count += 1;
      continue;
    }
    const point = text.codePointAt(i) ?? code;
    if (point > 0xffff) i += 1;
    count += widthOf(point);
  }
  return count;
}
