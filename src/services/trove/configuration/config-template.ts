/**
 * The configuration of a MySQL server, as the task manager renders it for a flavor: the stock `my.cnf`, and
 * the files beside it for what a user has changed and for replication. Templates of an operator's own are not
 * simulated. Upstream: trove/common/template.py, trove/templates/mysql at 2014.2.
 */
import type { DatastoreVersionRow } from "../db/schema.js";
import { NoConfigParserFound } from "../exception.js";
import { stockFile } from "./stock-files.js";
import { Exception, hash31, str, type Json, type JsonObject } from "../../../python/index.js";

/** `N * ram // 512`. */
const scaled = (factor: number, ram: number): number => Math.floor((factor * ram) / 512);

type Section = readonly (readonly [key: string, value: string])[];

/** `[mysqld]`, of a server with so many MB. */
const mysqld = (ram: number, serverId: number): Section => [
  ["user", "mysql"],
  ["port", "3306"],
  ["basedir", "/usr"],
  ["datadir", "/var/lib/mysql"],
  ["tmpdir", "/var/tmp"],
  ["pid_file", "/var/run/mysqld/mysqld.pid"],
  ["skip-external-locking", "1"],
  ["key_buffer_size", `${String(scaled(50, ram))}M`],
  ["max_allowed_packet", `${String(scaled(1, ram))}M`],
  ["thread_stack", "192K"],
  ["thread_cache_size", String(scaled(4, ram))],
  ["myisam-recover", "BACKUP"],
  ["query_cache_type", "1"],
  ["query_cache_limit", "1M"],
  ["query_cache_size", `${String(scaled(8, ram))}M`],
  ["innodb_data_file_path", "ibdata1:10M:autoextend"],
  ["innodb_buffer_pool_size", `${String(scaled(150, ram))}M`],
  ["innodb_file_per_table", "1"],
  ["innodb_log_files_in_group", "2"],
  ["innodb_log_file_size", "50M"],
  ["innodb_log_buffer_size", "25M"],
  ["connect_timeout", "15"],
  ["wait_timeout", "120"],
  ["join_buffer_size", "1M"],
  ["read_buffer_size", "512K"],
  ["read_rnd_buffer_size", "512K"],
  ["sort_buffer_size", "1M"],
  ["tmp_table_size", `${String(scaled(16, ram))}M`],
  ["max_heap_table_size", `${String(scaled(16, ram))}M`],
  ["table_open_cache", String(scaled(256, ram))],
  ["table_definition_cache", String(scaled(256, ram))],
  ["open_files_limit", String(scaled(512, ram))],
  ["max_user_connections", String(scaled(100, ram))],
  ["max_connections", String(scaled(100, ram))],
  ["default_storage_engine", "innodb"],
  ["local-infile", "0"],
  ["server_id", String(serverId)],
];

const lines = (name: string, section: Section): string =>
  `[${name}]\n${section.map(([key, value]) => `${key} = ${value}\n`).join("")}`;

/** `my.cnf`. */
const configContents = (ram: number, instanceId: string): string =>
  [
    lines("client", [["port", "3306"]]),
    lines("mysqld_safe", [["nice", "0"]]),
    lines("mysqld", mysqld(ram, hash31(instanceId))),
    lines("mysqldump", [
      ["quick", "1"],
      ["quote-names", "1"],
      ["max_allowed_packet", "16M"],
    ]),
    `${lines("isamchk", [["key_buffer", "16M"]])}\n!includedir /etc/mysql/conf.d/`,
  ].join("\n");

/** For whom a file is rendered. */
export interface Rendered {
  readonly version: Pick<DatastoreVersionRow, "manager" | "name">;
  /** MB. */
  readonly ram: number;
  readonly id: string;
}

const isMysql = ({ manager }: Rendered["version"]): boolean =>
  manager === "mysql" || manager === "percona";

/** `SingleInstanceConfigTemplate.render`. */
export const renderedConfig = ({ version, ram, id }: Rendered): string =>
  isMysql(version) ? configContents(ram, id) : (stockFile(version.manager, version.name) ?? "");

/** `render_dict`: what is in `[mysqld]`. @throws NoConfigParserFound */
export function defaultConfiguration({ version, ram, id }: Rendered): Section {
  if (isMysql(version)) return mysqld(ram, hash31(id));
  throw new NoConfigParserFound({ datastore_manager: version.manager });
}

/** `override.config.template`: `overrides.cnf`, and of the others nothing. */
export const renderedOverrides = (version: Rendered["version"], overrides: JsonObject): string =>
  isMysql(version) ? overrideContents(overrides) : "";

const overrideContents = (overrides: JsonObject): string =>
  `[mysqld]\n${Object.entries(overrides)
    .map(([key, value]) => `${override(key, value)}\n`)
    .join("")}`;

function override(key: string, value: Json): string {
  if (value === true || value === 1) return `${key} = 1`;
  if (value === false || value === 0) return `${key} = 0`;
  return value === "" ? key : `${key}=${str(value)}`;
}

/** @throws TemplateNotFound: Percona has none of its own, and nobody looks for MySQL's */
function needsTemplate({ manager }: Rendered["version"], name: string): void {
  if (manager === "mysql") return;
  throw new TemplateNotFound(name);
}

class TemplateNotFound extends Exception {
  static override readonly module: string = "jinja2.exceptions";
  override readonly name: string = "TemplateNotFound";
}

/** `0replication.cnf` of a source. @throws TemplateNotFound */
export function replicaSourceConfig(version: Rendered["version"]): string {
  needsTemplate(version, "replica_source.config.template");
  return REPLICA_SOURCE_CONTENTS;
}

/** And of a replica. @throws TemplateNotFound */
export function replicaConfig(version: Rendered["version"]): string {
  needsTemplate(version, "replica.config.template");
  return REPLICA_CONTENTS;
}

const REPLICA_SOURCE_CONTENTS = lines("mysqld", [["log_bin", "/var/lib/mysql/mysql-bin.log"]]);

const REPLICA_CONTENTS = lines("mysqld", [
  ["log_bin", "/var/lib/mysql/mysql-bin.log"],
  ["relay_log", "/var/lib/mysql/mysql-relay-bin.log"],
  ["read_only", "true"],
]);
