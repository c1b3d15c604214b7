/** Enough CPUs left, oversubscribed; not a default filter. Upstream: nova/scheduler/filters/core_filter.py. */
import type { HostState } from "../host-state.js";
import type { FilterEnv, HostFilter } from "./filter.js";
import { relation } from "./ram-filter.js";

export const coreFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "CoreFilter",
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = flags.cpu_allocation_ratio;
    const { vcpus } = instanceType;
    const free = (host: HostState): number => host.vcpus_total * ratio - host.vcpus_used;
    return {
      passes(host) {
        // A host that does not count its CPUs is taken at its word, not refused.
        if (host.vcpus_total === 0) return true;
        const limit = host.vcpus_total * ratio;
        if (limit > 0) host.limits.vcpu = limit;
        return !(free(host) < vcpus);
      },
      compared: (host) => (host.vcpus_total === 0 ? "not counted" : relation(vcpus, free(host))),
      debug: (host, passed) =>
        passed
          ? []
          : [
              `${host.repr()} does not have ${vcpus} usable vcpus, it only has ${Math.trunc(free(host))} usable vcpus`,
            ],
      warning: ({ vcpus_total }) =>
        vcpus_total === 0 ? "VCPUs not set; assuming CPU collection broken" : undefined,
    };
  },
});
