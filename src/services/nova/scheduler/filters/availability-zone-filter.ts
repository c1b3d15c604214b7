/**
 * Only in the zone that was asked for. Zones come from the metadata of host aggregates, of which
 * this deployment has none, so every host is in the default zone. Upstream:
 * nova/scheduler/filters/availability_zone_filter.py.
 */
import { str } from "../../../../python/index.js";
import type { FilterEnv, HostFilter } from "./filter.js";

export const availabilityZoneFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "AvailabilityZoneFilter",
  oncePerRequest: true,
  forRequest({ requestSpec }) {
    const zone = requestSpec.instance_properties["availability_zone"];
    if (zone === undefined || zone === null || zone === "") return undefined;
    const own = flags.default_availability_zone;
    return {
      passes: () => zone === own,
      compared: () => (zone === own ? own : `not ${str(zone)}`),
      debug: (host, passed) =>
        passed
          ? []
          : [`Availability Zone '${str(zone)}' requested. ${host.repr()} has AZs: ${own}`],
    };
  },
});
