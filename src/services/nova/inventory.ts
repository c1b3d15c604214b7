/**
 * What Nova holds: servers and the images of shelved ones, guests, volumes that were to go with their
 * server; and what of it should not be so, each rule in a file of `invariants`. What the resource tracker
 * says of a host is no leftover: the next audit writes that anew.
 */
import type { Finding } from "../../framework/invariants.js";
import type { Inventory, Spent } from "../../framework/inventory.js";
import type { Premises } from "../../framework/project.js";
import type { NovaDatabase } from "./db/database.js";
import { departures, howGone, OF_SERVERS } from "./invariants/departures.js";
import { isWorkedOn, type Evidence } from "./invariants/evidence.js";
import { wasBusyAtDelete, wasDeletedByNobody } from "./invariants/history.js";
import { guestsOfNobody, pluggedLate, strays } from "./invariants/guests.js";
import { miscountedUsages } from "./invariants/quota.js";
import { statesThatStay, tasksThatStay, unendedActions } from "./invariants/requests.js";
import { miscountedHosts, type Reserved } from "./invariants/tracker.js";

const SERVER = "server";

export function novaInventory(db: NovaDatabase, premises: Premises, reserved: Reserved): Inventory {
  return {
    things: db.instances
      .find()
      .flatMap(({ uuid }) => [
        { kind: SERVER, id: uuid },
        ...imageOfShelved(db, uuid).map((id) => ({ kind: "shelved server's image", id })),
      ]),
    ended: db.instances
      .findAny()
      .filter(({ deleted }) => deleted !== 0)
      .map(({ uuid }) => ({ kind: SERVER, id: uuid })),
    atWork: ({ kind, id }) =>
      [SERVER, ...OF_SERVERS].includes(kind) ? isWorkedOn(db, id, premises) : undefined,
    spent: volumesToGo(db, premises),
    departed: departures(db, premises, strays(db, premises), pluggedLate(db, premises)),
    wrong: [
      ...guestsOfNobody(db, premises),
      ...tasksThatStay(db, premises),
      ...addressesOfNobody(db, premises),
      ...miscountedUsages(db, premises),
    ],
    broken: [
      ...addressesOfTwo(db),
      ...miscountedHosts(db, reserved, premises),
      ...statesThatStay(db, premises),
      ...unendedActions(db, premises),
    ],
  };
}

function imageOfShelved(db: NovaDatabase, uuid: string): string[] {
  const id = db.instance_system_metadata.get(uuid)?.metadata["shelved_image_id"];
  return typeof id === "string" ? [id] : [];
}

const volumesToGo = (db: NovaDatabase, premises: Premises): Spent[] =>
  db.block_device_mapping
    .findAny()
    .flatMap(({ volume_id: id, delete_on_termination, instance_uuid }) => {
      const kept = !delete_on_termination || db.instances.get(instance_uuid) !== undefined;
      if (kept || id === null) return [];
      const host = db.instances.getAny(instance_uuid)?.host ?? null;
      const late = wasBusyAtDelete(db, instance_uuid) ? "delete-carries-old-disks" : undefined;
      const unasked = wasDeletedByNobody(db, instance_uuid) ? "delete-without-catalog" : undefined;
      const exception = howGone(db, instance_uuid, host, premises) ?? late ?? unasked;
      const of = { kind: SERVER, id: instance_uuid };
      return [{ kind: "volume", id, of, why: `was to go with server ${instance_uuid}`, exception }];
    });

/** Of nova-network. */
const addressesOfNobody = (db: NovaDatabase, evidence: Evidence): Finding[] =>
  db.fixed_ips.find({ allocated: true }).flatMap(({ address, instance_uuid }) => {
    if (instance_uuid === null || db.instances.get(instance_uuid) !== undefined) return [];
    if (isWorkedOn(db, instance_uuid, evidence)) return [];
    const what = `fixed IP ${address}: there is no server ${instance_uuid}`;
    return [{ invariant: "owner" as const, what, where: "nova.fixed_ips" }];
  });

const addressesOfTwo = (db: NovaDatabase): Finding[] => {
  const owners = new Map<string, string>();
  return db.fixed_ips.find({ allocated: true }).flatMap(({ address, instance_uuid }) => {
    const first = owners.get(address);
    owners.set(address, first ?? instance_uuid ?? "nobody");
    if (first === undefined) return [];
    const what = `fixed IP ${address}: of server ${first} and of server ${instance_uuid ?? "nobody"}`;
    return [{ invariant: "address" as const, what, where: "nova.fixed_ips" }];
  });
};
