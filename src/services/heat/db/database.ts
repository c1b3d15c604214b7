/**
 * Heat's database: its tables, and what every writer does with its reasons and its oldest events. It
 * outlives the engine. Upstream: MySQL; heat/db/sqlalchemy/models.py, heat/db/sqlalchemy/api.py
 * (event_create) at 2014.2.
 */
import { Table } from "../../../framework/index.js";
import type { Kernel } from "../../../kernel/index.js";
import type * as schema from "./schema.js";

const project = "heat";
/** Of columns of reasons, which upstream cuts itself. */
const REASON = 255;

export const reasonColumn = (reason: string): string => reason.slice(0, REASON);

export class HeatDatabase {
  readonly stacks: Table<schema.StackRow>;
  readonly locks: Table<schema.StackLockRow>;
  readonly user_creds: Table<schema.UserCredsRow>;
  readonly templates: Table<schema.RawTemplateRow>;
  readonly resources: Table<schema.ResourceRow>;
  readonly resource_data: Table<schema.ResourceDataRow>;
  readonly events: Table<schema.EventRow>;
  readonly software_configs: Table<schema.SoftwareConfigRow>;
  readonly software_deployments: Table<schema.SoftwareDeploymentRow>;
  readonly snapshots: Table<schema.SnapshotRow>;

  constructor(kernel: Kernel) {
    this.stacks = new Table(kernel, {
      project,
      name: "stack",
      key: "uuid",
      indexes: ["tenant", "owner_id"],
    });
    this.locks = new Table(kernel, { project, name: "stack_lock", key: "stack_id" });
    this.user_creds = new Table(kernel, { project, name: "user_creds" });
    this.templates = new Table(kernel, { project, name: "raw_template" });
    this.resources = new Table(kernel, {
      project,
      name: "resource",
      key: "uuid",
      indexes: ["stack_id"],
    });
    this.resource_data = new Table(kernel, {
      project,
      name: "resource_data",
      indexes: ["resource_id"],
    });
    this.events = new Table(kernel, {
      project,
      name: "event",
      key: "uuid",
      indexes: ["stack_id"],
    });
    this.software_configs = new Table(kernel, { project, name: "software_config", key: "uuid" });
    this.software_deployments = new Table(kernel, {
      project,
      name: "software_deployment",
      key: "uuid",
      indexes: ["server_id"],
    });
    this.snapshots = new Table(kernel, {
      project,
      name: "snapshot",
      key: "uuid",
      indexes: ["stack_id"],
    });
  }

  /**
   * One more event of a stack. @param most how many it may have before the oldest go
   * @param batch how many of them go
   */
  addEvent(event: schema.EventRow, most: number, batch: number): void {
    const { stack_id } = event;
    if (this.events.count({ stack_id }) >= most) {
      for (const { uuid } of this.events.find({ stack_id }).slice(0, batch)) {
        this.events.remove(uuid);
      }
    }
    const resource_status_reason = reasonColumn(event.resource_status_reason);
    this.events.insert({ ...event, resource_status_reason });
  }
}
