/** The text of a scenario file with its line numbers: turns offsets into places. */
import type { LineCounter } from "yaml";
import type { Place } from "./problem.js";

export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly #lines: LineCounter;

  constructor(file: string, text: string, lines: LineCounter) {
    this.file = file;
    this.text = text;
    this.#lines = lines;
  }

  /** The place from `start` to `end`, cut off at the end of its first line. */
  place(start: number, end: number = start + 1): Place {
    const offset = Math.max(0, Math.min(start, this.text.length));
    const { line, col } = this.#lines.linePos(offset);
    if (line === 0) return { file: this.file };
    const first = this.#lines.lineStarts[line - 1] ?? 0;
    const next = this.#lines.lineStarts[line] ?? this.text.length + 1;
    const source = this.text.slice(first, next - 1).replace(/\r$/u, "");
    const width = Math.max(1, Math.min(end, first + source.length) - offset);
    return { file: this.file, line, column: col, source, width };
  }

  /**
   * A place in line `line` of a value that begins at `start` and whose own line that is `text`:
   * of a YAML block, which stands in the file as it is but for its indentation.
   */
  inBlock(start: number, line: number, column: number, text: string): Place | undefined {
    const header = this.#lines.linePos(start).line;
    const first = this.#lines.lineStarts[header + line - 1];
    if (header === 0 || first === undefined) return undefined;
    const whole = this.place(first);
    if (whole.source?.endsWith(text) !== true) return undefined;
    const indent = whole.source.length - text.length;
    return this.place(first + indent + column - 1, first + whole.source.length);
  }
}
