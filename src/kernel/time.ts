/**
 * Units of virtual time and the calendar of a run. Time is an integer number of microseconds
 * since the run's epoch; a date is only ever made from it to be shown or stored.
 */

/** Virtual time, or a length of it, in whole microseconds. */
export type Micros = number;

export const microseconds = (n: number): Micros => Math.round(n);
export const milliseconds = (n: number): Micros => Math.round(n * 1_000);
export const seconds = (n: number): Micros => Math.round(n * 1_000_000);
export const minutes = (n: number): Micros => Math.round(n * 60_000_000);
export const hours = (n: number): Micros => Math.round(n * 3_600_000_000);

/** The moment at which runs begin unless told otherwise: that of transcript T3. */
export const DEFAULT_EPOCH = "2014-09-18T04:03:09.000Z";

/** Turns virtual time into the dates that services store and show. */
export class Calendar {
  readonly epoch: string;
  readonly #epochMs: number;

  /** @throws RangeError if `epoch` is not a date */
  constructor(epoch: string = DEFAULT_EPOCH) {
    this.#epochMs = Date.parse(epoch);
    if (Number.isNaN(this.#epochMs)) throw new RangeError(`epoch "${epoch}" is not an ISO date`);
    this.epoch = new Date(this.#epochMs).toISOString();
  }

  /** `2014-09-18T04:03:09Z`: how REST answers write a date. */
  iso(at: Micros): string {
    return `${this.#date(at).toISOString().slice(0, 19)}Z`;
  }

  /** `2014-09-18T04:03:09.000000`: how services store a date and put it on the bus (strtime). */
  stamp(at: Micros): string {
    const micros = String(at % 1_000_000).padStart(6, "0");
    const whole = this.#date(at - (at % 1_000_000)).toISOString().slice(0, 19);
    return `${whole}.${micros}`;
  }

  /** `Thu, 18 Sep 2014 04:03:09 GMT`: the HTTP date header. */
  http(at: Micros): string {
    return this.#date(at).toUTCString();
  }

  /** The virtual time that `stamp` or `iso` wrote, or NaN. */
  parse(text: string): Micros {
    const zoned = text.endsWith("Z") ? text : `${text}Z`;
    const match = /\.(\d{6})Z$/.exec(zoned);
    const fraction = match ? Number(match[1]) : 0;
    const whole = match ? zoned.replace(/\.\d{6}Z$/, "Z") : zoned;
    return (Date.parse(whole) - this.#epochMs) * 1_000 + fraction;
  }

  #date(at: Micros): Date {
    return new Date(this.#epochMs + Math.floor(at / 1_000));
  }
}
