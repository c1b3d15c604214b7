/**
 * Network adapters that come and go while a guest is there. Upstream: nova/virt/libvirt/driver.py
 * (attach_interface, detach_interface) at 2014.2.
 */
import type { Guest, Hypervisor } from "../../../../hardware/hypervisor.js";
import { InstanceNotFound } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { DriverParts } from "../driver-parts.js";
import type { Vif } from "../network-info.js";

type Plugging = Pick<DriverParts, "bridge"> & { readonly hypervisor: Hypervisor };

/** `_lookup_by_name`. @throws InstanceNotFound */
function guestOf({ hypervisor }: Plugging, { uuid, name }: Instance): Guest {
  const guest = hypervisor.guest(uuid);
  if (guest !== undefined) return guest;
  throw new InstanceNotFound({ instance_id: name });
}

/** @throws InstanceNotFound */
export function attachInterface(parts: Plugging, instance: Instance, vif: Vif): void {
  const guest = guestOf(parts, instance);
  parts.bridge.plug(vif.id);
  const adapter = { name: vif.devname, mac: vif.address };
  parts.hypervisor.define({ ...guest, interfaces: [...(guest.interfaces ?? []), adapter] });
}

/** @throws InstanceNotFound */
export function detachInterface(parts: Plugging, instance: Instance, vif: Vif): void {
  const guest = guestOf(parts, instance);
  parts.bridge.unplug(vif.id);
  const left = (guest.interfaces ?? []).filter(({ mac }) => mac !== vif.address);
  parts.hypervisor.define({ ...guest, interfaces: left });
}
