/**
 * Ids of samples: `uuid1()`, which has the time in front and the host's address behind. Upstream:
 * ceilometer/sample.py at 2014.2, by the module uuid of CPython 2.7.
 */
import type { Env } from "../../framework/index.js";
import { unixMicros, type Kernel, type Stream } from "../../kernel/index.js";

/** From the calendar of Gregory to that of Unix, in steps of 100 ns. */
const SINCE_1582 = 0x01b2_1dd2_1381_4000n;

export class SampleIds {
  readonly #kernel: Kernel;
  readonly #chance: Stream;
  /** The address of the host's card. */
  readonly #node: string;
  #last = 0n;

  constructor(env: Env) {
    this.#kernel = env.kernel;
    this.#chance = env.stream("sample id");
    this.#node = this.#chance.hex32().slice(0, 12);
  }

  next(): string {
    const { calendar, now } = this.#kernel;
    const ticks = BigInt(unixMicros(calendar.stamp(now))) * 10n + SINCE_1582;
    // Two at one moment are told apart by a step of the clock.
    this.#last = ticks > this.#last ? ticks : this.#last + 1n;
    const time = this.#last.toString(16).padStart(15, "0");
    const sequence = (0x80_00 + this.#chance.int(0, 0x3f_ff)).toString(16);
    return `${time.slice(7)}-${time.slice(3, 7)}-1${time.slice(0, 3)}-${sequence}-${this.#node}`;
  }
}
