/**
 * What Nova holds: servers and the images of shelved ones, guests, volumes that were to go with their
 * server, and usages beside what they count. Not what the resource tracker says of a host: the next
 * audit writes that anew.
 */
import type { Inventory, Spent } from "../../framework/inventory.js";
import type { Premises } from "../../framework/project.js";
import { hypervisor } from "../hardware.js";
import type { NovaDatabase } from "./db/database.js";
import { countInUse, isReservable } from "./db/quota/usages.js";

export function novaInventory(db: NovaDatabase, premises: Premises): Inventory {
  const servers = db.instances.find();
  return {
    things: servers.flatMap(({ uuid }) => [
      { kind: "server", id: uuid },
      ...imageOfShelved(db, uuid).map((id) => ({ kind: "shelved server's image", id })),
    ]),
    spent: volumesToGo(db),
    wrong: [
      ...guestsOfNobody(db, premises),
      // What has failed keeps the task that it failed at, and users see ERROR.
      ...servers.flatMap(({ uuid, vm_state, task_state }) =>
        task_state === null || vm_state === "error" ? [] : [`server ${uuid}: stays ${task_state}`],
      ),
      ...addressesOfNobody(db),
      ...miscounted(db),
    ],
  };
}

function imageOfShelved(db: NovaDatabase, uuid: string): string[] {
  const id = db.instance_system_metadata.get(uuid)?.metadata["shelved_image_id"];
  return typeof id === "string" ? [id] : [];
}

const volumesToGo = (db: NovaDatabase): Spent[] =>
  db.block_device_mapping
    .findAny()
    .flatMap(({ volume_id: id, delete_on_termination, instance_uuid }) => {
      const kept = !delete_on_termination || db.instances.get(instance_uuid) !== undefined;
      if (kept || id === null) return [];
      return [{ kind: "volume", id, why: `was to go with server ${instance_uuid}` }];
    });

const guestsOfNobody = (db: NovaDatabase, premises: Premises): string[] =>
  [...premises.onComputes(hypervisor)].flatMap(([host, { guests }]) =>
    guests
      .filter(({ uuid }) => db.instances.get(uuid)?.host !== host && !mayComeBack(db, uuid, host))
      .map(({ uuid, name }) => `guest ${name} on ${host}: server ${uuid} is not there`),
  );

/** What was set aside of a server that was moved, until that is confirmed. */
const mayComeBack = (db: NovaDatabase, instance_uuid: string, source_compute: string): boolean =>
  db.instances.get(instance_uuid) !== undefined &&
  db.migrations
    .find({ instance_uuid, source_compute })
    .some(({ status }) => !["confirmed", "reverted", "error"].includes(status));

/** Of nova-network. */
const addressesOfNobody = (db: NovaDatabase): string[] =>
  db.fixed_ips.find({ allocated: true }).flatMap(({ address, instance_uuid }) => {
    if (instance_uuid === null || db.instances.get(instance_uuid) !== undefined) return [];
    return [`fixed IP ${address}: there is no server ${instance_uuid}`];
  });

const miscounted = (db: NovaDatabase): string[] =>
  db.quota_usages.find().flatMap((usage) => {
    const { project_id, resource, in_use, reserved } = usage;
    const what = `quota of project ${project_id}: ${resource}`;
    const there = isReservable(resource) ? countInUse(db, resource, usage) : in_use;
    return [
      ...(reserved === 0 ? [] : [`${what}: ${String(reserved)} reserved`]),
      ...(there === in_use ? [] : [`${what}: ${String(in_use)} counted, ${String(there)} there`]),
    ];
  });
