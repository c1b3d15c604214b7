/**
 * The order in which Python 2.7 (64 bit) lists the keys of a dictionary. The clients of 2014 print
 * dictionaries, so their order is part of what a user saw: it gives bodies and headers of
 * transcripts §T1 and §T3 as recorded. Upstream: CPython 2.7, Objects/dictobject.c, Objects/stringobject.c.
 */

const MULTIPLIER = 1_000_003n;
const SMALLEST_TABLE = 8;
/** A dictionary grows fourfold until it is very large; none here is. */
const GROWTH = 4;
const PERTURB_SHIFT = 5n;

/** `keys` as a dictionary would list them that was filled in this order. */
export function dictOrder(keys: readonly string[]): string[] {
  let table: (Slot | undefined)[] = new Array<Slot | undefined>(SMALLEST_TABLE).fill(undefined);
  let used = 0;
  for (const key of keys) {
    if (!insert(table, { key, hash: hashOf(key) })) continue;
    used += 1;
    if (used * 3 >= table.length * 2) table = resized(table, used * GROWTH);
  }
  return table.flatMap((slot) => (slot === undefined ? [] : [slot.key]));
}

interface Slot {
  readonly key: string;
  /** 64 bits, unsigned. */
  readonly hash: bigint;
}

function hashOf(text: string): bigint {
  const points = Array.from(text, (char) => BigInt(char.codePointAt(0) ?? 0));
  const [first] = points;
  if (first === undefined) return 0n;
  let hash = BigInt.asUintN(64, first << 7n);
  for (const point of points) hash = BigInt.asUintN(64, MULTIPLIER * hash) ^ point;
  return BigInt.asUintN(64, hash ^ BigInt(points.length));
}

/** Put `slot` where it belongs; false if its key is there already. */
function insert(table: (Slot | undefined)[], slot: Slot): boolean {
  const mask = BigInt(table.length - 1);
  let index = slot.hash & mask;
  let perturb = slot.hash;
  for (;;) {
    const there = table[Number(index & mask)];
    if (there === undefined) break;
    if (there.key === slot.key) return false;
    index = BigInt.asUintN(64, (index << 2n) + index + perturb + 1n);
    perturb >>= PERTURB_SHIFT;
  }
  table[Number(index & mask)] = slot;
  return true;
}

function resized(table: readonly (Slot | undefined)[], more: number): (Slot | undefined)[] {
  let size = SMALLEST_TABLE;
  while (size <= more) size *= 2;
  const grown = new Array<Slot | undefined>(size).fill(undefined);
  for (const slot of table) if (slot !== undefined) insert(grown, slot);
  return grown;
}
