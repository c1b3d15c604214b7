/**
 * Only in the zone that was asked for: one of those that the metadata of a host's aggregates say, or, where they say none, the
 * default one. Upstream: nova/scheduler/filters/availability_zone_filter.py at 2014.2.
 */
import { dictOrder, repr, str } from "../../../../python/index.js";
import { valuesOfHost } from "../../db/aggregates/aggregates.js";
import type { FilterEnv, HostFilter } from "./filter.js";
import type { HostState } from "../host-state.js";

export const availabilityZoneFilter = ({ flags, db }: FilterEnv): HostFilter => ({
  name: "AvailabilityZoneFilter",
  oncePerRequest: true,
  forRequest({ requestSpec }) {
    const zone = requestSpec.instance_properties["availability_zone"];
    if (zone === undefined || zone === null || zone === "") return undefined;
    const own = flags.default_availability_zone;
    const said = ({ host }: HostState) => valuesOfHost(db, host, "availability_zone");
    const zones = (host: HostState): readonly string[] => {
      const found = said(host);
      return found.length === 0 ? [own] : found;
    };
    return {
      passes: (host) => zones(host).some((one) => one === zone),
      compared: (host) =>
        zones(host).some((one) => one === zone) ? str(zone) : `not ${str(zone)}`,
      debug(host, passed) {
        if (passed) return [];
        const found = said(host);
        const shown = found.length === 0 ? own : `set(${repr(dictOrder(found))})`;
        return [`Availability Zone '${str(zone)}' requested. ${host.repr()} has AZs: ${shown}`];
      },
    };
  },
});
