/**
 * Options of swift.conf, proxy-server.conf, account-server.conf, container-server.conf and
 * object-server.conf. Upstream: etc/*.conf-sample at 2.2.0.
 */
import {
  authTokenFlags,
  boolean,
  float,
  integer,
  list,
  option,
  optionalString,
  string,
  type Flag,
  type FlagValue,
} from "../../framework/index.js";

/** keystoneauth decides about strangers. */
export const swiftAuthFlags = authTokenFlags("swift", true);

/** swift.conf, the same on all hosts. */
export const swiftConfFlags = {
  swift_hash_path_suffix: option(
    "swift-hash.swift_hash_path_suffix",
    string("changeme", "What is put behind every name before it is hashed"),
  ),
  swift_hash_path_prefix: option(
    "swift-hash.swift_hash_path_prefix",
    string("", "What is put in front of every name before it is hashed"),
  ),
} as const;

/** Of one server or daemon each; what stands under DEFAULT is for all that read that file. */
const SECTIONS = [
  ...["app:proxy-server", "app:account-server", "app:container-server", "app:object-server"],
  ...["account-replicator", "account-reaper", "container-replicator", "container-updater"],
  ...["object-replicator", "object-updater", "object-auditor", "object-expirer"],
];

/** An option that may stand under DEFAULT or in the section of whoever reads it. */
const setting = <T extends FlagValue>(name: string, flag: Flag<T>): Flag<T> =>
  option(
    name,
    flag,
    SECTIONS.map((section) => `${section}.${name}`),
  );

export const proxyFlags = {
  ...swiftConfFlags,
  swift_bind_port: option("bind_port", integer(8080, "Port of the proxy", { min: 1, max: 65535 })),
  node_timeout: setting(
    "node_timeout",
    float(10, "Seconds to wait for a storage server's answer", { min: 0 }),
  ),
  recoverable_node_timeout: setting(
    "recoverable_node_timeout",
    float(0, "The same for a GET of an object; 0: node_timeout", {
      min: 0,
    }),
  ),
  conn_timeout: setting(
    "conn_timeout",
    float(0.5, "Seconds to wait for a connection to a storage server", { min: 0 }),
  ),
  client_timeout: setting(
    "client_timeout",
    float(60, "Seconds to wait for a client's data", { min: 0 }),
  ),
  post_quorum_timeout: setting(
    "post_quorum_timeout",
    float(0.5, "Seconds to wait for the rest once a quorum has answered", {
      min: 0,
    }),
  ),
  error_suppression_interval: setting(
    "error_suppression_interval",
    float(60, "Seconds after the last error until a node is used again", {
      min: 0,
    }),
  ),
  error_suppression_limit: setting(
    "error_suppression_limit",
    integer(10, "Errors that a node may have and still be used", { min: 0 }),
  ),
  recheck_account_existence: setting(
    "recheck_account_existence",
    float(60, "Seconds for which the proxy remembers an account", {
      min: 0,
    }),
  ),
  recheck_container_existence: setting(
    "recheck_container_existence",
    float(60, "Seconds for which the proxy remembers a container", {
      min: 0,
    }),
  ),
  request_node_count: setting("request_node_count", string("2 * replicas", "Nodes to ask at most")),
  allow_account_management: setting(
    "allow_account_management",
    boolean(false, "Let accounts be put and deleted"),
  ),
  account_autocreate: setting(
    "account_autocreate",
    boolean(true, "Make an account when somebody first writes to it"),
  ),
  object_post_as_copy: setting(
    "object_post_as_copy",
    boolean(true, "POST of an object writes it anew"),
  ),
  max_containers_per_account: setting(
    "max_containers_per_account",
    integer(0, "Most containers of an account; 0: any number", {
      min: 0,
    }),
  ),
  max_containers_whitelist: setting(
    "max_containers_whitelist",
    list([], "Accounts that may have more"),
  ),
  deny_host_headers: setting("deny_host_headers", list([], "Hosts for which nobody is served")),
  trans_id_suffix: setting(
    "trans_id_suffix",
    string("", "What is put behind every transaction id"),
  ),
  log_handoffs: setting(
    "log_handoffs",
    boolean(true, "Log whenever more handoffs are asked than usual"),
  ),
  expose_info: setting("expose_info", boolean(true, "Serve /info")),
  operator_roles: option(
    "filter:keystoneauth.operator_roles",
    list(["admin", "swiftoperator"], "Roles that own the account of their tenant"),
  ),
  reseller_prefix: option(
    "filter:keystoneauth.reseller_prefix",
    string("AUTH_", "What accounts begin with, before the tenant's id"),
  ),
  reseller_admin_role: option(
    "filter:keystoneauth.reseller_admin_role",
    string("ResellerAdmin", "The role that owns all accounts"),
  ),
  swift_is_admin: option(
    "filter:keystoneauth.is_admin",
    boolean(false, "Let a user own the account of the tenant that bears its name"),
  ),
  allow_names_in_acls: option(
    "filter:keystoneauth.allow_names_in_acls",
    boolean(true, "Names of users and tenants count in access lists"),
  ),
  disable_path: option(
    "filter:healthcheck.disable_path",
    optionalString("Unless empty, the health check says that the proxy is disabled"),
  ),
} as const;

