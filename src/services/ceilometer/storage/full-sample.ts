/**
 * A sample with its meter and its resource: what the database is asked for, and what it gives back. Upstream:
 * ceilometer/storage/sqlalchemy/models.py (FullSample), ceilometer/storage/models.py (Sample) at 2014.2.
 */
import { InvariantError } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import type { CeilometerDatabase, SampleRow } from "./database.js";

export interface FullSample {
  readonly id: number;
  readonly meter_id: number;
  readonly source: string;
  readonly counter_name: string;
  readonly counter_type: string;
  readonly counter_unit: string;
  readonly counter_volume: number | null;
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly resource_id: string;
  readonly timestamp: string;
  readonly recorded_at: string;
  readonly resource_metadata: Json;
  readonly message_id: string;
  readonly message_signature: string;
}

export function fullSample(
  { meters, resources }: CeilometerDatabase,
  row: SampleRow & { readonly id: number },
): FullSample {
  const [meter, resource] = [meters.get(row.meter_id), resources.get(row.resource_id)];
  if (meter === undefined || resource === undefined) {
    throw new InvariantError(`sample ${row.message_id} has lost its meter or its resource`);
  }
  return {
    id: row.id,
    meter_id: meter.id,
    source: resource.source_id,
    counter_name: meter.name,
    counter_type: meter.type,
    counter_unit: meter.unit,
    counter_volume: row.volume,
    user_id: resource.user_id,
    project_id: resource.project_id,
    resource_id: resource.resource_id,
    timestamp: row.timestamp,
    recorded_at: row.recorded_at,
    resource_metadata: resource.resource_metadata,
    message_id: row.message_id,
    message_signature: row.message_signature,
  };
}
