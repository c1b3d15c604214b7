/**
 * What travels with the request for a volume, from cinder-api over the scheduler to the volume host and
 * perhaps back: what is asked for, and where it has been tried. Upstream:
 * cinder/volume/flows/api/create_volume.py (VolumeCastTask), cinder/scheduler/filter_scheduler.py.
 */
import type { Json, JsonObject } from "../../python/index.js";
import type { Volume } from "./db/volumes.js";

export interface VolumeProperties extends JsonObject {
  readonly size: number;
  readonly availability_zone: string | null;
  readonly user_id: string | null;
  readonly volume_type_id: string | null;
}

/** A type as it travels; empty where there is none, null for a clone without one. */
export type RequestedType = JsonObject | null;

/** What a scheduler looks at. */
export interface SchedulingSpec {
  readonly volume_id: string;
  readonly volume_properties: VolumeProperties;
  readonly volume_type: RequestedType;
  /** A copy of the properties, which the scheduler's filters of oslo's read. */
  readonly resource_properties?: VolumeProperties;
}

/** For a volume that is there: its row. */
export interface MoveSpec extends SchedulingSpec {
  /** Of a new type alone. */
  readonly migration_policy?: Json;
  readonly quota_reservations?: readonly string[];
}

/** The row of a volume under upstream's names, without what belongs to it in other tables. */
export const propertiesOf = ({ uuid: id, id: _number, ...row }: Volume): VolumeProperties => ({
  ...row,
  id,
  deleted: false,
});

export interface RequestSpec extends SchedulingSpec {
  readonly image_id: string | null;
  readonly snapshot_id: string | null;
  readonly source_volid: string | null;
  readonly source_replicaid: string | null;
  readonly consistencygroup_id: string | null;
}

/** Where it has been tried; a failure alone where a scheduler takes no count of attempts. */
export interface Retry {
  readonly num_attempts?: number;
  /** `host#pool`. */
  readonly hosts?: readonly string[];
  /** The last failure, formatted. */
  readonly exc?: readonly string[];
}

export interface FilterProperties {
  /** Whatever the user put there. */
  readonly scheduler_hints?: JsonObject;
  readonly retry?: Retry;
  readonly request_spec?: SchedulingSpec;
  /** The pool that the volume is in already, which has room for it. */
  readonly vol_exists_on?: string | null;
  readonly config_options?: JsonObject;
  readonly volume_type?: RequestedType;
  readonly resource_type?: RequestedType;
  readonly size?: number;
  readonly availability_zone?: string | null;
  readonly user_id?: string | null;
  readonly metadata?: Json;
  readonly qos_specs?: Json;
}
