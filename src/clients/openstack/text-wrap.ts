/**
 * A long line cut into short ones, between words where that can be. Upstream: Python 2.7's
 * textwrap.wrap, with which prettytable keeps a column narrow.
 */

/** Where a line may be cut: at white space, and behind the hyphen of a word. */
const BREAKS = /(\s+|[^\s\w]*\w+[a-zA-Z]-(?=\w+[a-zA-Z])|(?<=[\w!"'&.,?])-{2,}(?=\w))/u;

/** `line` as lines of at most `width`; as it is if it fits. */
export function filled(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const waiting = line
    .replace(/\s/gu, " ")
    .split(BREAKS)
    .filter((chunk) => chunk !== "");
  const lines: string[] = [];
  while (waiting.length > 0) {
    if (lines.length > 0 && waiting[0]?.trim() === "") waiting.shift();
    const done = taken(waiting, width).trimEnd();
    if (done !== "") lines.push(done);
  }
  return lines;
}

/** Take from the front of `waiting` what fits a line; a piece of what fits none. */
function taken(waiting: string[], width: number): string {
  let text = "";
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    if (text.length + next.length > width) {
      if (next.length <= width) break;
      const room = width - text.length;
      text += next.slice(0, room);
      waiting[0] = next.slice(room);
      break;
    }
    text += next;
    waiting.shift();
  }
  return text;
}
