/**
 * A timeline on its way out: lines are gathered and leave in large pieces, always whole ones. The
 * newline of the last line is held back until the run has come to its end. So a recording says of
 * itself whether it is whole: one that does not end in a newline was interrupted, by whatever it was.
 */
import type { Sink } from "../../timeline/index.js";

const ENOUGH = 64 * 1024;

export abstract class LineSink implements Sink {
  #pending: string[] = [];
  #length = 0;
  #begun = false;

  write(line: string): void {
    if (this.#begun) this.#gather("\n");
    this.#begun = true;
    this.#gather(line);
    if (this.#length >= ENOUGH) this.flush();
  }

  /** Let go of what was gathered. */
  flush(): void {
    if (this.#length === 0) return;
    const text = this.#pending.join("");
    this.#pending = [];
    this.#length = 0;
    this.put(text);
  }

  /** The run has come to its end: nothing is missing. */
  end(): void {
    if (this.#begun) this.#gather("\n");
    this.flush();
  }

  protected abstract put(text: string): void;

  #gather(text: string): void {
    this.#pending.push(text);
    this.#length += text.length;
  }
}
