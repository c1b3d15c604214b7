/** One flavor a host. Upstream: nova/scheduler/filters/type_filter.py (TypeAffinityFilter). */
import type { FilterEnv, HostFilter } from "../filter.js";

export const typeAffinityFilter = ({ db }: FilterEnv): HostFilter => ({
  name: "TypeAffinityFilter",
  oncePerRequest: false,
  forRequest: ({ instanceType: { id } }) => {
    const others = (host: string): number =>
      db.instances.find({ host }).filter((one) => one.instance_type_id !== id).length;
    return {
      passes: ({ host }) => others(host) === 0,
      compared: ({ host }) => `${others(host)} of others`,
    };
  },
});
