/**
 * Filters about hardware that hosts here do not have: no NUMA topology, no PCI devices to pass
 * through, no attestation server. Who asks for none passes, and who asks does not. Upstream:
 * nova/scheduler/filters/{numa_topology,pci_passthrough,trusted}_filter.py.
 */
import { PythonTypeError } from "../../../../../python/index.js";
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

/**
 * Whoever asks for trust ends the request: the port of the attestation server is a text, which `%d` in its
 * address does not take (trusted_filter.py, _do_request).
 */
export const trustedFilter: HostFilter = {
  name: "TrustedFilter",
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const trust = instanceType.extra_specs?.["trust:trusted_host"];
    if (trust === undefined || trust === "") return undefined;
    return {
      passes() {
        throw new PythonTypeError("%d format: a number is required, not str");
      },
      compared: () => "not attested",
    };
  },
};
