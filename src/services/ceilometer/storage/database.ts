/**
 * Ceilometer's database: meters, resources with each state of their metadata, samples, alarms and what became
 * of them, events with their traits. Metadata is looked into where it stands, so that the tables metadata_text, _int, _float and _bool
 * are not there. Upstream: ceilometer/storage/sqlalchemy/models.py at 2014.2, over MySQL.
 */
import { Table } from "../../../framework/index.js";
import type { Kernel } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import type { TraitType } from "../event/event.js";

export interface MeterRow {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
}

export interface ResourceRow {
  readonly resource_id: string;
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly source_id: string;
  readonly resource_metadata: Json;
  /** MD5 of the metadata as JSON. */
  readonly metadata_hash: string;
}

export interface SampleRow {
  readonly meter_id: number;
  /** The `id` of a row of `resource`. */
  readonly resource_id: number;
  readonly volume: number | null;
  readonly timestamp: string;
  readonly recorded_at: string;
  readonly message_signature: string;
  readonly message_id: string;
}

export interface AlarmRow {
  readonly alarm_id: string;
  readonly enabled: boolean | null;
  readonly name: string | null;
  readonly type: string;
  readonly description: string | null;
  readonly timestamp: string;
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly state: string;
  readonly state_timestamp: string;
  readonly ok_actions: readonly string[] | null;
  readonly alarm_actions: readonly string[] | null;
  readonly insufficient_data_actions: readonly string[] | null;
  readonly repeat_actions: boolean | null;
  readonly rule: JsonObject;
  readonly time_constraints: readonly JsonObject[];
}

export interface AlarmChangeRow {
  readonly event_id: string;
  readonly alarm_id: string;
  readonly on_behalf_of: string | null;
  readonly project_id: string | null;
  readonly user_id: string | null;
  readonly type: string;
  /** JSON, as text. */
  readonly detail: string;
  readonly timestamp: string;
}

/** A type of events, or one of their traits, by its text. */
export interface EventTypeRow {
  readonly desc: string;
}

export interface EventRow {
  readonly message_id: string;
  readonly generated: string;
  readonly event_type_id: number;
}

export interface TraitTypeRow {
  readonly desc: string;
  readonly data_type: TraitType;
}

export interface TraitRow {
  readonly trait_type_id: number;
  readonly event_id: number;
  readonly t_string: string | null;
  readonly t_float: number | null;
  readonly t_int: number | null;
  readonly t_datetime: string | null;
}

const project = "ceilometer";

export class CeilometerDatabase {
  readonly kernel: Kernel;
  readonly meters: Table<MeterRow>;
  readonly resources: Table<ResourceRow>;
  readonly samples: Table<SampleRow>;
  readonly alarms: Table<AlarmRow>;
  readonly alarmChanges: Table<AlarmChangeRow>;
  readonly eventTypes: Table<EventTypeRow>;
  readonly events: Table<EventRow>;
  readonly traitTypes: Table<TraitTypeRow>;
  readonly traits: Table<TraitRow>;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.meters = new Table(kernel, { project, name: "meter", indexes: ["name"] });
    this.resources = new Table(kernel, {
      project,
      name: "resource",
      indexes: ["resource_id", "metadata_hash"],
    });
    this.samples = new Table(kernel, {
      project,
      name: "sample",
      indexes: ["meter_id", "resource_id"],
    });
    this.alarms = new Table(kernel, { project, name: "alarm", key: "alarm_id" });
    this.alarmChanges = new Table(kernel, {
      project,
      name: "alarm_history",
      key: "event_id",
      indexes: ["alarm_id"],
    });
    this.eventTypes = new Table(kernel, { project, name: "event_type", key: "desc" });
    this.events = new Table(kernel, { project, name: "event", key: "message_id" });
    this.traitTypes = new Table(kernel, { project, name: "trait_type", indexes: ["desc"] });
    this.traits = new Table(kernel, { project, name: "trait", indexes: ["event_id"] });
  }
}
