/** A run held against its recording, line by line, up to the first that differs. */
import { diffHeaders, readHeader, type LineDifference, type Sink } from "../../timeline/index.js";

export class CompareSink implements Sink {
  readonly #recorded: Iterator<string>;
  #line = 0;
  #difference: LineDifference | undefined;

  constructor(recorded: Iterator<string>) {
    this.#recorded = recorded;
  }

  get difference(): LineDifference | undefined {
    return this.#difference;
  }

  /** How many entries were the same. */
  get same(): number {
    return Math.max(0, this.#line - 1);
  }

  write(actual: string): void {
    if (this.#difference !== undefined) return;
    const next = this.#recorded.next();
    const expected = next.done === true ? undefined : next.value.replace(/\r$/u, "");
    const line = this.#line + 1;
    const same = line === 1 ? sameHeader(expected, actual) : expected === actual;
    if (same) this.#line = line;
    else this.#difference = { line, expected, actual };
  }

  /** The run is over: nothing may be left of the recording. */
  end(): void {
    if (this.#difference !== undefined) return;
    const next = this.#recorded.next();
    if (next.done === true) return;
    this.#difference = { line: this.#line + 1, expected: next.value, actual: undefined };
  }
}

/** The version of novasim may differ: whether that matters, the entries show. */
function sameHeader(expected: string | undefined, actual: string): boolean {
  if (expected === undefined) return false;
  const differing = diffHeaders(readHeader(expected), readHeader(actual));
  return differing.every(({ path }) => path === "novasim");
}
