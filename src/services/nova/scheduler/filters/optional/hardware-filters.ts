/**
 * Filters about hardware that hosts here do not have: no NUMA topology, no PCI devices to pass
 * through, no attestation server. Who asks for none passes, and who asks is refused. Upstream:
 * nova/scheduler/filters/{numa_topology,pci_passthrough,trusted}_filter.py.
 */
import type { HostFilter } from "../filter.js";

export const numaTopologyFilter: HostFilter = {
  name: "NUMATopologyFilter",
  oncePerRequest: false,
  forRequest({ requestSpec }) {
    const topology = requestSpec.instance_properties["numa_topology"];
    if (topology === undefined || topology === null) return undefined;
    return { passes: () => false, compared: () => "no topology" };
  },
};

/** No request for a device is ever made of a flavor: `pci_passthrough:alias` is not modelled. */
export const pciPassthroughFilter: HostFilter = {
  name: "PciPassthroughFilter",
  oncePerRequest: false,
  forRequest: () => undefined,
};

/** What is known of a host whose attestation server cannot be asked. */
const LEVEL = "unknown";

export const trustedFilter: HostFilter = {
  name: "TrustedFilter",
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const trust = instanceType.extra_specs?.["trust:trusted_host"];
    if (trust === undefined || trust === "") return undefined;
    return { passes: () => trust === LEVEL, compared: () => LEVEL };
  },
};
