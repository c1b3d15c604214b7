/**
 * What every compute host has one of, and what other hosts have, for the `uses` of processes. It belongs to no project: the
 * driver of nova-compute plugs guests into the switch that Neutron's agent looks at.
 */
import { everywhere, hardware, onNodes, store } from "../framework/project.js";
import { Disks } from "../hardware/disk.js";
import { GuestFiles } from "../hardware/guest-files.js";
import { Hypervisor } from "../hardware/hypervisor.js";
import { IntegrationBridge } from "../hardware/integration-bridge.js";
import { NetworkNamespaces } from "../hardware/network-namespaces.js";

export const hypervisor = hardware((host, kernel) => new Hypervisor(host.name, host, kernel));

/** `br-int`. */
export const integrationBridge = hardware(
  (host, kernel) => new IntegrationBridge(host.name, kernel),
);

/** What lies on the hosts of guests that have been moved: whoever copies reaches all of them. */
export const guestFiles = everywhere(() => new GuestFiles());

/** Those of all hosts: where an agent runs is a cloud's to say. */
export const networkNamespaces = store(() => new NetworkNamespaces());

/** The data disks of a host that a project brings along. */
export const disks = onNodes((host) => new Disks(host.name, host.disks));
