/** Some images on some hosts, and nowhere else. Upstream: nova/scheduler/filters/isolated_hosts_filter.py. */
import type { FilterEnv, HostFilter } from "../filter.js";

export const isolatedHostsFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "IsolatedHostsFilter",
  oncePerRequest: true,
  forRequest({ requestSpec }) {
    const { isolated_hosts, isolated_images } = flags;
    const strict = flags.restrict_isolated_hosts_to_isolated_images;
    const image = requestSpec.instance_properties["image_ref"];
    const isIsolated = typeof image === "string" && isolated_images.includes(image);
    const passes = (host: string): boolean => {
      const isolated = isolated_hosts.includes(host);
      // Without images there is nothing to keep together, only hosts to keep free.
      if (isolated_images.length === 0) return !strict || !isolated;
      return strict ? isIsolated === isolated : !isIsolated || isolated;
    };
    return {
      passes: ({ host }) => passes(host),
      compared: ({ host }) => (isolated_hosts.includes(host) ? "isolated" : "not isolated"),
    };
  },
});
