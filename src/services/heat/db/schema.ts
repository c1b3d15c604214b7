/**
 * The rows of Heat's tables, by upstream's column names. What is a string `id` upstream is `uuid` here,
 * because every table of this house has an integer `id` of its own; `updated_at`, which Heat writes itself,
 * is `updated_time`. Nothing is encrypted. Watches are not simulated. Upstream: heat/db/sqlalchemy/models.py at 2014.2.
 */
import type { Json, JsonObject } from "../../../python/index.js";

interface State {
  readonly action: string;
  readonly status: string;
  /** As much as the column takes. */
  readonly status_reason: string;
}

export interface StackRow extends State {
  readonly uuid: string;
  readonly name: string;
  readonly raw_template_id: number;
  readonly username: string | null;
  readonly tenant: string | null;
  /** The whole environment. */
  readonly parameters: JsonObject;
  /** Of a nested stack. */
  readonly owner_id: string | null;
  /** Minutes. */
  readonly timeout: number | null;
  readonly disable_rollback: boolean;
  readonly backup: boolean;
  readonly user_creds_id: number | null;
  readonly stack_user_project_id: string | null;
  /** When the last update was asked for. */
  readonly updated_time: string | null;
}

/** The engine that does something with a stack. */
export interface StackLockRow {
  readonly stack_id: string;
  readonly engine_id: string;
}

/** As whom Heat asks other services when nobody asks Heat. */
export interface UserCredsRow {
  readonly username: string | null;
  readonly password: string | null;
  readonly tenant: string | null;
  readonly tenant_id: string | null;
  readonly auth_url: string | null;
  /** Of a trust, in the place of name and password. */
  readonly trust_id?: string | null;
  readonly trustor_user_id?: string | null;
}

export interface RawTemplateRow {
  readonly template: JsonObject;
  readonly files: JsonObject;
}

export interface ResourceRow extends State {
  readonly uuid: string;
  readonly name: string;
  /** What the resource is called where it is, whatever that is. */
  readonly nova_instance: string | null;
  readonly rsrc_metadata: JsonObject;
  readonly properties_data: JsonObject | null;
  readonly stack_id: string;
  readonly updated_time: string | null;
}

export interface ResourceDataRow {
  readonly resource_id: string;
  readonly key: string;
  readonly value: string;
}

export interface SoftwareConfigRow {
  readonly uuid: string;
  readonly name: string | null;
  readonly group: string | null;
  /** The configuration itself, `inputs`, `outputs` and `options`. */
  readonly config: JsonObject;
  readonly tenant: string | null;
}

export interface SoftwareDeploymentRow {
  readonly uuid: string;
  readonly config_id: string;
  readonly server_id: string;
  readonly input_values: Json;
  readonly output_values: Json;
  readonly tenant: string | null;
  readonly stack_user_project_id: string | null;
  readonly action: string | null;
  readonly status: string | null;
  readonly status_reason: string | null;
}

export interface SnapshotRow {
  readonly uuid: string;
  readonly stack_id: string;
  readonly name: string | null;
  /** The stack as it was. */
  readonly data: JsonObject | null;
  readonly tenant: string | null;
  readonly status: string;
  readonly status_reason: string | null;
}

export interface EventRow {
  readonly uuid: string;
  readonly stack_id: string;
  readonly resource_action: string;
  readonly resource_status: string;
  readonly resource_name: string;
  readonly physical_resource_id: string | null;
  readonly resource_status_reason: string;
  readonly resource_type: string;
  readonly resource_properties: JsonObject;
}
