/**
 * Virtual time that goes by as it is needed: what has been accepted goes on until nothing is under way, and
 * only then does the next request come in, unless others are still being answered. A request that is
 * repeated with the same answer is a poll, and each lets a little more time go by before it is looked at
 * again: so that comes, too, what somebody does every hour. Who asks a quiet cloud a thousand times waits for
 * nothing any more, and is not made to. Nothing here depends on a clock.
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
/** Who has seen nothing new for so long does not wait for something that soon comes. */
const IN_VAIN = hours(2);
/** Then only one poll of so many lets much time go by: to simulate it costs more than to answer. */
const SELDOM = 16;
/** A client that waits asks for one thing, or for a few in turn. */
const IN_TURN = 3;

/** Work that goes on for longer is not waited for. */
const PATIENCE: Duration = hours(1);

interface Look {
  readonly key: string;
  answer: string | undefined;
  repeated: number;
  /** How much time has gone by since the answer was another, or before the first. */
  waited: number;
}

export class Polls {
  /** What was asked last, the latest at the end. */
  readonly #looks: Look[] = [];

  /** A request comes in. @returns how long time goes by before it is looked at */
  pauseBefore(method: string, target: string): Duration {
    const key = `${method} ${target}`;
    const at = this.#looks.findIndex((look) => look.key === key);
    const [look = { key, answer: undefined, repeated: 0, waited: 0 }] =
      at < 0 ? [] : this.#looks.splice(at, 1);
    this.#looks.push(look);
    if (this.#looks.length > IN_TURN) this.#looks.shift();
    if (method !== "GET" && method !== "HEAD") return 0;
    const pause = pauseOf(look);
    look.waited += pause;
    return pause;
  }

  /** What was answered. */
  answered(method: string, target: string, answer: string): void {
    const look = this.#looks.find(({ key }) => key === `${method} ${target}`);
    if (look === undefined) return;
    const same = look.answer === answer;
    look.repeated = same ? look.repeated + 1 : 0;
    if (!same) look.waited = 0;
    look.answer = answer;
  }
}

function pauseOf({ repeated, waited }: Look): Duration {
  if (waited >= IN_VAIN && repeated % SELDOM !== 0) return FIRST;
  const doubled = FIRST * 2 ** Math.min(repeated, 30);
  return doubled < LONGEST ? seconds(doubled / 1e6) : LONGEST;
}

/** Whether nothing is under way, or has been for too long by now. */
export const atRest = (kernel: Kernel, since: Micros): boolean =>
  kernel.settled || kernel.now - since >= PATIENCE;
