/**
 * Chance, from the seed alone. One stream per actor and purpose, derived by name, so that a new
 * actor or another draw elsewhere shifts nobody. pure-rand makes the numbers, nanoid the ids.
 */
import { customRandom } from "nanoid";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { HEX_BYTES } from "../text/hex.js";
import type { Duration } from "./time.js";

type Generator = ReturnType<typeof xoroshiro128plusFromState>;

/** A range of durations, both ends included. */
export interface Span {
  readonly min: Duration;
  readonly max: Duration;
}

/**
 * The draws of one actor for one purpose.
 *
 * @example
 * ```ts
 * import { Kernel } from "novasim";
 *
 * const draws = (seed: number) => new Kernel({ seed }).stream("dealer", "cards").int(1, 52);
 * console.log(draws(7) === draws(7)); // true
 * ```
 */
export class Stream {
  readonly #generator: Generator;

  /** @internal `Streams` makes streams. */
  constructor(name: string) {
    this.#generator = xoroshiro128plusFromState(stateOf(name));
  }

  /** A whole number from `min` to `max`, both included. A choice of one draws nothing. */
  int(min: number, max: number): number {
    if (min > max) throw new RangeError(`no whole number from ${String(min)} to ${String(max)}`);
    return min === max ? min : uniformInt(this.#generator, min, max);
  }

  /** A duration out of `span`. */
  within(span: Span): Duration {
    return this.int(span.min, span.max) as Duration;
  }

  /** One of `choices`, which must not be empty. */
  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new RangeError("cannot pick from nothing");
    return choices[this.int(0, choices.length - 1)] as T;
  }

  bytes(size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    for (let i = 0; i < size; i += 4) {
      const word = this.#generator.next();
      for (let j = 0; j < 4 && i + j < size; j++) bytes[i + j] = (word >>> (8 * j)) & 255;
    }
    return bytes;
  }

  /** `size` characters of `alphabet`, as nanoid makes them. */
  text(alphabet: string, size: number): string {
    return customRandom(alphabet, size, (count) => this.bytes(count))();
  }

  /**
   * 32 hexadecimal digits: a Keystone id or UUID token. They are those of `text`, made without its
   * bytes: every message of a heartbeat has a request id.
   */
  hex32(): string {
    let hex = "";
    for (let i = 0; i < 8; i++) hex = this.#fourDigits() + hex;
    return hex;
  }

  /** A version 4 UUID without its dashes: `uuid.uuid4().hex`. */
  uuidHex(): string {
    return this.uuid().replaceAll("-", "");
  }

  /** A version 4 UUID in its usual spelling. */
  uuid(): string {
    // The digits of `hex32`, from the last to the first: cut out of it, they cost twice as much.
    const node3 = this.#fourDigits();
    const node2 = this.#fourDigits();
    const node1 = this.#fourDigits();
    const clock = this.#fourDigits();
    const version = this.#fourDigits();
    const middle = this.#fourDigits();
    const low2 = this.#fourDigits();
    const low1 = this.#fourDigits();
    const variant = "89ab"[parseInt(clock[0] as string, 16) & 3] as string;
    return `${low1}${low2}-${middle}-4${version.slice(1)}-${variant}${clock.slice(1)}-${node1}${node2}${node3}`;
  }

  /** The low half of each byte of a word, the last byte first. */
  #fourDigits(): string {
    const word = this.#generator.next();
    const high = ((word >>> 20) & 0xf0) | ((word >>> 16) & 0x0f);
    const low = ((word >>> 4) & 0xf0) | (word & 0x0f);
    return (HEX_BYTES[high] as string) + (HEX_BYTES[low] as string);
  }
}

/** All streams of a run. */
export class Streams {
  readonly #seed: number;
  /** By owner, then purpose: the two names are known by heart, one made of them is not. */
  readonly #streams = new Map<string, Map<string, Stream>>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** The stream of `owner` (an actor) for `purpose`; always the same one for the same names. */
  of(owner: string, purpose: string): Stream {
    let own = this.#streams.get(owner);
    if (own === undefined) this.#streams.set(owner, (own = new Map<string, Stream>()));
    let stream = own.get(purpose);
    if (stream === undefined) {
      // A line end is in no name, so that no two pairs can be taken for one another.
      stream = new Stream(`${String(this.#seed)}\n${owner}\n${purpose}`);
      own.set(purpose, stream);
    }
    return stream;
  }
}

/** The state that a name starts its stream in: FNV-1a from four beginnings, each with a final mix. */
function stateOf(name: string): readonly number[] {
  return [0x811c9dc5, 0x9e3779b9, 0x7f4a7c15, 0x2545f491].map((basis) => {
    let h = basis;
    for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  });
}
