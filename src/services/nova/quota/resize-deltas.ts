/**
 * How much more or less of its quota a server takes when its flavor changes. What it takes more is
 * reserved when it begins, what it takes less when it is confirmed, and a revert gives back the one.
 * Upstream: nova/compute/api.py (_resize_quota_delta and those about it) at 2014.2; nova §3.3.
 */
import { copiedFlavor } from "../objects/flavor.js";
import type { SystemMetadata } from "../objects/instance.js";

interface Sizes {
  readonly vcpus: number;
  readonly memory_mb: number;
}

export interface ResizeDeltas {
  readonly cores?: number;
  readonly ram?: number;
}

/** @param sense -1 for the way back @param compare which deltas count: those above 0, or those below */
function deltas(to: Sizes, from: Sizes, sense: 1 | -1, compare: 1 | -1): ResizeDeltas {
  const [cores, ram] = [sense * (to.vcpus - from.vcpus), sense * (to.memory_mb - from.memory_mb)];
  return {
    ...(compare * cores > 0 && { cores }),
    ...(compare * ram > 0 && { ram }),
  };
}

export const upsizeDeltas = (to: Sizes, from: Sizes): ResizeDeltas => deltas(to, from, 1, 1);

/** What was reserved for a larger flavor is given back. */
export const reverseUpsizeDeltas = (to: Sizes, from: Sizes): ResizeDeltas =>
  deltas(to, from, -1, -1);

/** Of a server that is resized. @throws KeyError if it is not */
export const downsizeDeltas = (metadata: SystemMetadata): ResizeDeltas =>
  deltas(copiedFlavor(metadata, "new_"), copiedFlavor(metadata, "old_"), 1, -1);
