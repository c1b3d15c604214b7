/**
 * Rows that say the same again become one with a count: polling, a row of object calls, services
 * that start. State changes may stand between them, since they are what the repetition waits for.
 */
import type { Row } from "./row.js";

/** The most different items that a gathered row names. */
const MOST_ITEMS = 4;

export function gatherRepeats(rows: readonly Row[]): Row[] {
  const gathered: { first: Row; last: Row; times: number; items: Map<string, number> }[] = [];
  let open: (typeof gathered)[number] | undefined;
  for (const row of rows) {
    if (open !== undefined && row.key !== undefined && open.first.key === row.key) {
      open.times += 1;
      open.last = row;
      if (row.item !== undefined) open.items.set(row.item, (open.items.get(row.item) ?? 0) + 1);
      continue;
    }
    const next = { first: row, last: row, times: 1, items: new Map<string, number>() };
    if (row.item !== undefined) next.items.set(row.item, 1);
    gathered.push(next);
    if (!row.aside) open = next;
  }
  return gathered.map(({ first, last, times, items }) => {
    if (times === 1) return first;
    const extra = items.size === 0 ? first.extra : listed(items);
    return {
      ...first,
      what: `${first.what} ×${String(times)}`,
      extra,
      end: last.end,
      endTone: last.endTone,
    };
  });
}

function listed(items: ReadonlyMap<string, number>): string {
  const named = [...items].slice(0, MOST_ITEMS);
  const words = named.map(([item, times]) => (times === 1 ? item : `${item} ×${String(times)}`));
  const more = items.size - named.length;
  return more > 0 ? `${words.join(", ")}, … ${String(more)} more` : words.join(", ");
}
