/**
 * What is to happen, in the one order that a run has: by `(at, seq)`. A binary heap over typed
 * arrays (no garbage at any length), with each entry's place remembered, so that a cancelled
 * timer leaves at once. An RPC timeout whose reply came must not wait in the queue for its minute.
 */
import type { Micros } from "../time.js";

/** Something that can fall due. It keeps its own place in the queue, so that it can be withdrawn. */
export interface Due {
  /** The queue's handle on this entry, -1 when it is not in the queue. The queue alone writes it. */
  slot: number;
  /** Happen. */
  due(): void;
}

export class DueQueue {
  #at = new Float64Array(1024);
  #seq = new Float64Array(1024);
  #slot = new Int32Array(1024);
  #place = new Int32Array(1024);
  readonly #entries: (Due | undefined)[] = [];
  readonly #free: number[] = [];
  #nextSeq = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** When the earliest entry is due; meaningless if there is none. */
  get nextAt(): Micros {
    return this.#at[0] as number;
  }

  push(at: Micros, entry: Due): void {
    if (this.#size === this.#at.length) this.#grow();
    const slot = this.#free.pop() ?? this.#entries.length;
    this.#entries[slot] = entry;
    entry.slot = slot;
    this.#up(this.#size++, at, this.#nextSeq++, slot);
  }

  /** Take the earliest entry. The queue must not be empty. */
  pop(): Due {
    const slot = this.#slot[0] as number;
    const entry = this.#entries[slot] as Due;
    this.#take(0, slot);
    return entry;
  }

  /** All that wait, in no order: for who looks from outside. */
  entries(): Due[] {
    return this.#entries.filter((entry) => entry !== undefined);
  }

  /** Withdraw an entry before it is due. */
  remove(entry: Due): void {
    if (entry.slot < 0) return;
    this.#take(this.#place[entry.slot] as number, entry.slot);
  }

  #take(place: number, slot: number): void {
    const entry = this.#entries[slot] as Due;
    entry.slot = -1;
    this.#entries[slot] = undefined;
    this.#free.push(slot);
    const last = --this.#size;
    if (place === last) return;
    const at = this.#at[last] as number;
    const seq = this.#seq[last] as number;
    const moved = this.#slot[last] as number;
    // The last entry fills the hole; it may belong above or below it.
    if (place > 0 && this.#before(at, seq, (place - 1) >> 1)) this.#up(place, at, seq, moved);
    else this.#down(place, at, seq, moved);
  }

  #before(at: number, seq: number, place: number): boolean {
    const other = this.#at[place] as number;
    return at < other || (at === other && seq < (this.#seq[place] as number));
  }

  #up(from: number, at: number, seq: number, slot: number): void {
    const ats = this.#at;
    const seqs = this.#seq;
    const slots = this.#slot;
    const places = this.#place;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = ats[parent] as number;
      if (above < at || (above === at && (seqs[parent] as number) < seq)) break;
      const moved = slots[parent] as number;
      ats[place] = above;
      seqs[place] = seqs[parent] as number;
      slots[place] = moved;
      places[moved] = place;
      place = parent;
    }
    this.#set(place, at, seq, slot);
  }

  #down(from: number, at: number, seq: number, slot: number): void {
    const ats = this.#at;
    const seqs = this.#seq;
    const slots = this.#slot;
    const places = this.#place;
    const size = this.#size;
    let place = from;
    for (let child = 2 * place + 1; child < size; child = 2 * place + 1) {
      let below = ats[child] as number;
      const right = child + 1;
      if (right < size) {
        const other = ats[right] as number;
        if (
          other < below ||
          (other === below && (seqs[right] as number) < (seqs[child] as number))
        ) {
          child = right;
          below = other;
        }
      }
      if (at < below || (at === below && seq < (seqs[child] as number))) break;
      const moved = slots[child] as number;
      ats[place] = below;
      seqs[place] = seqs[child] as number;
      slots[place] = moved;
      places[moved] = place;
      place = child;
    }
    this.#set(place, at, seq, slot);
  }

  #set(place: number, at: number, seq: number, slot: number): void {
    this.#at[place] = at;
    this.#seq[place] = seq;
    this.#slot[place] = slot;
    this.#place[slot] = place;
  }

  #grow(): void {
    const capacity = this.#at.length * 2;
    const larger = <A extends Float64Array | Int32Array>(from: A, to: A): A => (to.set(from), to);
    this.#at = larger(this.#at, new Float64Array(capacity));
    this.#seq = larger(this.#seq, new Float64Array(capacity));
    this.#slot = larger(this.#slot, new Int32Array(capacity));
    this.#place = larger(this.#place, new Int32Array(capacity));
  }
}
