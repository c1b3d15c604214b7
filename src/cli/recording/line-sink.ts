/** A timeline on its way out: lines are gathered and leave in large pieces, always whole ones. */
import type { Sink } from "../../timeline/index.js";

const ENOUGH = 64 * 1024;

export abstract class LineSink implements Sink {
  #pending: string[] = [];
  #length = 0;

  write(line: string): void {
    this.#pending.push(line, "\n");
    this.#length += line.length + 1;
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

  protected abstract put(text: string): void;
}
