/**
 * That hosts and rows agree: a guest is where its server's row says, on one host, and what a host counts as
 * used is what the rows sum up to once it has counted. Upstream: nova/compute/resource_tracker.py
 * (update_available_resource) at 2014.2; nova §1.6.
 */
import type { Row } from "../../../framework/index.js";
import type { Finding } from "../../../framework/invariants.js";
import { meet, wentWrongSince, type MishapKind } from "../../../framework/mishaps.js";
import type { Premises } from "../../../framework/project.js";
import { seconds } from "../../../kernel/index.js";
import { hypervisor, integrationBridge } from "../../hardware.js";
import type { NovaDatabase } from "../db/database.js";
import type { InstanceTypeRow, MigrationRow } from "../db/schema.js";
import { copiedFlavor, type Stash } from "../objects/flavor.js";
import * as vm from "../states/vm-states.js";
import { befell, isWorkedOn, outagesOf, since, type Evidence } from "./evidence.js";
import type { NovaException } from "./exceptions.js";
import {
  deedsOf,
  spanOf,
  wasBusyAtDelete,
  wasDeletedLocally,
  wasRebuiltNowhere,
} from "./history.js";
import { isDeletedAmid, isForgotten, isOpen, isWrittenOverMigrating } from "./moves.js";

/** What a host keeps for itself. */
export interface Reserved {
  readonly memory_mb: number;
  readonly local_gb: number;
}

/** Guests that no row speaks of. */
export const guestsOfNobody = (db: NovaDatabase, premises: Premises): Finding[] =>
  [...premises.onComputes(hypervisor)].flatMap(([host, { guests }]) =>
    guests
      .filter(({ uuid }) => db.instances.get(uuid)?.host !== host && !mayComeBack(db, uuid, host))
      .filter(({ uuid }) => !isWorkedOn(db, uuid, premises))
      .map(({ uuid, name }) => ({
        invariant: db.instances.get(uuid) === undefined ? "owner" : "one-host",
        what: `guest ${name} on ${host}: server ${uuid} is not there`,
        where: host,
        exception: whyGuest(db, uuid, host, premises),
      })),
  );

function whyGuest(
  db: NovaDatabase,
  uuid: string,
  host: string,
  premises: Premises,
): NovaException | undefined {
  const row = db.instances.getAny(uuid);
  if (row === undefined) return undefined;
  const left = whyLeft(db, uuid, host, premises);
  if (left !== undefined) return left;
  if (row.deleted !== 0 && wasDeletedLocally(db, uuid)) return "local-delete-leaves-guest";
  if (row.deleted !== 0 && wasBusyAtDelete(db, uuid)) return "build-outlives-server";
  const struck =
    befell(db, uuid, premises, since(db, row.created_at)) || wasEvacuated(db, uuid, host, premises);
  if (!struck) return undefined;
  return row.deleted === 0 ? "died-in-mid-work" : "build-outlives-server";
}

/** A live migration leaves no row of where it went: that it was there is told by who was away when it was evacuated. */
const wasEvacuated = (db: NovaDatabase, uuid: string, host: string, premises: Premises): boolean =>
  deedsOf(db, uuid)
    .filter(({ action }) => action.action === "evacuate")
    .some(({ action }) =>
      outagesOf(premises, host).some((outage) => meet(outage, since(db, action.start_time))),
    );

/** Servers that are deleted and have a guest, or its taps, where a move has left it, and why. */
export const strays = (db: NovaDatabase, premises: Premises): ReadonlyMap<string, NovaException> =>
  new Map(
    [...premises.onComputes(hypervisor)].flatMap(([host, { guests }]) => {
      const bridge = premises.onComputes(integrationBridge).get(host);
      const plugged = bridge?.ports().map((port) => bridge.guestOf(port)) ?? [];
      return [...guests.map(({ uuid }) => uuid), ...plugged].flatMap((uuid) => {
        const why =
          db.instances.get(uuid) === undefined ? whyLeft(db, uuid, host, premises) : undefined;
        return why === undefined ? [] : [[uuid, why] as const];
      });
    }),
  );

/** Servers of which something was plugged on their host after their delete was asked for. */
export const pluggedLate = (db: NovaDatabase, premises: Premises): ReadonlySet<string> =>
  new Set(
    [...premises.onComputes(integrationBridge)].flatMap(([host, bridge]) =>
      bridge.ports().flatMap((port) => {
        const uuid = bridge.guestOf(port);
        if (db.instances.getAny(uuid)?.host !== host) return [];
        const asked = deedsOf(db, uuid).find(({ action }) => action.action === "delete");
        if (asked === undefined) return [];
        return bridge.pluggedAt(port) >= spanOf(db, asked).from ? [uuid] : [];
      }),
    ),
  );

/** Why a move, or what was one, has left a guest on a host. */
function whyLeft(
  db: NovaDatabase,
  uuid: string,
  host: string,
  premises: Premises,
): NovaException | undefined {
  const moves = db.migrations.findAny({ instance_uuid: uuid, source_compute: host });
  if (moves.some(({ status }) => status === "error")) return "failed-move-leaves-source";
  if (moves.some((move) => isOpen(move) && isForgotten(db, move))) return "state-written-over";
  if (moves.some((move) => isDeletedAmid(db, move))) return "delete-amid-move-leaves-source";
  if (db.instances.getAny(uuid)?.host !== host && wasRebuiltNowhere(db, uuid)) {
    return "rebuild-keeps-no-host";
  }
  if (hasArrivedUnsaved(db, uuid, host)) return "live-migration-finds-other-state";
  const isGone = db.instances.get(uuid) === undefined;
  const isEvacuated = wasEvacuated(db, uuid, host, premises);
  if (isGone && isEvacuated) return "delete-hides-evacuated-guest";
  if (isEvacuated || !hasStrayed(db, uuid, host, premises)) return undefined;
  return isGone ? "live-migration-outlives-delete" : "live-migration-finds-other-state";
}

/** Where a live migration ends is saved together with its state, which by then is another. */
const hasArrivedUnsaved = (db: NovaDatabase, uuid: string, host: string): boolean =>
  db.instances.getAny(uuid)?.host !== host && isWrittenOverMigrating(db, uuid);

/** Only a live migration takes a guest away and leaves no row of that: the row of a server that is deleted, or softly, names another host. */
function hasStrayed(db: NovaDatabase, uuid: string, host: string, premises: Premises): boolean {
  const row = db.instances.getAny(uuid);
  if (row === undefined || row.host === null || row.host === host) return false;
  if (row.deleted === 0 && row.vm_state !== vm.SOFT_DELETED) return false;
  const bridge = premises.onComputes(integrationBridge).get(host);
  const taps = bridge?.ports().filter((port) => bridge.guestOf(port) === uuid) ?? [];
  const plugged = taps.map((port) => bridge?.pluggedAt(port) ?? -Infinity);
  // Other moves must have been over by then.
  const isOver = (move: Row<MigrationRow>): boolean =>
    !isOpen(move) &&
    plugged.some((at) => at > db.kernel.calendar.parse(move.updated_at ?? move.created_at));
  return (
    !wasDeletedLocally(db, uuid) && db.migrations.findAny({ instance_uuid: uuid }).every(isOver)
  );
}

/** What was set aside of a server that was moved, until that is confirmed. */
const mayComeBack = (db: NovaDatabase, instance_uuid: string, source_compute: string): boolean =>
  db.instances.get(instance_uuid) !== undefined &&
  db.migrations.find({ instance_uuid, source_compute }).some(isOpen);

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
