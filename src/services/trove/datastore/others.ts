/**
 * Options of the managers that are no MySQL. What a group does not have, nobody may ask of it: redis makes no
 * root, postgresql has no replication. Upstream: trove/common/cfg.py (redis_opts, cassandra_opts,
 * couchbase_opts, mongodb_opts, postgresql_opts) at 2014.2.
 */
import {
  boolean,
  integer,
  list,
  option,
  optionalString,
  string,
} from "../../../framework/index.js";
import {
  BACKUP_HELP,
  DEVICE_HELP,
  MOUNT_HELP,
  REPLICATION_HELP,
  ROOT_HELP,
  TCP_HELP,
  UDP_HELP,
  VOLUME_HELP,
} from "./help.js";

export const redisFlags = {
  redis_tcp_ports: option("redis.tcp_ports", list(["6379"], TCP_HELP)),
  redis_udp_ports: option("redis.udp_ports", list([], UDP_HELP)),
  redis_backup_strategy: option("redis.backup_strategy", optionalString(BACKUP_HELP), [
    "backup_strategy",
  ]),
  redis_replication_strategy: option(
    "redis.replication_strategy",
    optionalString(REPLICATION_HELP),
  ),
  redis_mount_point: option("redis.mount_point", string("/var/lib/redis", MOUNT_HELP)),
  redis_volume_support: option("redis.volume_support", boolean(false, VOLUME_HELP)),
  redis_device_path: option("redis.device_path", optionalString(DEVICE_HELP)),
} as const;

export const cassandraFlags = {
  cassandra_tcp_ports: option(
    "cassandra.tcp_ports",
    list(["7000", "7001", "9042", "9160"], TCP_HELP),
  ),
  cassandra_udp_ports: option("cassandra.udp_ports", list([], UDP_HELP)),
  cassandra_backup_strategy: option("cassandra.backup_strategy", optionalString(BACKUP_HELP), [
    "backup_strategy",
  ]),
  cassandra_replication_strategy: option(
    "cassandra.replication_strategy",
    optionalString(REPLICATION_HELP),
  ),
  cassandra_mount_point: option("cassandra.mount_point", string("/var/lib/cassandra", MOUNT_HELP)),
  cassandra_volume_support: option("cassandra.volume_support", boolean(true, VOLUME_HELP)),
  cassandra_device_path: option("cassandra.device_path", string("/dev/vdb", DEVICE_HELP)),
} as const;

export const couchbaseFlags = {
  couchbase_tcp_ports: option(
    "couchbase.tcp_ports",
    list(["8091", "8092", "4369", "11209-11211", "21100-21199"], TCP_HELP),
  ),
  couchbase_udp_ports: option("couchbase.udp_ports", list([], UDP_HELP)),
  couchbase_backup_strategy: option("couchbase.backup_strategy", string("CbBackup", BACKUP_HELP), [
    "backup_strategy",
  ]),
  couchbase_replication_strategy: option(
    "couchbase.replication_strategy",
    optionalString(REPLICATION_HELP),
  ),
  couchbase_mount_point: option("couchbase.mount_point", string("/var/lib/couchbase", MOUNT_HELP)),
  couchbase_root_on_create: option("couchbase.root_on_create", boolean(true, ROOT_HELP)),
  couchbase_volume_support: option("couchbase.volume_support", boolean(true, VOLUME_HELP)),
  couchbase_device_path: option("couchbase.device_path", string("/dev/vdb", DEVICE_HELP)),
} as const;

export const mongodbFlags = {
  mongodb_tcp_ports: option("mongodb.tcp_ports", list(["2500", "27017"], TCP_HELP)),
  mongodb_udp_ports: option("mongodb.udp_ports", list([], UDP_HELP)),
  mongodb_backup_strategy: option("mongodb.backup_strategy", optionalString(BACKUP_HELP), [
    "backup_strategy",
  ]),
  mongodb_replication_strategy: option(
    "mongodb.replication_strategy",
    optionalString(REPLICATION_HELP),
  ),
  mongodb_mount_point: option("mongodb.mount_point", string("/var/lib/mongodb", MOUNT_HELP)),
  mongodb_volume_support: option("mongodb.volume_support", boolean(true, VOLUME_HELP)),
  mongodb_device_path: option("mongodb.device_path", string("/dev/vdb", DEVICE_HELP)),
  mongodb_num_config_servers_per_cluster: option(
    "mongodb.num_config_servers_per_cluster",
    integer(3, "The number of config servers to create per cluster."),
  ),
  mongodb_num_query_routers_per_cluster: option(
    "mongodb.num_query_routers_per_cluster",
    integer(1, "The number of query routers (mongos) to create per cluster."),
  ),
  mongodb_cluster_support: option(
    "mongodb.cluster_support",
    boolean(true, "Enable clusters to be created and managed."),
  ),
} as const;

export const postgresqlFlags = {
  postgresql_tcp_ports: option("postgresql.tcp_ports", list(["5432"], TCP_HELP)),
  postgresql_udp_ports: option("postgresql.udp_ports", list([], UDP_HELP)),
  postgresql_backup_strategy: option("postgresql.backup_strategy", string("PgDump", BACKUP_HELP)),
  postgresql_mount_point: option(
    "postgresql.mount_point",
    string("/var/lib/postgresql", MOUNT_HELP),
  ),
  postgresql_root_on_create: option("postgresql.root_on_create", boolean(false, ROOT_HELP)),
  postgresql_volume_support: option("postgresql.volume_support", boolean(true, VOLUME_HELP)),
  postgresql_device_path: option("postgresql.device_path", string("/dev/vdb", DEVICE_HELP)),
  postgresql_ignore_users: option(
    "postgresql.ignore_users",
    list(["os_admin", "postgres", "root"], "Users to exclude when listing users."),
  ),
  postgresql_ignore_dbs: option(
    "postgresql.ignore_dbs",
    list(["postgres"], "Databases to exclude when listing databases."),
  ),
} as const;
