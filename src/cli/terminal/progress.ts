/**
 * Where a long run stands, said now and then to somebody who watches: on a terminal only, since the
 * lines come by the clock of the machine and are no part of what a run says.
 */
import { formatDuration, type Result } from "../../scenario/index.js";
import type { Session } from "../globals.js";

const FIRST_MS = 3_000;
const EVERY_MS = 10_000;

export class Progress {
  readonly #session: Session;
  #next = performance.now() + FIRST_MS;

  constructor(session: Session) {
    this.#session = session;
  }

  tell(resultSoFar: () => Result): void {
    const { io, talk } = this.#session;
    if (!io.stderr.tty || performance.now() < this.#next) return;
    this.#next = performance.now() + EVERY_MS;
    const { scenario, at, steps, events } = resultSoFar();
    const done = `${formatDuration(at)} of virtual time, step ${String(steps)}, ${String(events)} events`;
    talk.say(`${scenario}: ${done} ...`);
  }
}
