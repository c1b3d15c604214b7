/**
 * How many resources a group is to have, and which of them stay. Upstream:
 * heat/engine/resources/autoscaling.py (_calculate_new_capacity), heat/scaling/template.py at 2014.2.
 */
import type { Stream } from "../../../../../kernel/index.js";
import { repr, type JsonObject } from "../../../../../python/index.js";
import { shortId } from "../names.js";

export interface Adjustment {
  /** `ChangeInCapacity`, `ExactCapacity`, `PercentChangeInCapacity`. */
  readonly type: string;
  readonly by: number;
}

/** @param bounds the least and the most */
export function newCapacity(
  current: number,
  { type, by }: Adjustment,
  [least, most]: readonly [number, number],
): number {
  const wanted = wantedCapacity(current, type, by);
  if (wanted > most) return most;
  return wanted < least ? least : wanted;
}

function wantedCapacity(current: number, type: string, by: number): number {
  if (type === "ChangeInCapacity") return current + by;
  if (type === "ExactCapacity") return by;
  const delta = (current * by) / 100;
  // Less than one is one; more is cut off.
  const outwards = Math.abs(delta) < 1;
  const up = delta > 0 === outwards;
  return current + (up ? Math.ceil(delta) : Math.floor(delta));
}

type Named = readonly [name: string, definition: JsonObject];

/**
 * `resource_templates`: the definitions of a group's resources. The oldest go, and new ones come last.
 * @param old the oldest first
 * @param replace how many that differ are to be as new ones are
 */
export function memberTemplates(
  old: readonly Named[],
  definition: JsonObject,
  count: number,
  replace: number,
  ids: Stream,
): Named[] {
  const kept = count === 0 ? old : old.slice(-count);
  let left = replace - (count - kept.length);
  return Array.from({ length: count }, (_, index): Named => {
    const known = kept[index];
    if (known === undefined) return [shortId(ids.uuid()), definition];
    const [name, before] = known;
    if (repr(before) === repr(definition) || left <= 0) return known;
    left -= 1;
    return [name, definition];
  });
}
