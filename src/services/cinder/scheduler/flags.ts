/** Options of cinder-scheduler. Upstream: cinder/scheduler/{driver,host_manager}.py, weights/*.py at 2014.2. */
import { float, integer, list } from "../../../framework/index.js";

export const schedulerFlags = {
  scheduler_max_attempts: integer(3, "Maximum number of attempts to schedule a volume", {
    min: 1,
  }),
  scheduler_default_filters: list(
    ["AvailabilityZoneFilter", "CapacityFilter", "CapabilitiesFilter"],
    "Which filter class names to use for filtering hosts",
  ),
  scheduler_default_weighers: list(
    ["CapacityWeigher"],
    "Which weigher class names to use for weighing hosts",
  ),
  capacity_weight_multiplier: float(
    1,
    "Multiplier used for weighing volume capacity; negative numbers mean to stack",
  ),
  allocated_capacity_weight_multiplier: float(
    -1,
    "Multiplier used for weighing allocated capacity; negative numbers mean to spread",
  ),
  volume_number_multiplier: float(
    -1,
    "Multiplier used for weighing the number of volumes; negative numbers mean to spread",
  ),
} as const;
