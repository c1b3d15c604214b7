/** The longest run of numbers that only grow, out of a list of different numbers. */

/** @returns where in `numbers` they are */
export function longestIncreasing(numbers: readonly number[]): readonly number[] {
  /** By length: where the run of that length ends whose last number is the smallest. */
  const ends: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before.push(ends[low - 1] ?? -1);
    ends[low] = at;
  });
  const found: number[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) found.push(at);
  return found.reverse();
}
