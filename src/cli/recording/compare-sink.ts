/**
 * A run held against its recording, line by line, up to the first that differs; or up to where the
 * recording was interrupted, as far as it goes.
 */
import { diffHeaders, readHeader, type LineDifference, type Sink } from "../../timeline/index.js";

export class CompareSink implements Sink {
  readonly #recorded: Iterator<string>;
  readonly #whole: boolean;
  #line = 0;
  #difference: LineDifference | undefined;
  #interrupted = false;

  /** @param whole whether the recording was written to its end */
  constructor(recorded: Iterator<string>, whole: boolean) {
    this.#recorded = recorded;
    this.#whole = whole;
  }

  get difference(): LineDifference | undefined {
    return this.#difference;
  }

  /** All of the recording is the same, and the run goes on after it. */
  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** Nothing more will be compared. */
  get done(): boolean {
    return this.#interrupted || this.#difference !== undefined;
  }

  /** How many entries were the same. */
  get same(): number {
    return Math.max(0, this.#line - 1);
  }

  write(actual: string): void {
    if (this.done) return;
    const next = this.#recorded.next();
    const expected = next.done === true ? undefined : next.value.replace(/\r$/u, "");
    const line = this.#line + 1;
    const same = line === 1 ? sameHeader(expected, actual) : expected === actual;
    if (same) this.#line = line;
    else if (!this.#whole && this.#cutOff(expected, actual)) this.#interrupted = true;
    else this.#difference = { line, expected, actual };
  }

  /** Whether the recording ends here or in the middle of this line. */
  #cutOff(expected: string | undefined, actual: string): boolean {
    if (expected === undefined) return true;
    return actual.startsWith(expected) && this.#recorded.next().done === true;
  }

  /** The run is over: nothing may be left of the recording. */
  end(): void {
    if (this.done) return;
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
