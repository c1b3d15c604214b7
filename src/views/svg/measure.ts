/**
 * How wide words will be, for a picture that is made where there is no font: near enough to know what
 * fits. A font that is a little wider spoils nothing, because room is left.
 */
import { widthOf } from "../../text/width.js";
import { part, type Label } from "../sequence/row.js";

const NARROW = new Set("iljtfrI.,:;'|!()[]{}/\\ ·");
const BROAD = new Set("mwMW@…—%&→");

/** Of the size of the font. */
function shareOf(character: string): number {
  if (NARROW.has(character)) return 0.34;
  if (BROAD.has(character)) return 0.95;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x41 && code <= 0x5a) return 0.7;
  if (code < 0x80) return 0.6;
  return widthOf(code) === 2 ? 1.05 : 0.7;
}

export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const character of text) sum += shareOf(character);
  return sum * size * (bold ? 1.06 : 1);
}

/** Around a tag. */
const BOX = 12;

export function labelWidth(label: Label, size: number): number {
  return label.reduce(
    (sum, { text, tone }) =>
      sum + textWidth(text, size, tone !== "muted") + (tone === "tag" ? BOX : 0),
    0,
  );
}

/** `label` in at most `room` pixels; an ellipsis says that words were cut off. */
export function fitted(label: Label, room: number, size: number): Label {
  if (labelWidth(label, size) <= room) return label;
  const kept: Label[number][] = [];
  let left = room - size;
  for (const piece of label) {
    if (piece.tone === "tag") left -= BOX;
    let text = "";
    for (const character of piece.text) {
      left -= textWidth(character, size, piece.tone !== "muted");
      if (left < 0) break;
      text += character;
    }
    if (left >= 0) {
      kept.push(piece);
      continue;
    }
    kept.push(part(`${text.trimEnd()}…`, piece.tone));
    break;
  }
  return kept;
}

/** Lines of words of at most `room` pixels; a word that is longer is cut. */
export function wrapped(text: string, room: number, size: number, bold = false): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/u)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, size, bold) <= room) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = cut(word, room, size, bold);
  }
  return line === "" ? lines : [...lines, line];
}

export function cut(text: string, room: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= room) return text;
  let kept = "";
  let left = room - size;
  for (const character of text) {
    left -= textWidth(character, size, bold);
    if (left < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
