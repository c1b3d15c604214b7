/**
 * The stock files of configuration of the datastores that are no MySQL: the settings, one a line, without what
 * is said beside them. Upstream: trove/templates/redis, mongodb, cassandra, postgresql, couchbase at 2014.2.
 */
type Settings = readonly (readonly [key: string, value: string])[];

const REDIS: Settings = [
  ["daemonize", "yes"],
  ["pidfile", "/var/run/redis/redis-server.pid"],
  ["port", "6379"],
  ["timeout", "0"],
  ["loglevel", "notice"],
  ["databases", "16"],
  ["save", "900 1"],
  ["save", "300 10"],
  ["save", "60 10000"],
  ["stop-writes-on-bgsave-error", "yes"],
  ["rdbcompression", "yes"],
  ["rdbchecksum", "yes"],
  ["dbfilename", "dump.rdb"],
  ["dir", "/var/lib/redis"],
  ["slave-serve-stale-data", "yes"],
  ["slave-read-only", "yes"],
  ["slave-priority", "100"],
  ["rename-command", 'CONFIG ""'],
  ["maxclients", "10000"],
  ["maxmemory", "1073741824"],
  ["maxmemory-policy", "volatile-lru"],
  ["maxmemory-samples", "3"],
  ["appendonly", "yes"],
  ["appendfilename", "appendonly.aof"],
  ["appendfsync", "everysec"],
  ["no-appendfsync-on-rewrite", "no"],
  ["auto-aof-rewrite-percentage", "100"],
  ["auto-aof-rewrite-min-size", "64mb"],
  ["lua-time-limit", "5000"],
  ["slowlog-max-len", "128"],
  ["hash-max-ziplist-entries", "512"],
  ["hash-max-ziplist-value", "64"],
  ["list-max-ziplist-entries", "512"],
  ["list-max-ziplist-value", "64"],
  ["set-max-intset-entries", "512"],
  ["zset-max-ziplist-entries", "128"],
  ["zset-max-ziplist-value", "64"],
  ["activerehashing", "yes"],
  ["client-output-buffer-limit", "normal 0 0 0"],
  ["client-output-buffer-limit", "slave 256mb 64mb 60"],
  ["client-output-buffer-limit", "pubsub 32mb 8mb 60"],
];

const MONGODB: Settings = [
  ["smallfiles", "false"],
  ["dbpath", "/var/lib/mongodb"],
  ["logpath", "/var/log/mongodb/mongodb.log"],
  ["logappend", "true"],
  ["journal", "true"],
];

/** Those that are one word; what is nested in the file is not here. */
const CASSANDRA: Settings = [
  ["cluster_name", "'Test Cluster'"],
  ["num_tokens", "256"],
  ["hinted_handoff_enabled", "true"],
  ["max_hint_window_in_ms", "10800000"],
  ["hinted_handoff_throttle_in_kb", "1024"],
  ["max_hints_delivery_threads", "2"],
  ["authenticator", "AllowAllAuthenticator"],
  ["authorizer", "AllowAllAuthorizer"],
  ["permissions_validity_in_ms", "2000"],
  ["partitioner", "org.apache.cassandra.dht.Murmur3Partitioner"],
  ["commitlog_directory", "/var/lib/cassandra/commitlog"],
  ["disk_failure_policy", "stop"],
  ["key_cache_save_period", "14400"],
  ["row_cache_size_in_mb", "0"],
  ["row_cache_save_period", "0"],
  ["saved_caches_directory", "/var/lib/cassandra/saved_caches"],
  ["commitlog_sync", "periodic"],
  ["commitlog_sync_period_in_ms", "10000"],
  ["commitlog_segment_size_in_mb", "32"],
  ["concurrent_reads", "32"],
  ["concurrent_writes", "32"],
  ["memtable_flush_queue_size", "4"],
  ["trickle_fsync", "false"],
  ["trickle_fsync_interval_in_kb", "10240"],
  ["storage_port", "7000"],
  ["ssl_storage_port", "7001"],
  ["listen_address", "localhost"],
  ["start_native_transport", "true"],
  ["native_transport_port", "9042"],
  ["start_rpc", "true"],
  ["rpc_address", "localhost"],
  ["rpc_port", "9160"],
  ["rpc_keepalive", "true"],
  ["rpc_server_type", "sync"],
  ["thrift_framed_transport_size_in_mb", "15"],
  ["incremental_backups", "false"],
  ["snapshot_before_compaction", "false"],
  ["auto_snapshot", "true"],
  ["tombstone_warn_threshold", "1000"],
  ["tombstone_failure_threshold", "100000"],
  ["column_index_size_in_kb", "64"],
  ["in_memory_compaction_limit_in_mb", "64"],
  ["multithreaded_compaction", "false"],
  ["compaction_throughput_mb_per_sec", "16"],
  ["compaction_preheat_key_cache", "true"],
  ["read_request_timeout_in_ms", "5000"],
  ["range_request_timeout_in_ms", "10000"],
  ["write_request_timeout_in_ms", "2000"],
  ["cas_contention_timeout_in_ms", "1000"],
  ["truncate_request_timeout_in_ms", "60000"],
  ["request_timeout_in_ms", "10000"],
  ["cross_node_timeout", "false"],
  ["endpoint_snitch", "SimpleSnitch"],
  ["dynamic_snitch_update_interval_in_ms", "100"],
  ["dynamic_snitch_reset_interval_in_ms", "600000"],
  ["dynamic_snitch_badness_threshold", "0.1"],
  ["request_scheduler", "org.apache.cassandra.scheduler.NoScheduler"],
  ["internode_compression", "all"],
  ["inter_dc_tcp_nodelay", "false"],
  ["preheat_kernel_page_cache", "false"],
];

const postgresql = (version: string): Settings => [
  ["data_directory", `'/var/lib/postgresql/${version}/main'`],
  ["hba_file", `'/etc/postgresql/${version}/main/pg_hba.conf'`],
  ["ident_file", `'/etc/postgresql/${version}/main/pg_ident.conf'`],
  ["external_pid_file", "'/var/run/postgresql/postgresql.pid'"],
  ["listen_addresses", "'*'"],
  ["port", "5432"],
  ["max_connections", "100"],
  ["shared_buffers", "24MB"],
  ["log_line_prefix", "'%t '"],
  ["lc_messages", "'en_US.UTF-8'"],
  ["lc_monetary", "'en_US.UTF-8'"],
  ["lc_numeric", "'en_US.UTF-8'"],
  ["lc_time", "'en_US.UTF-8'"],
  ["default_text_search_config", "'pg_catalog.english'"],
];

const lines = (settings: Settings, between: string): string =>
  settings.map(([key, value]) => `${key}${between}${value}\n`).join("");

/** `config.template` of a manager, rendered for a version; undefined: there is none. */
export function stockFile(manager: string, version: string): string | undefined {
  switch (manager) {
    case "redis":
      return lines(REDIS, " ");
    case "mongodb":
      return lines(MONGODB, " = ");
    case "cassandra":
      return lines(CASSANDRA, ": ");
    case "postgresql":
      return lines(postgresql(version), " = ");
    case "couchbase":
      return "";
    default:
      return undefined;
  }
}
