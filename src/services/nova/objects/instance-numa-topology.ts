/**
 * On which cells of memory and processors an instance is to be. Hosts here have one cell, and no
 * filter that looks at cells is among the defaults, so that nobody refuses. Upstream:
 * nova/objects/instance_numa_topology.py (1.0) at 2014.2.
 */
import { versioned } from "./base/declare.js";
import type { ObjectStore } from "./base/versioned-object.js";

export interface NumaCell {
  readonly id: number;
  readonly cpuset: readonly number[];
  /** MB. */
  readonly memory: number;
}

export class InstanceNUMACell extends versioned<NumaCell>({
  name: "InstanceNUMACell",
  version: "1.0",
  fields: { id: true, cpuset: true, memory: true },
}) {}

export class InstanceNUMATopology extends versioned<{
  readonly id: number;
  readonly instance_uuid: string;
  readonly cells: readonly InstanceNUMACell[];
}>({
  name: "InstanceNUMATopology",
  version: "1.0",
  objects: ["cells"],
  fields: { id: true, instance_uuid: true, cells: true },
}) {}

export function numaTopology(
  store: ObjectStore,
  row: { readonly id: number; readonly instance_uuid: string },
  cells: readonly NumaCell[],
): InstanceNUMATopology {
  const { id, instance_uuid } = row;
  return new InstanceNUMATopology(store, {
    id,
    instance_uuid,
    cells: cells.map((cell) => new InstanceNUMACell(store, cell)),
  });
}
