/** `itertools.groupby(sorted(items, key), key)`: groups by a text, the texts in order. Upstream: CPython 2.7. */

export function groupedBy<T>(
  items: readonly T[],
  key: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const name of [...new Set(items.map(key))].sort()) groups.set(name, []);
  for (const item of items) groups.get(key(item))?.push(item);
  return groups;
}
