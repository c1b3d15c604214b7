/** A build on c1 that something is done to, with c2 at hand; and what it left. */
import type { FilterProperties } from "../../../../src/services/nova/scheduler/rpcapi.js";
import { ComputeBed, type Host } from "./bed.js";

export const RETRY: FilterProperties = { retry: { num_attempts: 1, hosts: [["c1", "c1"]] } };

/** Server 1 built on c1 after `spoil`; c2 stands ready. */
export function failing(
  spoil: (host: Host, bed: ComputeBed) => void,
  properties: FilterProperties = RETRY,
  limits: { memory_mb?: number } = {},
) {
  const bed = new ComputeBed();
  const host = bed.startCompute("c1");
  const second = bed.startCompute("c2");
  bed.destinations.push("c2");
  spoil(host, bed);
  bed.forget();
  bed.build(bed.server(), properties, limits);
  bed.settle();
  return { bed, host, second };
}

export const faults = (bed: ComputeBed): string[] =>
  bed.db.instance_faults.find().map(({ code, message }) => `${code} ${message}`);

export const result = (bed: ComputeBed): (string | null)[] =>
  bed.db.instance_actions_events.find().map(({ result }) => result);
