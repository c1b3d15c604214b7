/**
 * Near a host by its address: hints `build_near_host_ip` and `cidr`. Upstream:
 * nova/scheduler/filters/affinity_filter.py (SimpleCIDRAffinityFilter).
 */
import {
  addressToNumber,
  cidrContains,
  parseCidr,
  PythonTypeError,
  truth,
  ValueError,
} from "../../../../../python/index.js";
import type { HostFilter } from "../filter.js";

export const simpleCidrAffinityFilter: HostFilter = {
  name: "SimpleCIDRAffinityFilter",
  oncePerRequest: true,
  forRequest({ filterProperties: { scheduler_hints: hints = {} } }) {
    const { build_near_host_ip: near, cidr = "/24" } = hints;
    if (!truth(near)) return undefined;
    if (typeof near !== "string" || typeof cidr !== "string") {
      throw new PythonTypeError("sequence item 0: expected string");
    }
    const text = near + cidr;
    const network = parseCidr(text);
    // netaddr's AddrFormatError is a ValueError in all but its name.
    if (network === undefined) throw new ValueError(`invalid IPNetwork ${text}`);
    const inside = (ip: string): boolean => {
      const address = addressToNumber(ip);
      return address !== undefined && cidrContains(network, address);
    };
    return {
      passes: ({ host_ip }) => inside(host_ip),
      compared: ({ host_ip }) => `${host_ip} ${inside(host_ip) ? "in" : "not in"} ${text}`,
    };
  },
};
