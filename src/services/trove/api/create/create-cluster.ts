/**
 * A cluster of MongoDB is asked for, or one more shard of it: three members, with config servers and query
 * routers of the same flavor and size. Quotas are looked at for all at once, and then reserved one by one.
 * Upstream: trove/cluster/service.py (create), trove/common/strategies/mongodb/api.py (MongoDbCluster) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { contains, item, iterate, str, type Json } from "../../../../python/index.js";
import { assertIdle, setClusterTask, type Cluster } from "../../cluster/clusters.js";
import { ADDING_SHARD, BUILDING_INITIAL } from "../../cluster/tasks.js";
import { chosenVersion, datastoreOf, versionArgs, versionById } from "../../datastores.js";
import * as errors from "../../exception.js";
import { anyInstance } from "../../instance/instances.js";
import { wholeNumber } from "./create-instance.js";
import { idIn } from "../links.js";
import {
  flavorOf,
  makeInstance,
  withoutVolume,
  type ClusterConfig,
  type InstanceArgs,
} from "./make-instance.js";
import type { TroveCall } from "../route.js";

const MEMBERS = 3;

export function* createCluster(call: TroveCall, asked: Json): Op<Cluster> {
  const { app, ctxt } = call;
  const name = str(item(asked, "name"));
  const wanted = versionArgs(contains(asked, "datastore") ? item(asked, "datastore") : {});
  const { datastore, version } = chosenVersion(app.db, wanted, app.flags.default_datastore);
  const { cluster: parts, ...options } = app.datastore(version.manager);
  if (parts?.support !== true) {
    const names = { datastore: datastore.name, datastore_version: version.name };
    throw new errors.ClusterDatastoreNotSupported(names);
  }
  const nodes = iterate(item(asked, "instances")).map((node) => ({
    flavor: idIn(item(node, "flavorRef")),
    size: contains(node, "volume") ? wholeNumber(item(item(node, "volume"), "size"), "int") : null,
  }));
  if (nodes.length !== MEMBERS) {
    throw new errors.ClusterNumInstancesNotSupported({ num_instances: MEMBERS });
  }
  const [flavorId = "", ...otherFlavors] = new Set(nodes.map((node) => node.flavor));
  if (otherFlavors.length > 0) throw new errors.ClusterFlavorsNotEqual({});
  const flavor = yield* flavorOf(call, flavorId);
  const instances = nodes.length + parts.configServers + parts.queryRouters;
  const sizes = nodes.flatMap(({ size }) => (size === null || size === 0 ? [] : [size]));
  const volumeSize = options.volumeSupport ? oneSize(call, sizes) : null;
  if (!options.volumeSupport) withoutVolume(sizes[0] ?? null, options.devicePath, flavor, flavorId);
  app.quotas.check(ctxt.tenant, {
    instances,
    ...(volumeSize !== null && { volumes: volumeSize * instances }),
  });
  const cluster = app.db.clusters.insert({
    uuid: app.newId(),
    name,
    task_id: BUILDING_INITIAL.code,
    tenant_id: ctxt.project_id,
    datastore_version_id: version.uuid,
  });
  const { uuid: id } = cluster;
  const of = { datastore, version, flavorId, volumeSize };
  const shard = { id, instance_type: "member", shard_id: app.newId() } as const;
  yield* makeAll(call, of, `${name}-rs1`, nodes.length, { ...shard, replica_set_name: "rs1" });
  const servers = { id, instance_type: "config_server" } as const;
  yield* makeAll(call, of, `${name}-configsvr`, parts.configServers, servers);
  const routers = { id, instance_type: "query_router" } as const;
  yield* makeAll(call, of, `${name}-mongos`, parts.queryRouters, routers);
  yield* app.tasks.create_cluster(ctxt, { cluster_id: id });
  return cluster;
}

/** @throws ClusterVolumeSizesNotEqual, VolumeQuotaExceeded */
function oneSize({ app }: TroveCall, sizes: readonly number[]): number {
  const [size, ...others] = new Set(sizes);
  if (size === undefined || others.length > 0) throw new errors.ClusterVolumeSizesNotEqual({});
  const { max_accepted_volume_size: most } = app.instanceFlags;
  if (size <= most) return size;
  throw new errors.VolumeQuotaExceeded(
    {},
    `Volume 'size' cannot exceed maximum of ${String(most)} Gb, ${String(size)} cannot be accepted.`,
  );
}

type Alike = Pick<InstanceArgs, "datastore" | "version" | "flavorId" | "volumeSize">;

/** `NAME-1`, `NAME-2`: so many of one kind. */
function* makeAll(
  call: TroveCall,
  of: Alike,
  name: string,
  count: number,
  cluster: ClusterConfig,
): Op<void> {
  for (let at = 1; at <= count; at++) {
    yield* makeInstance(call, {
      ...of,
      name: `${name}-${String(at)}`,
      databases: [],
      users: [],
      backupId: null,
      zone: null,
      nics: [],
      configurationId: null,
      sourceId: null,
      cluster,
    });
  }
}

/** As many members as a shard has, like one of them. @throws UnprocessableEntity, QuotaExceeded */
export function* addShard(call: TroveCall, { uuid: id, name, ...cluster }: Cluster): Op<void> {
  const { app, ctxt } = call;
  const { db } = app;
  assertIdle(app, { uuid: id, name, ...cluster });
  const members = db.instances
    .findAny()
    .filter((row) => row.cluster_id === id && row.type === "member");
  const shards = new Set(members.map(({ shard_id }) => shard_id));
  const alike = members.filter(({ shard_id }) => shard_id === members[0]?.shard_id);
  const { row } = yield* anyInstance(app, ctxt, alike[0]?.uuid ?? "None");
  const { volume_size: volumeSize, flavor_id: flavorId } = row;
  app.quotas.check(ctxt.tenant, {
    instances: alike.length,
    ...(volumeSize !== null && { volumes: volumeSize * alike.length }),
  });
  const replica_set_name = `rs${String(shards.size + 1)}`;
  const shard_id = app.newId();
  const version = versionById(db, row.datastore_version_id);
  const of = {
    datastore: datastoreOf(db, version.datastore_id),
    version,
    flavorId,
    volumeSize,
  };
  const config = { id, instance_type: "member", shard_id, replica_set_name } as const;
  yield* makeAll(call, of, `${name}-${replica_set_name}`, alike.length, config);
  setClusterTask(db, id, ADDING_SHARD);
  yield* app.tasks.mongodb_add_shard_cluster(ctxt, { cluster_id: id, shard_id, replica_set_name });
}
