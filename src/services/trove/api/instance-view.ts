/**
 * An instance as the API shows it, in a list and by itself. Upstream: trove/instance/views.py at
 * 2014.2.
 */
import type { JsonObject } from "../../../python/index.js";
import { datastoreOf, versionById } from "../datastores.js";
import type { Instance } from "../instance/instances.js";
import { visibleAddresses } from "../instance/addresses.js";
import { instanceStatus } from "../instance/status.js";
import { shownTime } from "../times.js";
import { linksTo } from "./links.js";
import type { TroveCall } from "./route.js";

export function instanceView(call: TroveCall, instance: Instance): JsonObject {
  const { app } = call;
  const { row } = instance;
  const version = versionById(app.db, row.datastore_version_id);
  const ip = visibleAddresses(app, instance);
  return {
    id: row.uuid,
    name: row.name,
    status: instanceStatus(app, instance),
    links: linksTo(call, "instances", row.uuid),
    flavor: { id: row.flavor_id, links: linksTo(call, "flavors", row.flavor_id) },
    datastore: { type: datastoreOf(app.db, version.datastore_id).name, version: version.name },
    ...(app.datastore(version.manager).volumeSupport && { volume: { size: row.volume_size } }),
    ...(row.hostname !== null && row.hostname !== ""
      ? { hostname: row.hostname }
      : ip.length > 0 && { ip }),
    ...(row.slave_of_id !== null && {
      replica_of: { id: row.slave_of_id, links: linksTo(call, "instances", row.slave_of_id) },
    }),
  };
}

export interface DetailOptions {
  /** GB that its file system has in use, where the guest has said so. */
  readonly used?: number | undefined;
  readonly password?: string | null;
}

export function instanceDetailView(
  call: TroveCall,
  instance: Instance,
  { used = 0, password = null }: DetailOptions = {},
): JsonObject {
  const { db } = call.app;
  const { row } = instance;
  const brief = instanceView(call, instance);
  const { volume } = brief;
  const replicas = db.instances.find({ tenant_id: row.tenant_id, slave_of_id: row.uuid });
  const group =
    row.configuration_id === null ? undefined : db.configurations.get(row.configuration_id);
  return {
    ...brief,
    ...(used > 0 &&
      (volume === undefined
        ? { local_storage: { used } }
        : { volume: { ...(volume as JsonObject), used } })),
    created: shownTime(row.created_at),
    updated: shownTime(row.updated_at ?? row.created_at),
    ...(replicas.length > 0 && {
      replicas: replicas.map(({ uuid }) => ({
        id: uuid,
        links: linksTo(call, "instances", uuid),
      })),
    }),
    ...(group !== undefined && {
      configuration: {
        id: group.uuid,
        name: group.name,
        links: linksTo(call, "configurations", group.uuid),
      },
    }),
    ...(password !== null && { password }),
    ...(row.cluster_id !== null && { cluster_id: row.cluster_id }),
    ...(row.shard_id !== null && { shard_id: row.shard_id }),
  };
}
