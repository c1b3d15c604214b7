/**
 * The order in which Python 2.7 (64 bit) lists the keys of a dictionary. The clients of 2014 print
 * dictionaries, so their order is part of what a user saw: it gives bodies and headers of
 * transcripts §T1 and §T3 as recorded. Upstream: CPython 2.7, Objects/dictobject.c, Objects/stringobject.c.
 */

const MULTIPLIER = 1_000_003;
const SMALLEST_TABLE = 8;
/** A dictionary grows fourfold until it is very large; none here is. */
const GROWTH = 4;
const PERTURB_SHIFT = 5;
const TWO_32 = 0x1_0000_0000;

/** `keys` as a dictionary would list them that was filled in this order. */
export function dictOrder(keys: readonly string[]): string[] {
  let table: (Slot | undefined)[] = new Array<Slot | undefined>(SMALLEST_TABLE).fill(undefined);
  let used = 0;
  for (const key of keys) {
    if (!insert(table, slotOf(key))) continue;
    used += 1;
    if (used * 3 >= table.length * 2) table = resized(table, used * GROWTH);
  }
  return table.flatMap((slot) => (slot === undefined ? [] : [slot.key]));
}

/** `hash(text) % 2**31`, of a process without randomized hashes. */
export const hash31 = (text: string): number => slotOf(text).low & 0x7fff_ffff;

/** A key with its hash: 64 bits in two halves, each an unsigned number of 32. */
interface Slot {
  readonly key: string;
  readonly high: number;
  readonly low: number;
}

/** `string_hash`. Products of a half and the multiplier have 52 bits, so they are exact. */
function slotOf(key: string): Slot {
  const first = key.codePointAt(0);
  if (first === undefined) return { key, high: 0, low: 0 };
  // A code point times 128 has less than 32 bits.
  let high = 0;
  let low = first * 128;
  let length = 0;
  for (const char of key) {
    const product = low * MULTIPLIER;
    high = (high * MULTIPLIER + Math.floor(product / TWO_32)) >>> 0;
    low = (product ^ (char.codePointAt(0) ?? 0)) >>> 0;
    length += 1;
  }
  return { key, high, low: (low ^ length) >>> 0 };
}

/**
 * Put `slot` where it belongs; false if its key is there already. Of the place that is looked at only
 * what the mask leaves matters, and no table has 2^32 places.
 */
function insert(table: (Slot | undefined)[], slot: Slot): boolean {
  const mask = table.length - 1;
  let { high, low } = slot;
  let index = (low & mask) >>> 0;
  for (;;) {
    const there = table[index];
    if (there === undefined) break;
    if (there.key === slot.key) return false;
    index = (Math.imul(index, 5) + low + 1) & mask;
    low = ((low >>> PERTURB_SHIFT) | (high << (32 - PERTURB_SHIFT))) >>> 0;
    high >>>= PERTURB_SHIFT;
  }
  table[index] = slot;
  return true;
}

function resized(table: readonly (Slot | undefined)[], more: number): (Slot | undefined)[] {
  let size = SMALLEST_TABLE;
  while (size <= more) size *= 2;
  const grown = new Array<Slot | undefined>(size).fill(undefined);
  for (const slot of table) if (slot !== undefined) insert(grown, slot);
  return grown;
}