const bindPort = (port: number, name: string) =>
  option("bind_port", integer(port, `Port of the ${name} server`, { min: 1, max: 65535 }));

const updateTimeouts = {
  node_timeout: setting("node_timeout", float(3, "Seconds to wait for an answer", { min: 0 })),
  conn_timeout: setting("conn_timeout", float(0.5, "Seconds to wait for a connection", { min: 0 })),
} as const;

export const accountServerFlags = {
  ...swiftConfFlags,
  account_bind_port: bindPort(6002, "account"),
} as const;

export const containerServerFlags = {
  ...swiftConfFlags,
  container_bind_port: bindPort(6001, "container"),
  ...updateTimeouts,
} as const;

const reclaimAge = setting(
  "reclaim_age",
  integer(604_800, "Seconds after which a tombstone is forgotten", { min: 0 }),
);

export const objectServerFlags = {
  ...swiftConfFlags,
  reclaim_age: reclaimAge,
  object_bind_port: bindPort(6000, "object"),
  ...updateTimeouts,
  client_timeout: setting(
    "client_timeout",
    float(60, "Seconds to wait for more of an object", { min: 0 }),
  ),
} as const;

export const objectUpdaterFlags = {
  ...swiftConfFlags,
  conn_timeout: updateTimeouts.conn_timeout,
  updater_node_timeout: setting(
    "node_timeout",
    float(10, "Seconds to wait for a container server", { min: 0 }),
  ),
  updater_interval: setting("interval", integer(300, "Seconds between sweeps", { min: 1 })),
} as const;

export const containerUpdaterFlags = {
  ...swiftConfFlags,
  ...updateTimeouts,
  container_updater_interval: setting(
    "interval",
    integer(300, "Seconds between sweeps", { min: 1 }),
  ),
  account_suppression_time: setting(
    "account_suppression_time",
    integer(60, "Seconds for which an account that does not answer is left alone", { min: 0 }),
  ),
} as const;

export const objectReplicatorFlags = {
  ...swiftConfFlags,
  run_pause: setting("run_pause", integer(30, "Seconds between passes", { min: 1 })),
  http_timeout: setting("http_timeout", integer(60, "Seconds to wait for an answer", { min: 0 })),
  rsync_timeout: setting("rsync_timeout", integer(900, "Seconds for one rsync", { min: 1 })),
  reclaim_age: reclaimAge,
} as const;

export const databaseReplicatorFlags = {
  ...swiftConfFlags,
  conn_timeout: updateTimeouts.conn_timeout,
  replicator_node_timeout: setting(
    "node_timeout",
    float(10, "Seconds to wait for another server's answer", { min: 0 }),
  ),
  replicator_interval: setting("interval", integer(30, "Seconds between passes", { min: 1 })),
  per_diff: setting("per_diff", integer(1000, "Rows that are sent at once", { min: 1 })),
  max_diffs: setting("max_diffs", integer(100, "How often in a pass", { min: 1 })),
  reclaim_age: reclaimAge,
} as const;

export const objectExpirerFlags = {
  expirer_interval: setting("interval", integer(300, "Seconds between passes", { min: 1 })),
  request_tries: setting("request_tries", integer(3, "How often a request is tried", { min: 1 })),
  expirer_reclaim_age: setting(
    "reclaim_age",
    integer(604_800, "Seconds after which what cannot be found is forgotten", { min: 0 }),
  ),
} as const;
