/**
 * Two runs beside each other from top to bottom: what is the same deed on one line, as far as both came
 * in the same order; what only one of them has, or has elsewhere, on a line of its own.
 */
import { longestIncreasing } from "./increasing.js";

/** One line; a side is undefined where it has nothing there. */
export interface Place {
  readonly a: number | undefined;
  readonly b: number | undefined;
}

type Both = readonly [a: number, b: number];

/**
 * @param pairs in any order
 * @param a @param b what each side has, in its order
 */
export function placesOf(
  pairs: readonly Both[],
  a: readonly number[],
  b: readonly number[],
): readonly Place[] {
  const found: Place[] = [];
  let [i, j] = [0, 0];
  const alone = (endA: number, endB: number): void => {
    for (; (a[i] ?? Infinity) < endA; i++) found.push({ a: a[i], b: undefined });
    for (; (b[j] ?? Infinity) < endB; j++) found.push({ a: undefined, b: b[j] });
  };
  for (const [one, other] of inStep(pairs)) {
    alone(one, other);
    found.push({ a: one, b: other });
    i += 1;
    j += 1;
  }
  alone(Infinity, Infinity);
  return found;
}

/** As many pairs as can be that both sides have in the same order; swapped, the same ones swapped. */
function inStep(pairs: readonly Both[]): readonly Both[] {
  const byA = sorted(pairs);
  const byB = sorted(pairs.map(([a, b]) => [b, a]));
  const swapped = isAfter(byA, byB);
  const first = swapped ? byB : byA;
  return longestIncreasing(first.map(([, second]) => second)).flatMap((at) => {
    const pair = first[at];
    if (pair === undefined) return [];
    return swapped ? [[pair[1], pair[0]] as const] : [pair];
  });
}

function sorted(pairs: readonly Both[]): readonly Both[] {
  return [...pairs].sort(([a], [b]) => a - b);
}

function isAfter(one: readonly Both[], other: readonly Both[]): boolean {
  for (const [at, [a, b]] of one.entries()) {
    const [x = 0, y = 0] = other[at] ?? [];
    if (a !== x) return a > x;
    if (b !== y) return b > y;
  }
  return false;
}
