/**
 * "Did you mean": the known name that is closest to what somebody wrote. Only for messages; nothing
 * is ever corrected silently.
 */

/**
 * The name out of `known` that `written` most likely stands for, if one is close enough: by `most`
 * edits at the most.
 */
export function nearest(
  written: string,
  known: Iterable<string>,
  most = Math.max(1, Math.floor(written.length / 3)),
): string | undefined {
  const word = written.toLowerCase();
  let best: string | undefined;
  let least = most + 1;
  for (const name of known) {
    if (Math.abs(name.length - word.length) >= least) continue;
    const edits = distance(word, name.toLowerCase());
    if (edits < least) {
      least = edits;
      best = name;
    }
  }
  return best;
}

/** `Did you mean "cirros"?`, or what there is. */
export function didYouMean(written: string, names: readonly string[]): string | undefined {
  const close = nearest(written, names);
  if (close !== undefined) return `Did you mean "${close}"?`;
  return names.length > 0 && names.length <= 16 ? `There is: ${names.join(", ")}.` : undefined;
}

/** The same, or of many some. */
export function didYouMeanOrSome(written: string, names: readonly string[]): string {
  const some = names.length === 0 ? "There is none." : `Such as ${names.slice(0, 8).join(", ")}.`;
  return didYouMean(written, names) ?? some;
}

/** How many letters must be put in, left out, changed or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(before, j - 2) + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
