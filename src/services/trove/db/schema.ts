/**
 * Columns of Trove's tables, with upstream's names but for a row's own id, which is `uuid` here; when a row
 * was made and changed is in the columns of every table. Upstream: trove/db/sqlalchemy/mappers.py and the
 * migrations of trove/db/sqlalchemy/migrate_repo at 2014.2.
 */

export interface InstanceRow {
  readonly uuid: string;
  readonly name: string;
  readonly hostname: string | null;
  readonly compute_instance_id: string | null;
  readonly task_id: number;
  readonly task_description: string;
  readonly volume_id: string | null;
  readonly flavor_id: string;
  /** GB. */
  readonly volume_size: number | null;
  readonly tenant_id: string | null;
  readonly datastore_version_id: string;
  readonly configuration_id: string | null;
  readonly slave_of_id: string | null;
  readonly cluster_id: string | null;
  readonly shard_id: string | null;
  readonly type: string | null;
}

export interface ServiceStatusRow {
  readonly instance_id: string;
  readonly status_id: number;
  readonly status_description: string;
}

export interface DatastoreRow {
  readonly uuid: string;
  readonly name: string;
  readonly default_version_id: string | null;
}

export interface DatastoreVersionRow {
  readonly uuid: string;
  readonly datastore_id: string;
  readonly name: string;
  readonly manager: string;
  readonly image_id: string;
  /** With commas or blanks between them. */
  readonly packages: string;
  readonly active: boolean;
}

export type BackupState = "NEW" | "BUILDING" | "SAVING" | "COMPLETED" | "FAILED" | "DELETE_FAILED";

export interface BackupRow {
  readonly uuid: string;
  readonly name: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly backup_type: string | null;
  /** GB. */
  readonly size: number | null;
  readonly tenant_id: string | null;
  readonly state: BackupState;
  readonly instance_id: string;
  readonly checksum: string | null;
  readonly parent_id: string | null;
  readonly datastore_version_id: string | null;
}

export interface LastSeenRow {
  readonly instance_id: string;
  readonly method_name: string;
  /** Seconds since 1970. */
  readonly sent: number;
}

/** Whose key is the instance. */
export interface RootHistoryRow {
  readonly instance_id: string;
  readonly user: string | null;
}

export interface SecurityGroupRow {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly user: string | null;
  readonly tenant_id: string | null;
}

export interface SecurityGroupRuleRow {
  readonly uuid: string;
  readonly group_id: string;
  readonly protocol: string;
  readonly from_port: number;
  readonly to_port: number;
  readonly cidr: string;
}

export interface SecurityGroupAssociationRow {
  readonly security_group_id: string;
  readonly instance_id: string;
}

export interface ClusterRow {
  readonly uuid: string;
  readonly name: string;
  readonly task_id: number;
  readonly tenant_id: string | null;
  readonly datastore_version_id: string;
}

export interface QuotaRow {
  readonly tenant_id: string;
  readonly resource: string;
  readonly hard_limit: number;
}

export interface QuotaUsageRow {
  readonly tenant_id: string;
  readonly resource: string;
  readonly in_use: number;
  readonly reserved: number;
}

export interface ReservationRow {
  readonly usage_id: number;
  readonly delta: number;
  readonly status: "Reserved" | "Committed" | "Rolled Back";
}

export interface ConfigurationRow {
  readonly uuid: string;
  readonly name: string;
  readonly description: string | null;
  readonly tenant_id: string | null;
  readonly datastore_version_id: string;
}

export interface ConfigurationParameterRow {
  readonly configuration_id: string;
  readonly configuration_key: string;
  readonly configuration_value: string | number;
}

/** A parameter that may be configured in a version of a datastore. */
export interface DatastoreParameterRow {
  readonly datastore_version_id: string;
  readonly name: string;
  readonly data_type: string;
  readonly restart_required: boolean;
  readonly max_size: number | null;
  readonly min_size: number | null;
}
