/**
 * A part of a sorted listing: from a marker on, below a prefix, rolled up at a delimiter. Upstream:
 * swift/container/backend.py (list_objects_iter), account/backend.py (list_containers_iter) at 2.2.0.
 */
import { compareNames } from "./broker.js";

export interface ListOptions {
  readonly limit: number;
  readonly marker: string;
  readonly endMarker?: string | undefined;
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Only what is directly below; of containers alone. */
  readonly path?: string | undefined;
}

/** Names that go on behind the delimiter, as one. */
export interface Subdir {
  readonly subdir: string;
}

export const isSubdir = (entry: object): entry is Subdir => "subdir" in entry;

/** @param rows sorted by the bytes of their names */
export function listed<R extends { readonly name: string }>(
  rows: readonly R[],
  { limit, marker, endMarker, prefix: asked, delimiter: sign, path: below }: ListOptions,
): (R | Subdir)[] {
  const path = below === undefined || below === "" ? below : `${below.replace(/\/+$/, "")}/`;
  const delimiter = path === undefined ? sign : "/";
  // A prefix that is none makes a delimiter count.
  const prefix = path ?? (delimiter ? (asked ?? "") : asked);
  const results: (R | Subdir)[] = [];
  let passed: string | undefined;
  for (const row of rows) {
    const { name } = row;
    if (results.length >= limit) break;
    if (endMarker && compareNames(name, endMarker) >= 0) break;
    if (marker !== "" && compareNames(name, marker) <= 0) continue;
    if (prefix && !name.startsWith(prefix)) {
      if (compareNames(name, prefix) > 0) break;
      continue;
    }
    if (passed !== undefined && name.startsWith(passed)) continue;
    const end = delimiter ? name.indexOf(delimiter, (prefix ?? "").length) : -1;
    if (path !== undefined) {
      if (name === path) continue;
      if (end >= 0 && name.length > end + 1) {
        passed = name.slice(0, end + 1);
        continue;
      }
    } else if (end > 0) {
      passed = name.slice(0, end + 1);
      // That it is the marker means that it was listed before.
      if (passed !== marker) results.push({ subdir: passed });
      continue;
    }
    results.push(row);
  }
  return results;
}
