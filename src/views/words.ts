/**
 * Small matters of text: what is safe to show, how long things are, how times and ids are written.
 * Payloads may hold anything, so every word that comes from one passes through `safe`.
 */
import type { Micros } from "../kernel/index.js";
import { withPrintable } from "../text/printable.js";
import { columns, widthOf } from "../text/width.js";

/** `text` with everything made visible that could move a cursor, hide text or turn its direction. */
export function safe(text: string): string {
  return withPrintable(text, (code) => {
    // Unicode has a picture for each old control character: ␛ for escape, ␊ for a newline.
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? "␡" : `\\u{${code.toString(16)}}`;
  });
}

/** The empty end of a table's row, or of its frame: nothing is lost with it. */
const FRAME = /^[\s|+-]*$/;

/** `text` in at most `room` columns; an ellipsis says that words were cut off. */
export function clip(text: string, room: number): string {
  if (columns(text) <= room) return text;
  if (room < 2) return "";
  let kept = "";
  let left = room - 1;
  // By code points: half of a pair would be no character.
  for (const character of text) {
    left -= widthOf(character.codePointAt(0) ?? 0);
    if (left < 0) break;
    kept += character;
  }
  const words = !FRAME.test(text.slice(kept.length));
  return words ? `${kept.trimEnd()}…` : kept.trimEnd();
}

/** `text` followed by spaces up to `width` columns. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/** Break `text` between words into lines of at most `width` columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? clip(word, width) : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** UUIDs and their like by their first eight digits: enough to tell them apart, short enough to read. */
export function shortIds(text: string): string {
  return text
    .replaceAll(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "$1…")
    .replaceAll(/\b([0-9a-f]{8})[0-9a-f]{24,32}\b/g, "$1…");
}

/** `12.345`: seconds since the run began. */
export function clock(at: Micros): string {
  return (at / 1_000_000).toFixed(3);
}

/** `0.4ms`, `31ms`, `2.1s`, `1m05s`, `2h00m`. */
export function duration(micros: Micros): string {
  if (micros < 1_000) return `${(micros / 1_000).toFixed(1)}ms`;
  if (micros < 999_500) return `${(micros / 1_000).toFixed(0)}ms`;
  if (micros < 59_950_000) return `${(micros / 1_000_000).toFixed(1)}s`;
  const whole = Math.round(micros / 1_000_000);
  const two = (n: number): string => String(n).padStart(2, "0");
  if (whole < 3_600) return `${String(Math.floor(whole / 60))}m${two(whole % 60)}s`;
  return `${String(Math.floor(whole / 3_600))}h${two(Math.floor((whole % 3_600) / 60))}m`;
}

/** `3.1 kB`. */
export function size(bytes: number): string {
  return bytes < 1_000 ? `${String(bytes)} B` : `${(bytes / 1_000).toFixed(1)} kB`;
}

/** `1 message`, `2 messages`. */
export function count(n: number, noun: string, nouns = `${noun}s`): string {
  return `${String(n)} ${n === 1 ? noun : nouns}`;
}

/** A payload in full, on one line. */
export function jsonOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return safe(typeof value === "string" ? value : JSON.stringify(value));
}
