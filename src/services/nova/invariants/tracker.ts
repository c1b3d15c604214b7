/**
 * That what a host counts as used is what the rows sum up to, once it has counted. Upstream: nova/compute/resource_tracker.py
 * (update_available_resource) at 2014.2; nova §1.6.
 */
import type { Row } from "../../../framework/index.js";
import type { Finding } from "../../../framework/invariants.js";
import { wentWrongSince, type MishapKind } from "../../../framework/mishaps.js";
import { seconds } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { InstanceTypeRow, MigrationRow } from "../db/schema.js";
import { copiedFlavor, type Stash } from "../objects/flavor.js";
import * as vm from "../states/vm-states.js";
import type { Evidence } from "./evidence.js";
import { isOpen } from "./moves.js";

/** What a host keeps for itself. */
export interface Reserved {
  readonly memory_mb: number;
  readonly local_gb: number;
}

/** A turn of the audit, and a little. */
const AUDITED_AFTER = seconds(65);

/** By what the answer to a host that counts may be lost. */
const LOST: readonly MishapKind[] = ["message", "connection"];

/** How long after the last change every host has counted: two turns of its audit, and a little. */
const COUNTED_AFTER = seconds(135);

/** Hosts whose sums are not those of the rows. */
export function miscountedHosts(
  db: NovaDatabase,
  reserved: Reserved,
  { mishaps }: Evidence,
): Finding[] {
  const { now, calendar } = db.kernel;
  const at = (date: string | null): number => (date === null ? -Infinity : calendar.parse(date));
  const rows = [...db.instances.findAny(), ...db.migrations.findAny()];
  const changed = rows.map((row) =>
    Math.max(at(row.created_at), at(row.updated_at), at(row.deleted_at)),
  );
  if (Math.max(-Infinity, ...changed) > now - COUNTED_AFTER) return [];
  return db.compute_nodes.find().flatMap((node) => {
    const service = db.services.get(node.service_id);
    // One that does not count is not asked.
    if (service === undefined || at(service.updated_at) < now - seconds(30)) return [];
    // What a claim has given back, with no row of it, the next audit counts again.
    if ((db.counted.of(String(node.id)) ?? -Infinity) > now - AUDITED_AFTER) return [];
    const there = sumsOf(db, service.host, node.hypervisor_hostname, reserved, flavorOfMove);
    const copied = sumsOf(db, service.host, node.hypervisor_hostname, reserved, laterCopy);
    return (Object.keys(there) as (keyof typeof there)[]).flatMap((column) => {
      if (there[column] === node[column]) return [];
      const what = `${column}: ${String(node[column])} counted, ${String(there[column])} there`;
      const waits = wentWrongSince(mishaps, at(node.updated_at), LOST)
        ? "call-outlives-its-timeout"
        : undefined;
      const exception = copied[column] === node[column] ? "later-move-sizes-earlier" : waits;
      return [{ invariant: "tracker" as const, what, where: service.host, exception }];
    });
  });
}

/** As an audit counts: servers by their rows, and room that is kept for those on the move. */
function sumsOf(
  db: NovaDatabase,
  host: string,
  node: string,
  reserved: Reserved,
  sizeOf: (db: NovaDatabase, move: Row<MigrationRow>, stash: Stash) => Size | undefined,
) {
  const here = db.instances
    .find({ host })
    .filter((row) => row.node === node && row.vm_state !== vm.DELETED);
  const known = new Set(here.map(({ uuid }) => uuid));
  const held = newestMoves(db, host, node).flatMap((move) => {
    const incoming = move.dest_compute === host && move.dest_node === node;
    const outbound = move.source_compute === host && move.source_node === node;
    const server = db.instances.get(move.instance_uuid);
    if (server === undefined) return [];
    const before = server.instance_type_id === move.old_instance_type_id;
    const fresh = incoming && (outbound ? before : !known.has(server.uuid));
    const stale = outbound && (incoming ? !before : !known.has(server.uuid));
    if (!fresh && !stale) return [];
    return sizeOf(db, move, fresh ? "new_" : "old_") ?? [];
  });
  const taken = [...here, ...held];
  return {
    memory_mb_used: taken.reduce((sum, row) => sum + row.memory_mb, reserved.memory_mb),
    local_gb_used: taken.reduce(
      (sum, row) => sum + row.root_gb + row.ephemeral_gb,
      reserved.local_gb,
    ),
    vcpus_used: taken.reduce((sum, row) => sum + row.vcpus, 0),
  };
}

/** How much room is kept for a server. */
type Size = Pick<InstanceTypeRow, "memory_mb" | "vcpus" | "root_gb" | "ephemeral_gb">;

const flavorOfMove = (
  db: NovaDatabase,
  { old_instance_type_id, new_instance_type_id, instance_uuid }: MigrationRow,
  stash: Stash,
): Size | undefined => {
  const id = stash === "new_" ? new_instance_type_id : old_instance_type_id;
  const today = db.instances.getAny(instance_uuid)?.instance_type_id;
  return db.instance_types.getAny(id ?? today ?? 0);
};

/** By the copy that its server has, where a later move has made that: `_get_instance_type` prefers it. */
function laterCopy(db: NovaDatabase, move: Row<MigrationRow>, stash: Stash): Size | undefined {
  const { instance_uuid } = move;
  const { metadata = {} } = db.instance_system_metadata.get(instance_uuid) ?? {};
  const isCopied = `${stash}instance_type_id` in metadata;
  const isLast = db.migrations.findAny({ instance_uuid }).every(({ id }) => id <= move.id);
  return isLast || !isCopied ? flavorOfMove(db, move, stash) : copiedFlavor(metadata, stash);
}

/** Of each server that is in the middle of a move from or to the host, the newest. */
function newestMoves(db: NovaDatabase, host: string, node: string): readonly Row<MigrationRow>[] {
  const newest = new Map<string, Row<MigrationRow>>();
  for (const move of db.migrations.find().filter(isOpen)) {
    const comes = move.dest_compute === host && move.dest_node === node;
    const goes = move.source_compute === host && move.source_node === node;
    const server = db.instances.get(move.instance_uuid);
    if ((!comes && !goes) || server === undefined || !isResizing(server)) continue;
    const before = newest.get(move.instance_uuid);
    if (before === undefined || (move.updated_at ?? "") >= (before.updated_at ?? "")) {
      newest.set(move.instance_uuid, move);
    }
  }
  return [...newest.values()];
}

/** `_instance_in_resize_state`. */
const isResizing = (row: { readonly vm_state: string; readonly task_state: string | null }) =>
  row.vm_state === vm.RESIZED ||
  ((row.vm_state === vm.ACTIVE || row.vm_state === vm.STOPPED) &&
    row.task_state?.startsWith("resize_") === true &&
    !["resize_reverting", "resize_confirming"].includes(row.task_state));
