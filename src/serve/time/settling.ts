/**
 * Virtual time that goes by as it is needed: what has been accepted goes on until nothing is under way, and
 * only then does the next request come in, unless others are still being answered. A request that is
 * repeated with the same answer is a poll, and each lets a little more time go by before it is looked at
 * again: so that comes, too, what somebody does every hour. Nothing here depends on a clock.
 */
import {
  minutes,
  seconds,
  hours,
  type Duration,
  type Kernel,
  type Micros,
} from "../../kernel/index.js";

/** What one look costs that is not a repetition. */
const FIRST = seconds(1);
/** A poll waits at most as long. */
const LONGEST = minutes(5);
/** So many different requests are watched. */
const WATCHED = 200;

/** Work that goes on for longer is not waited for. */
export const PATIENCE: Duration = hours(1);

interface Look {
  answer: string;
  repeated: number;
}

export class Polls {
  /** By what was asked. The one that was asked longest ago is forgotten first. */
  readonly #looks = new Map<string, Look>();

  /** How long time goes by before `method target` is looked at once more. */
  pauseBefore(method: string, target: string): Duration {
    if (method !== "GET" && method !== "HEAD") return 0;
    const repeated = this.#looks.get(`${method} ${target}`)?.repeated ?? 0;
    const doubled = FIRST * 2 ** Math.min(repeated, 30);
    return doubled < LONGEST ? seconds(doubled / 1e6) : LONGEST;
  }

  /** What was answered. */
  answered(method: string, target: string, answer: string): void {
    if (method !== "GET" && method !== "HEAD") return;
    const key = `${method} ${target}`;
    const before = this.#looks.get(key);
    this.#looks.delete(key);
    const repeated = before?.answer === answer ? before.repeated + 1 : 0;
    this.#looks.set(key, { answer, repeated });
    if (this.#looks.size <= WATCHED) return;
    const [oldest] = this.#looks.keys();
    if (oldest !== undefined) this.#looks.delete(oldest);
  }
}

/** Whether nothing is under way, or has been for too long by now. */
export const atRest = (kernel: Kernel, since: Micros): boolean =>
  kernel.settled || kernel.now - since >= PATIENCE;
