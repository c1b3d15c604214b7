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

/**
 * For options that may stand under DEFAULT, where they are for all that read that file, or in the section
 * of whoever reads them.
 */
const settingOf =
  (section: string) =>
  <T extends FlagValue>(name: string, flag: Flag<T>, former: readonly string[] = []): Flag<T> =>
    option(
      name,
      flag,
      [name, ...former].map((one) => `${section}.${one}`),
    );

const inProxy = settingOf("app:proxy-server");

export const proxyFlags = {
  ...swiftConfFlags,
  swift_bind_port: option("bind_port", integer(8080, "Port of the proxy", { min: 1, max: 65535 })),
  node_timeout: inProxy(
    "node_timeout",
    float(10, "Seconds to wait for a storage server's answer", { min: 0 }),
  ),
  recoverable_node_timeout: inProxy(
    "recoverable_node_timeout",
    float(0, "The same for a GET of an object; 0: node_timeout", {
      min: 0,
    }),
  ),
  conn_timeout: inProxy(
    "conn_timeout",
    float(0.5, "Seconds to wait for a connection to a storage server", { min: 0 }),
  ),
  client_timeout: inProxy(
    "client_timeout",
    float(60, "Seconds to wait for a client's data", { min: 0 }),
  ),
  post_quorum_timeout: inProxy(
    "post_quorum_timeout",
    float(0.5, "Seconds to wait for the rest once a quorum has answered", {
      min: 0,
    }),
  ),
  error_suppression_interval: inProxy(
    "error_suppression_interval",
    float(60, "Seconds after the last error until a node is used again", {
      min: 0,
    }),
  ),
  error_suppression_limit: inProxy(
    "error_suppression_limit",
    integer(10, "Errors that a node may have and still be used", { min: 0 }),
  ),
  recheck_account_existence: inProxy(
    "recheck_account_existence",
    float(60, "Seconds for which the proxy remembers an account", {
      min: 0,
    }),
  ),
  recheck_container_existence: inProxy(
    "recheck_container_existence",
    float(60, "Seconds for which the proxy remembers a container", {
      min: 0,
    }),
  ),
  request_node_count: inProxy("request_node_count", string("2 * replicas", "Nodes to ask at most")),
  allow_account_management: inProxy(
    "allow_account_management",
    boolean(false, "Let accounts be put and deleted"),
  ),
  account_autocreate: inProxy(
    "account_autocreate",
    boolean(true, "Make an account when somebody first writes to it"),
  ),
  object_post_as_copy: inProxy(
    "object_post_as_copy",
    boolean(true, "POST of an object writes it anew"),
  ),
  max_containers_per_account: inProxy(
    "max_containers_per_account",
    integer(0, "Most containers of an account; 0: any number", {
      min: 0,
    }),
  ),
  max_containers_whitelist: inProxy(
    "max_containers_whitelist",
    list([], "Accounts that may have more"),
  ),
  deny_host_headers: inProxy("deny_host_headers", list([], "Hosts for which nobody is served")),
  trans_id_suffix: inProxy(
    "trans_id_suffix",
    string("", "What is put behind every transaction id"),
  ),
  log_handoffs: inProxy(
    "log_handoffs",
    boolean(true, "Log whenever more handoffs are asked than usual"),
  ),
  expose_info: inProxy("expose_info", boolean(true, "Serve /info")),
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
  max_manifest_segments: option(
    "filter:slo.max_manifest_segments",
    integer(1000, "Most segments of a static large object", { min: 0 }),
  ),
  max_manifest_size: option(
    "filter:slo.max_manifest_size",
    integer(2_097_152, "Most bytes of its manifest", { min: 0 }),
  ),
  min_segment_size: option(
    "filter:slo.min_segment_size",
    integer(1_048_576, "Least bytes of each of its segments but the last", { min: 0 }),
  ),
  disable_path: option(
    "filter:healthcheck.disable_path",
    optionalString("Unless empty, the health check says that the proxy is disabled"),
  ),
} as const;

const bindPort = (port: number, name: string) =>
  option("bind_port", integer(port, `Port of the ${name} server`, { min: 1, max: 65535 }));

