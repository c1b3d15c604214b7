/** Which meters are of servers. Upstream: heat/engine/resources/ceilometer/alarm.py (NOVA_METERS) at 2014.2. */
import type { Json } from "../../../../../python/index.js";

const PLAIN = ["instance", "memory", "memory.usage", "cpu", "cpu_util", "vcpus"];
const SIZES = ["disk.root.size", "disk.ephemeral.size"];
const COUNTED = [
  ...["disk", "disk.device"].flatMap((disk) =>
    ["read.requests", "write.requests", "read.bytes", "write.bytes"].map((of) => `${disk}.${of}`),
  ),
  ...["incoming", "outgoing"].flatMap((way) => [`network.${way}.bytes`, `network.${way}.packets`]),
];

const METERS: ReadonlySet<Json> = new Set([
  ...PLAIN,
  ...SIZES,
  ...COUNTED.flatMap((meter) => [meter, `${meter}.rate`]),
]);

export const isNovaMeter = (meter: Json): boolean => METERS.has(meter);
