/**
 * Trove's database: its tables, and nothing else. API, task manager and conductor read and write it; guests
 * do not reach it. Upstream: MySQL.
 */
import { Table, type TableOptions } from "../../../framework/index.js";
import type { Kernel, Stream } from "../../../kernel/index.js";
import type * as schema from "./schema.js";

const project = "trove";

export class TroveDatabase {
  readonly kernel: Kernel;
  readonly instances: Table<schema.InstanceRow>;
  readonly service_statuses: Table<schema.ServiceStatusRow>;
  readonly datastores: Table<schema.DatastoreRow>;
  readonly datastore_versions: Table<schema.DatastoreVersionRow>;
  readonly datastore_configuration_parameters: Table<schema.DatastoreParameterRow>;
  readonly backups: Table<schema.BackupRow>;
  readonly conductor_lastseen: Table<schema.LastSeenRow>;
  readonly root_enabled_history: Table<schema.RootHistoryRow>;
  readonly security_groups: Table<schema.SecurityGroupRow>;
  readonly security_group_rules: Table<schema.SecurityGroupRuleRow>;
  readonly security_group_instance_associations: Table<schema.SecurityGroupAssociationRow>;
  readonly clusters: Table<schema.ClusterRow>;
  readonly quotas: Table<schema.QuotaRow>;
  readonly quota_usages: Table<schema.QuotaUsageRow>;
  readonly reservations: Table<schema.ReservationRow>;
  readonly configurations: Table<schema.ConfigurationRow>;
  readonly configuration_parameters: Table<schema.ConfigurationParameterRow>;
  /** Where ids of rows come from that no process draws by itself. */
  readonly ids: Stream;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.ids = kernel.stream("trove", "ids");
    const table = <R extends object>(name: string, options: Partial<TableOptions<R>> = {}) =>
      new Table<R>(kernel, { project, name, ...options });
    this.instances = table("instances", { key: "uuid" });
    this.service_statuses = table("service_statuses", { key: "instance_id" });
    this.datastores = table("datastores", { key: "uuid" });
    this.datastore_versions = table("datastore_versions", { key: "uuid" });
    this.datastore_configuration_parameters = table("datastore_configuration_parameters");
    this.backups = table("backups", { key: "uuid", indexes: ["instance_id"] });
    this.conductor_lastseen = table("conductor_lastseen", { indexes: ["instance_id"] });
    this.root_enabled_history = table("root_enabled_history", { key: "instance_id" });
    this.security_groups = table("security_groups", { key: "uuid" });
    this.security_group_rules = table("security_group_rules", { key: "uuid" });
    this.security_group_instance_associations = table("security_group_instance_associations");
    this.clusters = table("clusters", { key: "uuid" });
    this.quotas = table("quotas");
    this.quota_usages = table("quota_usages");
    this.reservations = table("reservations");
    this.configurations = table("configurations", { key: "uuid" });
    this.configuration_parameters = table("configuration_parameters");
  }
}
