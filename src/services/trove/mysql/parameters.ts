/**
 * What a group may configure in MySQL. Upstream: trove/templates/mysql/validation-rules.json at 2014.2, which
 * trove-integration's redstack loads with `trove-manage db_load_datastore_config_parameters`.
 */
import type { DatastoreParameterRow } from "../db/schema.js";

type Rule = Omit<DatastoreParameterRow, "datastore_version_id">;

const number = (name: string, min_size: number, max_size: number): Rule => ({
  ...{ name, data_type: "integer", restart_required: false, min_size, max_size },
});
const text = (name: string): Rule => ({
  ...{ name, data_type: "string", restart_required: false, min_size: null, max_size: null },
});
const atRestart = (rule: Rule): Rule => ({ ...rule, restart_required: true });

/** The most of 64 bits that is a whole number of pages. */
const MOST = 18_446_744_073_709_547_520;

export const MYSQL_PARAMETERS: readonly Rule[] = [
  atRestart(number("innodb_file_per_table", 0, 1)),
  number("autocommit", 0, 1),
  number("local_infile", 0, 1),
  number("key_buffer_size", 0, 4_294_967_296),
  number("connect_timeout", 1, 65_535),
  number("join_buffer_size", 0, 4_294_967_296),
  number("sort_buffer_size", 32_768, MOST),
  atRestart(number("innodb_buffer_pool_size", 0, 68_719_476_736)),
  number("innodb_flush_log_at_trx_commit", 0, 2),
  atRestart(number("innodb_log_buffer_size", 1_048_576, 4_294_967_296)),
  atRestart(number("innodb_open_files", 10, 4_294_967_296)),
  number("innodb_thread_concurrency", 0, 1_000),
  number("sync_binlog", 0, MOST),
  number("auto_increment_increment", 1, 65_535),
  number("auto_increment_offset", 1, 65_535),
  number("bulk_insert_buffer_size", 0, MOST),
  number("expire_logs_days", 1, 65_535),
  number("interactive_timeout", 1, 65_535),
  number("max_allowed_packet", 1_024, 1_073_741_824),
  number("max_connect_errors", 1, MOST),
  number("max_connections", 1, 65_535),
  number("myisam_sort_buffer_size", 4, MOST),
  number("max_user_connections", 1, 100_000),
  atRestart(number("server_id", 1, 100_000)),
  number("wait_timeout", 1, 31_536_000),
  text("character_set_client"),
  text("character_set_connection"),
  text("character_set_database"),
  text("character_set_filesystem"),
  text("character_set_results"),
  text("character_set_server"),
  text("collation_connection"),
  text("collation_database"),
  text("collation_server"),
];
