/** Text that Mermaid shows as it is: everything that its grammar could trip over becomes an entity. */
import { clip, safe, wrap } from "../words.js";

/** Statement ends, entities, markup, quotes, directives, formulas. */
const SPECIAL = /[#;<>"'`%{}$&\\[\]|]/g;
const LONGEST = 100;
const MOST_LINES = 12;

/** A label for a message, a note or a participant. */
export function label(text: string): string {
  const clean = clip(safe(text).trim(), LONGEST).replaceAll(
    SPECIAL,
    (c) => `#${String(c.charCodeAt(0))};`,
  );
  if (clean === "") return "#8230;";
  // A leading "wrap:" would be read as a wish about line breaks.
  return clean.replace(/^(no)?wrap:/i, (word) => `${word.slice(0, -1)}#58;`);
}

/** A text of several lines, broken where its own lines end and where they become too long. */
export function paragraph(text: string): string {
  const lines = text.split("\n").flatMap((line) => wrap(line, LONGEST));
  const kept = lines.slice(0, MOST_LINES);
  if (lines.length > MOST_LINES) kept.push("…");
  return kept.length === 0 ? label("") : kept.map(label).join("<br/>");
}
