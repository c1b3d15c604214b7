/**
 * `textwrap.fill(text, width)` of Python 2.7 with what is usual: lines are broken at blanks and behind
 * hyphens, words that are longer than a line anywhere. Upstream: textwrap.py (TextWrapper).
 */

/** Blanks, words with their hyphen where a word follows, dashes, words. */
const CHUNKS =
  /(\s+|[^\s\w]*[\p{L}\p{N}_]+[^0-9\W]-(?=[\p{L}\p{N}_]+[^0-9\W])|(?<=[\w!"'&.,?])-{2,}(?=\w))/u;

/** The lines of `text`, none longer than `width`. */
export function wrapped(text: string, width: number): string[] {
  const rest = text
    .replace(/[\t\n\v\f\r ]/g, " ")
    .split(CHUNKS)
    .filter((chunk) => chunk !== "");
  const lines: string[] = [];
  while (rest.length > 0) {
    if (lines.length > 0 && rest[0]?.trim() === "") rest.shift();
    const line: string[] = [];
    let length = 0;
    for (let next = rest[0]; next !== undefined && length + next.length <= width; next = rest[0]) {
      line.push(next);
      length += next.length;
      rest.shift();
    }
    const [long = ""] = rest;
    if (long.length > width) {
      const room = Math.max(1, width - length);
      line.push(long.slice(0, room));
      rest[0] = long.slice(room);
    }
    if (line.at(-1)?.trim() === "") line.pop();
    if (line.length > 0) lines.push(line.join(""));
  }
  return lines;
}
