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
}
