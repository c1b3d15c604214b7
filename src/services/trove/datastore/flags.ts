/**
 * What is configured for a datastore manager, of all those that Juno's guests have. Upstream:
 * trove/common/cfg.py, and `CONF.get(manager)` wherever it is asked, at 2014.2.
 */
import type { FlagsOf } from "../../../framework/index.js";
import { NoSuchOptError } from "../../../framework/flags/errors.js";
import { mysqlFlags, perconaFlags } from "./mysql.js";
import {
  cassandraFlags,
  couchbaseFlags,
  mongodbFlags,
  postgresqlFlags,
  redisFlags,
} from "./others.js";

export const datastoreFlags = {
  ...mysqlFlags,
  ...perconaFlags,
  ...redisFlags,
  ...cassandraFlags,
  ...couchbaseFlags,
  ...mongodbFlags,
  ...postgresqlFlags,
} as const;

/** What one manager's group of options says. */
export interface DatastoreOptions {
  readonly tcpPorts: readonly string[];
  readonly udpPorts: readonly string[];
  readonly backupStrategy: string | null;
  /** Left out where the group has no such option. */
  readonly replicationStrategy?: string | null;
  readonly mountPoint: string;
  readonly rootOnCreate: boolean;
  readonly volumeSupport: boolean;
  readonly devicePath: string | null;
  /** Left out where there are no clusters. */
  readonly cluster?: {
    readonly support: boolean;
    readonly configServers: number;
    readonly queryRouters: number;
  };
}

/** `CONF.get(manager)`. @throws NoSuchOptError */
export function datastoreOptions(
  read: FlagsOf<typeof datastoreFlags>,
  manager: string,
): DatastoreOptions {
  switch (manager) {
    case "mysql":
      return {
        tcpPorts: read.mysql_tcp_ports,
        udpPorts: read.mysql_udp_ports,
        backupStrategy: read.mysql_backup_strategy,
        replicationStrategy: read.mysql_replication_strategy,
        mountPoint: read.mysql_mount_point,
        rootOnCreate: read.mysql_root_on_create,
        volumeSupport: read.mysql_volume_support,
        devicePath: read.mysql_device_path,
      };
    case "percona":
      return {
        tcpPorts: read.percona_tcp_ports,
        udpPorts: read.percona_udp_ports,
        backupStrategy: read.percona_backup_strategy,
        replicationStrategy: read.percona_replication_strategy,
        mountPoint: read.percona_mount_point,
        rootOnCreate: read.percona_root_on_create,
        volumeSupport: read.percona_volume_support,
        devicePath: read.percona_device_path,
      };
    case "redis":
      return {
        tcpPorts: read.redis_tcp_ports,
        udpPorts: read.redis_udp_ports,
        backupStrategy: read.redis_backup_strategy,
        replicationStrategy: read.redis_replication_strategy,
        mountPoint: read.redis_mount_point,
        rootOnCreate: false,
        volumeSupport: read.redis_volume_support,
        devicePath: read.redis_device_path,
      };
    case "cassandra":
      return {
        tcpPorts: read.cassandra_tcp_ports,
        udpPorts: read.cassandra_udp_ports,
        backupStrategy: read.cassandra_backup_strategy,
        replicationStrategy: read.cassandra_replication_strategy,
        mountPoint: read.cassandra_mount_point,
        rootOnCreate: false,
        volumeSupport: read.cassandra_volume_support,
        devicePath: read.cassandra_device_path,
      };
    case "couchbase":
      return {
        tcpPorts: read.couchbase_tcp_ports,
        udpPorts: read.couchbase_udp_ports,
        backupStrategy: read.couchbase_backup_strategy,
        replicationStrategy: read.couchbase_replication_strategy,
        mountPoint: read.couchbase_mount_point,
        rootOnCreate: read.couchbase_root_on_create,
        volumeSupport: read.couchbase_volume_support,
        devicePath: read.couchbase_device_path,
      };
    case "mongodb":
      return {
        tcpPorts: read.mongodb_tcp_ports,
        udpPorts: read.mongodb_udp_ports,
        backupStrategy: read.mongodb_backup_strategy,
        replicationStrategy: read.mongodb_replication_strategy,
        mountPoint: read.mongodb_mount_point,
        rootOnCreate: false,
        volumeSupport: read.mongodb_volume_support,
        devicePath: read.mongodb_device_path,
        cluster: {
          support: read.mongodb_cluster_support,
          configServers: read.mongodb_num_config_servers_per_cluster,
          queryRouters: read.mongodb_num_query_routers_per_cluster,
        },
      };
    case "postgresql":
      return {
        tcpPorts: read.postgresql_tcp_ports,
        udpPorts: read.postgresql_udp_ports,
        backupStrategy: read.postgresql_backup_strategy,
        mountPoint: read.postgresql_mount_point,
        rootOnCreate: read.postgresql_root_on_create,
        volumeSupport: read.postgresql_volume_support,
        devicePath: read.postgresql_device_path,
      };
    default:
      throw new NoSuchOptError(manager);
  }
}

/** @throws NoSuchOptError where the group has none */
export function replicationStrategyOf({ replicationStrategy }: DatastoreOptions): string | null {
  if (replicationStrategy === undefined) throw new NoSuchOptError("replication_strategy");
  return replicationStrategy;
}
