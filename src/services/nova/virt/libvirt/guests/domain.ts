/**
 * How libvirt's driver finds a guest: by its name, and without one there is nothing to be done. Not what it is made of.
 * Upstream: nova/virt/libvirt/driver.py (_lookup_by_name) at 2014.2.
 */
import type { Guest, Hypervisor } from "../../../../../hardware/hypervisor.js";
import { InstanceNotFound } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";

/** @throws InstanceNotFound, with the name */
export function lookupByName(hypervisor: Hypervisor, { uuid, name }: Instance): Guest {
  const guest = hypervisor.guest(uuid);
  if (guest === undefined) throw new InstanceNotFound({ instance_id: name });
  return guest;
}
