/**
 * What Trove holds: instances beside their servers and sources, tasks and backups that nobody will end, quotas
 * beside what they count; and what instances and backups that are deleted were to take with them: servers,
 * volumes, groups, the objects of a backup (its first ten segments are looked for).
 */
import { inProject } from "../../framework/ownership.js";
import type { FlagsOf, Row } from "../../framework/index.js";
import type { Finding } from "../../framework/invariants.js";
import type { Inventory, Spent } from "../../framework/inventory.js";
import type { Premises } from "../../framework/project.js";
import { clusterTaskOf, NONE } from "./cluster/tasks.js";
import { filenameOf } from "./backups.js";
import type { TroveDatabase } from "./db/database.js";
import type { BackupRow, InstanceRow } from "./db/schema.js";
import { troveInstanceFlags } from "./flags.js";
import { taskOf } from "./instance/tasks.js";

const INSTANCE = "database instance";

/** Tasks that wait for nobody. */
const AT_REST: readonly string[] = ["NONE", "RESTART_REQUIRED"];

const SEGMENTS = 10;

export function troveInventory(db: TroveDatabase, { flagsOf }: Premises): Inventory {
  const instances = db.instances.find();
  const gone = db.instances.findAny().filter(({ deleted }) => deleted !== 0);
  const flags = flagsOf("trove-taskmanager").read(troveInstanceFlags);
  return {
    things: instances.map(({ uuid }) => ({ kind: INSTANCE, id: uuid })),
    dependents: instances.flatMap(({ uuid, compute_instance_id, slave_of_id }) => [
      ...(compute_instance_id === null
        ? []
        : [{ what: `${INSTANCE} ${uuid}`, of: { kind: "server", id: compute_instance_id } }]),
      ...(slave_of_id === null
        ? []
        : [{ what: `replica ${uuid}`, of: { kind: INSTANCE, id: slave_of_id } }]),
    ]),
    spent: [
      ...gone.flatMap((row) => madeFor(db, row)),
      ...db.backups
        .findAny()
        .filter(({ deleted }) => deleted !== 0)
        .flatMap((backup) => objectsOf(backup, flags)),
    ],
    ended: gone.map(({ uuid }) => ({ kind: INSTANCE, id: uuid })),
    claims: instances.flatMap(({ uuid, tenant_id, volume_id }) => [
      ...inProject(`${INSTANCE} ${uuid}`, "trove.instances", tenant_id),
      ...(volume_id === null
        ? []
        : [
            {
              ...{ invariant: "made" as const, what: `the disk of ${INSTANCE} ${uuid}` },
              ...{ where: "trove.instances", of: { kind: "volume", id: volume_id } },
              ended: "deleted-behind-trove",
            },
          ]),
    ]),
    wrong: [
      ...db.clusters.find().flatMap((cluster) => {
        const { code, name } = clusterTaskOf(cluster);
        return code === NONE.code ? [] : [stays(`cluster ${cluster.uuid}: stays ${name}`)];
      }),
      ...instances.flatMap((row) => unended(db, row)),
      ...backupsUnended(db),
      ...miscounted(db),
    ],
  };
}

/** What was made for an instance, which Nova, Cinder and Neutron may still have. */
function madeFor(db: TroveDatabase, row: Row<InstanceRow>): readonly Spent[] {
  const why = `was to go with ${INSTANCE} ${row.uuid}`;
  const groups = db.security_group_instance_associations
    .findAny()
    .filter(({ instance_id }) => instance_id === row.uuid)
    .map(({ security_group_id: id }) => ({ kind: "security group", id, why }));
  const { compute_instance_id: server, volume_id: volume } = row;
  return [
    ...(server === null ? [] : [{ kind: "server", id: server, why }]),
    ...(volume === null ? [] : [{ kind: "volume", id: volume, why }]),
    ...groups,
  ];
}

function objectsOf(
  backup: Row<BackupRow>,
  { backup_swift_container: container }: FlagsOf<typeof troveInstanceFlags>,
): readonly Spent[] {
  const file = filenameOf(backup);
  if (file === undefined) return [];
  const why = `was to go with backup ${backup.uuid}`;
  const manifest = `${container}/${file}`;
  // A manifest is called after its backup, the segments without what comes after the first dot.
  const base = manifest.split(".")[0] ?? manifest;
  const segments = Array.from(
    { length: SEGMENTS },
    (_, at) => `${base}_${String(at).padStart(8, "0")}`,
  );
  return [manifest, ...segments].map((id) => ({ kind: "object", id, why }));
}

const stays = (what: string): Finding => ({ invariant: "at-rest", what, where: "trove" });

function unended(db: TroveDatabase, row: Row<InstanceRow>): readonly Finding[] {
  const { uuid } = row;
  if (db.service_statuses.get(uuid) === undefined) {
    return [stays(`${INSTANCE} ${uuid}: is a row and no more, seen in no list`)];
  }
  const { action, isError } = taskOf(row);
  return isError || AT_REST.includes(action) ? [] : [stays(`${INSTANCE} ${uuid}: stays ${action}`)];
}

const backupsUnended = (db: TroveDatabase): readonly Finding[] =>
  db.backups
    .find()
    .filter(({ state }) => state !== "COMPLETED" && state !== "FAILED")
    .map(({ uuid, state }) => stays(`backup ${uuid}: stays ${state}`));

function miscounted(db: TroveDatabase): readonly Finding[] {
  return db.quota_usages.find().flatMap(({ tenant_id, resource, in_use, reserved }) => {
    const what = `quota of project ${tenant_id}: database ${resource}`;
    const there = countOf(db, tenant_id, resource);
    const texts = [
      ...(reserved === 0 ? [] : [`${what}: ${String(reserved)} reserved`]),
      ...(there === in_use ? [] : [`${what}: ${String(in_use)} counted, ${String(there)} there`]),
    ];
    return texts.map((text) => ({ invariant: "quota", what: text, where: "trove.quota_usages" }));
  });
}

function countOf(db: TroveDatabase, tenant_id: string, resource: string): number {
  const instances = db.instances.find({ tenant_id });
  if (resource === "instances") return instances.length;
  if (resource === "backups") return db.backups.find({ tenant_id }).length;
  return instances.reduce((sum, { volume_size }) => sum + (volume_size ?? 0), 0);
}