const updateTimeouts = (section: string) => {
  const setting = settingOf(section);
  return {
    node_timeout: setting("node_timeout", float(3, "Seconds to wait for an answer", { min: 0 })),
    conn_timeout: connTimeout(section),
  } as const;
};

const connTimeout = (section: string) =>
  settingOf(section)("conn_timeout", float(0.5, "Seconds to wait for a connection", { min: 0 }));

const reclaimAge = (section: string) =>
  settingOf(section)(
    "reclaim_age",
    integer(604_800, "Seconds after which a tombstone is forgotten", { min: 0 }),
  );

export const accountServerFlags = {
  ...swiftConfFlags,
  account_bind_port: bindPort(6002, "account"),
} as const;

export const containerServerFlags = {
  ...swiftConfFlags,
  container_bind_port: bindPort(6001, "container"),
  ...updateTimeouts("app:container-server"),
} as const;

export const objectServerFlags = {
  ...swiftConfFlags,
  reclaim_age: reclaimAge("app:object-server"),
  object_bind_port: bindPort(6000, "object"),
  ...updateTimeouts("app:object-server"),
  client_timeout: settingOf("app:object-server")(
    "client_timeout",
    float(60, "Seconds to wait for more of an object", { min: 0 }),
  ),
} as const;

const inUpdater = settingOf("object-updater");

export const objectUpdaterFlags = {
  ...swiftConfFlags,
  conn_timeout: connTimeout("object-updater"),
  updater_node_timeout: inUpdater(
    "node_timeout",
    float(10, "Seconds to wait for a container server", { min: 0 }),
  ),
  updater_interval: inUpdater("interval", integer(300, "Seconds between sweeps", { min: 1 })),
} as const;

const inContainerUpdater = settingOf("container-updater");

export const containerUpdaterFlags = {
  ...swiftConfFlags,
  ...updateTimeouts("container-updater"),
  container_updater_interval: inContainerUpdater(
    "interval",
    integer(300, "Seconds between sweeps", { min: 1 }),
  ),
  account_suppression_time: inContainerUpdater(
    "account_suppression_time",
    integer(60, "Seconds for which an account that does not answer is left alone", { min: 0 }),
  ),
} as const;

const inReplicator = settingOf("object-replicator");

export const objectReplicatorFlags = {
  ...swiftConfFlags,
  run_pause: inReplicator("run_pause", integer(30, "Seconds between passes", { min: 1 })),
  http_timeout: inReplicator(
    "http_timeout",
    integer(60, "Seconds to wait for an answer", { min: 0 }),
  ),
  rsync_timeout: inReplicator("rsync_timeout", integer(900, "Seconds for one rsync", { min: 1 })),
  reclaim_age: reclaimAge("object-replicator"),
} as const;

/** Of `account-replicator` or `container-replicator`, which read the same of sections of their own. */
const databaseReplicator = (section: string) => {
  const setting = settingOf(section);
  return {
    ...swiftConfFlags,
    conn_timeout: connTimeout(section),
    replicator_node_timeout: setting(
      "node_timeout",
      float(10, "Seconds to wait for another server's answer", { min: 0 }),
    ),
    replicator_interval: setting("interval", integer(30, "Seconds between passes", { min: 1 }), [
      "run_pause",
    ]),
    per_diff: setting("per_diff", integer(1000, "Rows that are sent at once", { min: 1 })),
    max_diffs: setting("max_diffs", integer(100, "How often in a pass", { min: 1 })),
    reclaim_age: reclaimAge(section),
  } as const;
};

export const databaseReplicatorFlags = {
  account: databaseReplicator("account-replicator"),
  container: databaseReplicator("container-replicator"),
} as const;

const inExpirer = settingOf("object-expirer");

export const objectExpirerFlags = {
  expirer_interval: inExpirer("interval", integer(300, "Seconds between passes", { min: 1 })),
  request_tries: inExpirer("request_tries", integer(3, "How often a request is tried", { min: 1 })),
  expirer_reclaim_age: inExpirer(
    "reclaim_age",
    integer(604_800, "Seconds after which what cannot be found is forgotten", { min: 0 }),
  ),
} as const;
