/** Options of cinder-api. Upstream: cinder/common/config.py, cinder/volume/api.py, cinder/service.py at 2014.2. */
import {
  authTokenFlags,
  boolean,
  integer,
  optionalString,
  wholeSeconds,
} from "../../../framework/index.js";

export const cinderAuthFlags = authTokenFlags("cinder", false);

export const cinderApiFlags = {
  osapi_volume_listen_port: integer(8776, "Port of the volume API", { min: 1, max: 65_535 }),
  osapi_volume_workers: integer(0, "Number of workers for the volume API; 0: one for each CPU"),
  osapi_max_limit: integer(1000, "The maximum number of items returned in a single response", {
    min: 1,
  }),
  osapi_max_request_body_size: integer(114_688, "Max size for body of a request"),
  enable_v1_api: boolean(true, "Deploy v1 of the Cinder API"),
  enable_v2_api: boolean(true, "Deploy v2 of the Cinder API"),
  default_availability_zone: optionalString(
    "Default availability zone for new volumes; unset: storage_availability_zone",
  ),
  default_volume_type: optionalString("Default volume type to use"),
  snapshot_same_host: boolean(
    true,
    "Create volume from snapshot at the host where snapshot resides",
  ),
  cloned_volume_same_az: boolean(
    true,
    "Ensure that the new volumes are the same AZ as snapshot or source volume",
  ),
  az_cache_duration: wholeSeconds(
    3600,
    "Cache volume availability zones in memory for the provided duration in seconds",
    { min: 0 },
  ),
} as const;
