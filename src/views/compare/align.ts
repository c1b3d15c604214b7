/**
 * Which items of one list are which of another, both in their order: the heaviest common sub-sequence,
 * where what says the same weighs a little more than what is merely the same deed. The lists swapped
 * give the same pairs swapped.
 */
import { longestIncreasing } from "./increasing.js";

/** Equal numbers mean equal words. */
export interface Item {
  readonly key: number;
  readonly loose: number;
  readonly text: number;
}

export type Match = readonly [i: number, j: number];

type Field = keyof Item;

/** Lists whose product is larger are first cut at what both have once. */
const MOST_CELLS = 1_000_000;
/** Where nothing is there only once, this far ahead the same is looked for. */
const AHEAD = 200;
const SAME_DEED = 8;
const SAME_WORDS = 9;

export function align(a: readonly Item[], b: readonly Item[]): readonly Match[] {
  const swapped = isAfter(a, b);
  const [one, other] = swapped ? [b, a] : [a, b];
  const found: Match[] = [];
  const firm = between(one, other, [0, one.length], [0, other.length], "key");
  // What is left between two that match may be of the same sort.
  let from: Match = [0, 0];
  for (const match of [...firm, [one.length, other.length] as const]) {
    found.push(...between(one, other, [from[0], match[0]], [from[1], match[1]], "loose"), match);
    from = [match[0] + 1, match[1] + 1];
  }
  found.pop();
  found.push(...moved(one, other, found));
  return swapped ? found.map(([i, j]) => [j, i]) : found;
}

/** Of two lists always the same one goes first, however they are given. */
function isAfter(a: readonly Item[], b: readonly Item[]): boolean {
  if (a.length !== b.length) return a.length > b.length;
  for (const field of ["text", "key", "loose"] as const) {
    const at = a.findIndex((item, i) => item[field] !== b[i]?.[field]);
    if (at !== -1) return (a[at]?.[field] ?? 0) > (b[at]?.[field] ?? 0);
  }
  return false;
}

type Range = readonly [from: number, to: number];

function between(
  a: readonly Item[],
  b: readonly Item[],
  [fromA, toA]: Range,
  [fromB, toB]: Range,
  field: Field,
): readonly Match[] {
  const found: Match[] = [];
  const isSame = (i: number, j: number): boolean => {
    const text = a[i]?.text;
    return text !== undefined && text === b[j]?.text;
  };
  let [i, j] = [fromA, fromB];
  while (i < toA && j < toB && isSame(i, j)) found.push([i++, j++]);
  let [endA, endB] = [toA, toB];
  const tail: Match[] = [];
  while (endA > i && endB > j && isSame(endA - 1, endB - 1)) tail.push([--endA, --endB]);
  if (endA > i && endB > j) {
    const left = [a, b, [i, endA], [j, endB], field] as const;
    found.push(...((endA - i) * (endB - j) <= MOST_CELLS ? heaviest(...left) : cut(...left)));
  }
  return [...found, ...tail.reverse()];
}

function heaviest(
  a: readonly Item[],
  b: readonly Item[],
  [fromA, toA]: Range,
  [fromB, toB]: Range,
  field: Field,
): readonly Match[] {
  const width = toB - fromB + 1;
  const weights = new Int32Array((toA - fromA + 1) * width);
  const weightOf = (i: number, j: number): number => {
    const [one, other] = [a[i], b[j]];
    if (one === undefined || other === undefined || one[field] !== other[field]) return 0;
    return one.text === other.text ? SAME_WORDS : SAME_DEED;
  };
  const cell = (i: number, j: number): number => (i - fromA) * width + (j - fromB);
  for (let i = toA - 1; i >= fromA; i--) {
    for (let j = toB - 1; j >= fromB; j--) {
      const weight = weightOf(i, j);
      const both = weight === 0 ? 0 : weight + (weights[cell(i + 1, j + 1)] ?? 0);
      const rest = Math.max(weights[cell(i + 1, j)] ?? 0, weights[cell(i, j + 1)] ?? 0);
      weights[cell(i, j)] = Math.max(both, rest);
    }
  }
  const found: Match[] = [];
  let [i, j] = [fromA, fromB];
  while (i < toA && j < toB) {
    const weight = weightOf(i, j);
    const here = weights[cell(i, j)] ?? 0;
    if (weight > 0 && here === weight + (weights[cell(i + 1, j + 1)] ?? 0)) found.push([i++, j++]);
    else if (here === (weights[cell(i + 1, j)] ?? 0)) i += 1;
    else j += 1;
  }
  return found;
}

/** Long lists, at what is in both of them only once. */
function cut(
  a: readonly Item[],
  b: readonly Item[],
  [fromA, toA]: Range,
  [fromB, toB]: Range,
  field: Field,
): readonly Match[] {
  const inA = once(a, fromA, toA, field);
  const inB = once(b, fromB, toB, field);
  const both = [...inA].flatMap(([word, i]) => {
    const j = inB.get(word) ?? -1;
    return i === -1 || j === -1 ? [] : [[i, j] as const];
  });
  const anchors = longestIncreasing(both.map(([, j]) => j)).flatMap((at) => {
    const anchor = both[at];
    return anchor === undefined ? [] : [anchor];
  });
  if (anchors.length === 0) return nearest(a, b, [fromA, toA], [fromB, toB], field);
  const found: Match[] = [];
  let [i, j] = [fromA, fromB];
  for (const anchor of anchors) {
    found.push(...between(a, b, [i, anchor[0]], [j, anchor[1]], field), anchor);
    [i, j] = [anchor[0] + 1, anchor[1] + 1];
  }
  return [...found, ...between(a, b, [i, toA], [j, toB], field)];
}

/** By word, where it is; -1 where there are more of it. */
function once(
  items: readonly Item[],
  from: number,
  to: number,
  field: Field,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let i = from; i < to; i++) {
    const word = items[i]?.[field] ?? -1;
    found.set(word, found.has(word) ? -1 : i);
  }
  return found;
}

function nearest(
  a: readonly Item[],
  b: readonly Item[],
  [fromA, toA]: Range,
  [fromB, toB]: Range,
  field: Field,
): readonly Match[] {
  const found: Match[] = [];
  let j = fromB;
  for (let i = fromA; i < toA && j < toB; i++) {
    const end = Math.min(toB, j + AHEAD);
    for (let next = j; next < end; next++) {
      if (a[i]?.[field] !== b[next]?.[field]) continue;
      found.push([i, next]);
      j = next + 1;
      break;
    }
  }
  return found;
}

/** What is the same deed and came in another order: those who work at once may overtake each other. */
function moved(a: readonly Item[], b: readonly Item[], found: readonly Match[]): readonly Match[] {
  const usedA = new Set(found.map(([i]) => i));
  const usedB = new Set(found.map(([, j]) => j));
  const left = new Map<number, number[]>();
  b.forEach(({ key }, j) => {
    if (usedB.has(j)) return;
    const known = left.get(key);
    if (known === undefined) left.set(key, [j]);
    else known.push(j);
  });
  return a.flatMap(({ key }, i) => {
    const j = usedA.has(i) ? undefined : left.get(key)?.shift();
    return j === undefined ? [] : [[i, j] as const];
  });
}
