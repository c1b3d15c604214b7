/**
 * Puts a ring together: each replica of each partition goes to the place that is furthest away from its
 * others and has most room. Moving partitions of a ring that is in use is not simulated. Upstream:
 * swift/common/ring/builder.py (_set_parts_wanted, _reassign_parts) at 2.2.0.
 */
import type { Stream } from "../../../kernel/index.js";
import type { Assignment, Device } from "./ring.js";

interface Place {
  readonly children: Map<string, Place>;
  readonly devices: Bin[];
}

interface Bin {
  readonly device: Device;
  readonly places: readonly Place[];
  wanted: number;
  /** Draws a place among equals. */
  draw: number;
}

const place = (): Place => ({ children: new Map(), devices: [] });

/** Region, zone, server, disk. */
const tiersOf = ({ region, zone, ip, port, device }: Device): string[] => [
  String(region),
  String(zone),
  `${ip}:${String(port)}`,
  device,
];

export interface RingPlan {
  readonly devices: readonly Device[];
  readonly replicas: number;
  readonly power: number;
}

/** The first balance of a new ring. */
export function assign({ devices, replicas, power }: RingPlan, draws: Stream): Assignment {
  const parts = 1 << power;
  const root = place();
  const total = devices.reduce((sum, { weight }) => sum + weight, 0);
  const wanted = ({ weight }: Device): number => Math.ceil(((parts * replicas) / total) * weight);
  for (const device of devices) {
    const path = pathTo(root, device);
    const bin = { device, places: path, wanted: wanted(device), draw: draws.int(0, 0xffff) };
    for (const each of path) each.devices.push(bin);
  }
  const assignment = Array.from({ length: replicas }, () => new Array<number>(parts).fill(0));
  for (let part = 0; part < parts; part++) {
    const taken = new Map<Place, number>();
    for (const replica of assignment) {
      const bin = choose(root, taken);
      replica[part] = bin.device.id;
      bin.wanted--;
      bin.draw = draws.int(0, 0xffff);
      for (const each of bin.places) taken.set(each, (taken.get(each) ?? 0) + 1);
    }
  }
  return assignment;
}

function pathTo(root: Place, device: Device): Place[] {
  const path = [root];
  for (const tier of tiersOf(device)) {
    const { children } = path.at(-1) ?? root;
    let next = children.get(tier);
    if (next === undefined) children.set(tier, (next = place()));
    path.push(next);
  }
  return path;
}

/** Down from the widest tier: where fewest replicas are, then where the hungriest disk is. */
function choose(root: Place, taken: ReadonlyMap<Place, number>): Bin {
  let at = root;
  while (at.children.size > 0) {
    const all = [...at.children.values()];
    const room = all.filter(({ devices }) => devices.some(({ wanted }) => wanted > 0));
    at = (room.length > 0 ? room : all).reduce((best, other) => {
      const by = (taken.get(best) ?? 0) - (taken.get(other) ?? 0);
      return by > 0 || (by === 0 && hungrier(hungriest(other), hungriest(best))) ? other : best;
    });
  }
  return hungriest(at);
}

const hungriest = ({ devices }: Place): Bin =>
  devices.reduce((best, other) => (hungrier(other, best) ? other : best));

function hungrier(one: Bin, other: Bin): boolean {
  if (one.wanted !== other.wanted) return one.wanted > other.wanted;
  if (one.draw !== other.draw) return one.draw > other.draw;
  return one.device.id > other.device.id;
}
