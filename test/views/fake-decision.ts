/** A decision of nova-scheduler as a recording of detail `full` has it, with parts of one's own. */
import type { Decision } from "../../src/framework/observations.js";

export const decision = (parts: Partial<Decision> = {}): Decision => ({
  kind: "decision",
  actor: "nova-scheduler@controller",
  what: "select_destinations",
  instance: "3ebaeef1-1ec1-4fa9-8935-c16913330000",
  name: "t1",
  index: 0,
  of: 1,
  asked: { flavor: "m1.tiny", memory_mb: 512, vcpus: 1, root_gb: 1, ephemeral_gb: 0, swap: 0 },
  given: { attempt: 1, tried: [] },
  candidates: ["c1", "c2", "c3"].map((host) => [host, state(host === "c1" ? 100 : 4096)] as const),
  left_out: [],
  filters: [
    {
      filter: "RetryFilter",
      verdicts: ["c1", "c2", "c3"].map((host) => [host, true, ""] as const),
    },
    {
      filter: "RamFilter",
      verdicts: [
        ["c1", false, "512 > 100"],
        ["c2", true, "512 <= 4096"],
        ["c3", true, "512 <= 4096"],
      ],
    },
    { filter: "ComputeFilter", skipped: true, verdicts: [] },
  ],
  weighers: [
    {
      weigher: "RAMWeigher",
      multiplier: 2,
      weights: [
        ["c2", 4096, 2],
        ["c3", 4096, 2],
      ],
    },
  ],
  weights: [
    ["c2", 2],
    ["c3", 2],
  ],
  subset: 1,
  chosen: "c2",
  limits: { memory_mb: 6144 },
  ...parts,
});

export const state = (free_ram_mb: number): Readonly<Record<string, number>> => ({
  free_ram_mb,
  total_ram_mb: 8192,
  free_disk_mb: 10240,
  total_disk_gb: 20,
  vcpus_used: 1,
  vcpus_total: 4,
  instances: 1,
  io_ops: 0,
});
