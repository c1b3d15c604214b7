/** The more free memory the better, so that servers spread. Upstream: nova/scheduler/weights/ram.py. */
import type { Weigher } from "./weigher.js";

export const ramWeigher = (multiplier: number): Weigher => ({
  name: "RAMWeigher",
  multiplier,
  minimum: 0,
  weigh: (host) => host.free_ram_mb,
});
