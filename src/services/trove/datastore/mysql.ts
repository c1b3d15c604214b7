/** Options of the managers `mysql` and `percona`. Upstream: trove/common/cfg.py (mysql_opts, percona_opts) at 2014.2. */
import { boolean, list, option, string } from "../../../framework/index.js";
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

export const mysqlFlags = {
  mysql_tcp_ports: option("mysql.tcp_ports", list(["3306"], TCP_HELP)),
  mysql_udp_ports: option("mysql.udp_ports", list([], UDP_HELP)),
  mysql_backup_strategy: option("mysql.backup_strategy", string("InnoBackupEx", BACKUP_HELP), [
    "backup_strategy",
  ]),
  mysql_replication_strategy: option(
    "mysql.replication_strategy",
    string("MysqlBinlogReplication", REPLICATION_HELP),
  ),
  mysql_mount_point: option("mysql.mount_point", string("/var/lib/mysql", MOUNT_HELP)),
  mysql_root_on_create: option("mysql.root_on_create", boolean(false, ROOT_HELP)),
  mysql_volume_support: option("mysql.volume_support", boolean(true, VOLUME_HELP)),
  mysql_device_path: option("mysql.device_path", string("/dev/vdb", DEVICE_HELP)),
} as const;

export const perconaFlags = {
  percona_tcp_ports: option("percona.tcp_ports", list(["3306"], TCP_HELP)),
  percona_udp_ports: option("percona.udp_ports", list([], UDP_HELP)),
  percona_backup_strategy: option("percona.backup_strategy", string("InnoBackupEx", BACKUP_HELP), [
    "backup_strategy",
  ]),
  percona_replication_strategy: option(
    "percona.replication_strategy",
    string("MysqlBinlogReplication", REPLICATION_HELP),
  ),
  percona_mount_point: option("percona.mount_point", string("/var/lib/mysql", MOUNT_HELP)),
  percona_root_on_create: option("percona.root_on_create", boolean(false, ROOT_HELP)),
  percona_volume_support: option("percona.volume_support", boolean(true, VOLUME_HELP)),
  percona_device_path: option("percona.device_path", string("/dev/vdb", DEVICE_HELP)),
} as const;
