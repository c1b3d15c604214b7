/**
 * Options of the datastore manager `mysql`, the one that is simulated. Those of percona, redis, cassandra,
 * couchbase, mongodb and postgresql are not there, nor are their guests. Upstream: trove/common/cfg.py
 * (mysql_opts) at 2014.2.
 */
import { boolean, list, option, string, type FlagsOf } from "../../framework/index.js";
import { NoSuchOptError } from "../../framework/flags/errors.js";

export const datastoreFlags = {
  mysql_tcp_ports: option(
    "mysql.tcp_ports",
    list(["3306"], "List of TCP ports and/or port ranges to open in the security group"),
  ),
  mysql_udp_ports: option(
    "mysql.udp_ports",
    list([], "List of UDP ports and/or port ranges to open in the security group"),
  ),
  mysql_backup_strategy: option(
    "mysql.backup_strategy",
    string("InnoBackupEx", "Default strategy to perform backups."),
  ),
  mysql_replication_strategy: option(
    "mysql.replication_strategy",
    string("MysqlBinlogReplication", "Default strategy for replication."),
  ),
  mysql_mount_point: option(
    "mysql.mount_point",
    string("/var/lib/mysql", "Filesystem path for mounting volumes if volume support is enabled."),
  ),
  mysql_root_on_create: option(
    "mysql.root_on_create",
    boolean(
      false,
      "Enable the automatic creation of the root user for the service during instance-create.",
    ),
  ),
  mysql_volume_support: option(
    "mysql.volume_support",
    boolean(true, "Whether to provision a Cinder volume for datadir."),
  ),
  mysql_device_path: option(
    "mysql.device_path",
    string("/dev/vdb", "Device path for volume if volume support is enabled."),
  ),
} as const;

/** What one manager's group of options says. */
export interface DatastoreOptions {
  readonly tcpPorts: readonly string[];
  readonly udpPorts: readonly string[];
  readonly backupStrategy: string;
  readonly replicationStrategy: string;
  readonly mountPoint: string;
  readonly rootOnCreate: boolean;
  readonly volumeSupport: boolean;
  readonly devicePath: string;
}

/** `CONF.get(manager)`. @throws NoSuchOptError */
export function datastoreOptions(
  read: FlagsOf<typeof datastoreFlags>,
  manager: string,
): DatastoreOptions {
  if (manager !== "mysql") throw new NoSuchOptError(manager);
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
}
