/**
 * How libvirt's driver puts a card into a guest that is there, and takes one out. Upstream: nova/virt/libvirt/driver.py
 * (attach_interface, detach_interface) at 2014.2.
 */
import { LibvirtError } from "../../../../../hardware/libvirt-errors.js";
import type { Op } from "../../../../../kernel/index.js";
import { InterfaceAttachFailed, InterfaceDetachFailed } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import type { DriverParts } from "../../driver-parts.js";
import type { Vif } from "../../network-info.js";
import { checkVifTypes } from "../vif.js";
import { lookupByName } from "./domain.js";
import { guestFlavor } from "./flavor.js";

export class LibvirtGuestInterfaces {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  *attach(instance: Instance, vif: Vif): Op<void> {
    const { hypervisor, bridge, env } = this.#parts;
    const { id, devname, address } = vif;
    const { uuid } = lookupByName(hypervisor, instance);
    yield* guestFlavor(this.#parts, instance);
    checkVifTypes([vif]);
    bridge.plug(id, uuid);
    try {
      yield* hypervisor.attempt("attach_interface");
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      env.log("error", "attaching network adapter failed.");
      bridge.unplug(id);
      throw new InterfaceAttachFailed({ instance_uuid: uuid });
    }
    const guest = lookupByName(hypervisor, instance);
    const { interfaces = [] } = guest;
    hypervisor.define({ ...guest, interfaces: [...interfaces, { name: devname, mac: address }] });
  }

  *detach(instance: Instance, vif: Vif): Op<void> {
    const { hypervisor, bridge, env } = this.#parts;
    const { id, devname } = vif;
    const { uuid } = lookupByName(hypervisor, instance);
    yield* guestFlavor(this.#parts, instance);
    checkVifTypes([vif]);
    bridge.unplug(id);
    try {
      yield* hypervisor.attempt("detach_interface");
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      env.log("error", "detaching network adapter failed.");
      throw new InterfaceDetachFailed({ instance_uuid: uuid });
    }
    const guest = lookupByName(hypervisor, instance);
    const { interfaces = [] } = guest;
    hypervisor.define({ ...guest, interfaces: interfaces.filter(({ name }) => name !== devname) });
  }
}
