/**
 * What a weigher is, and how raw weights become comparable: (w - min) / (max - min), times the
 * weigher's multiplier. Upstream: nova/weights.py (BaseWeigher, normalize).
 */
import type { HostState } from "../host-state.js";

export interface Weigher {
  readonly name: string;
  /** What the normalised weight is multiplied by. */
  readonly multiplier: number;
  /** The lowest that a weight can be; pins the lower end of the scale unless a weight is below. */
  readonly minimum?: number;
  /** Whether all hosts weigh the same, so that nothing is to be added. */
  readonly idle?: boolean;
  /** Warned of whenever upstream makes the weigher anew, which is for each instance. */
  readonly remark?: string | undefined;
  weigh(host: HostState): number;
}

/** The sum of all weighers for each host, in the order of `hosts`. */
export function weights(weighers: readonly Weigher[], hosts: readonly HostState[]): Float64Array {
  const total = new Float64Array(hosts.length);
  for (const weigher of weighers) {
    if (weigher.idle === true) continue;
    const { added } = scaled(weigher, hosts);
    for (let at = 0; at < added.length; at++) {
      total[at] = (total[at] as number) + (added[at] as number);
    }
  }
  return total;
}

/** What `weigher` measures of each host, and what it adds to the host's weight for it. */
export function scaled(
  weigher: Weigher,
  hosts: readonly HostState[],
): { readonly measured: Float64Array; readonly added: Float64Array } {
  const measured = new Float64Array(hosts.length);
  let min = weigher.minimum ?? Infinity;
  let max = -Infinity;
  // By index: an iterator of pairs would be half the cost of a request.
  for (let at = 0; at < hosts.length; at++) {
    const weight = weigher.weigh(hosts[at] as HostState);
    measured[at] = weight;
    if (weight < min) min = weight;
    if (weight > max) max = weight;
  }
  const added = new Float64Array(hosts.length);
  const range = max - min;
  if (range === 0) return { measured, added };
  for (let at = 0; at < added.length; at++) {
    added[at] = weigher.multiplier * (((measured[at] as number) - min) / range);
  }
  return { measured, added };
}

/** The `count` heaviest hosts, heaviest first; of equals the one that comes first in `hosts`. */
export function heaviest(
  hosts: readonly HostState[],
  weight: Float64Array,
  count: number,
): HostState[] {
  if (count > 1) {
    const order = hosts.map((_, at) => at);
    order.sort((a, b) => (weight[b] as number) - (weight[a] as number));
    return order.slice(0, count).map((at) => hosts[at] as HostState);
  }
  let best = 0;
  for (let at = 1; at < hosts.length; at++) {
    if ((weight[at] as number) > (weight[best] as number)) best = at;
  }
  return hosts.slice(best, best + 1);
}
