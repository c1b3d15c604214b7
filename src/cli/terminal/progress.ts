/**
 * What a command does and how far it is, for somebody who waits at a terminal: one line on standard error, written
 * over and over, and gone before anything else is written. Nothing for a second, nothing in pipes, nothing with
 * --quiet, and no colours. By the clock of the machine, and no part of what a command says.
 */
import { widthOf } from "../../text/width.js";
import type { Io, Out } from "../io.js";

/** What is done sooner needs no words. */
const FIRST_MS = 1_000;
/** As often as an eye follows. */
const EVERY_MS = 100;

/** To the beginning of the line, and nothing right of there. */
const BACK = "\r\u001b[K";

export class Progress {
  readonly #out: Out;
  readonly #now: () => number;
  readonly #wanted: () => boolean;
  #next: number;
  #shown = false;

  /** @param quiet asked when there is something to say: options are read after this is made */
  constructor({ stderr, env, now }: Io, quiet: () => boolean) {
    this.#out = stderr;
    this.#now = now;
    this.#wanted = () => stderr.tty && env["TERM"] !== "dumb" && !quiet();
    this.#next = now() + FIRST_MS;
  }

  /** Say where the work stands, if it is time to. @param words made only then; one line */
  tell(words: () => string): void {
    if (this.#now() < this.#next || !this.#wanted()) return;
    this.#next = this.#now() + EVERY_MS;
    this.#show(words());
  }

  /** Say what begins, and cannot say how far it is before it has ended: at once, where somebody waits already. */
  begin(words: string): void {
    if (!this.#shown && this.#now() < this.#next) return;
    if (this.#wanted()) this.#show(words);
  }

  /** Take the line away: something else is written, or all is done. The next one waits a second again. */
  clear(): void {
    this.#next = this.#now() + FIRST_MS;
    if (!this.#shown) return;
    this.#shown = false;
    this.#out.write(BACK);
  }

  #show(words: string): void {
    this.#shown = true;
    this.#out.write(`${BACK}${cut(`${words} ...`, (this.#out.columns ?? 80) - 1)}`);
  }
}

/** `io`, whose streams take the line away before they write. */
export function overProgress(io: Io, progress: Progress): Io {
  return {
    ...io,
    stdout: new Over(io.stdout, progress),
    stderr: new Over(io.stderr, progress),
  };
}

class Over implements Out {
  readonly #out: Out;
  readonly #progress: Progress;

  constructor(out: Out, progress: Progress) {
    this.#out = out;
    this.#progress = progress;
  }

  get tty(): boolean {
    return this.#out.tty;
  }

  get columns(): number | undefined {
    return this.#out.columns;
  }

  get rows(): number | undefined {
    return this.#out.rows;
  }

  get closed(): boolean {
    return this.#out.closed;
  }

  write(text: string): void {
    // A pipe is another place than the screen that the line is on.
    if (this.#out.tty) this.#progress.clear();
    this.#out.write(text);
  }

  drained(): Promise<void> {
    return this.#out.drained();
  }
}

/** As much of a line as has room: a terminal would break the rest, and a broken line cannot be taken back. */
function cut(line: string, room: number): string {
  let kept = "";
  let taken = 0;
  for (const character of line.replaceAll(/\p{Cc}/gu, " ")) {
    taken += widthOf(character.codePointAt(0) ?? 0);
    if (taken > room) break;
    kept += character;
  }
  return kept;
}

/** `45 %`: how much of it is done. */
export const percent = (done: number, all: number): string =>
  `${String(all === 0 ? 100 : Math.floor((100 * done) / all))} %`;
