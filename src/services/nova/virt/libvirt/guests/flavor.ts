/**
 * A guest's flavor as libvirt's driver has it: read of the database through a conductor, deleted or not, each time that it
 * describes a guest or a card of one, though the server carries a copy. Upstream: `Flavor.get_by_id` in _get_guest_config,
 * attach_interface and detach_interface of nova/virt/libvirt/driver.py at 2014.2.
 */
import { adminContext } from "../../../../../framework/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { getFlavorById, type Flavor } from "../../../objects/flavor.js";
import type { Instance } from "../../../objects/instance.js";
import type { DriverParts } from "../../driver-parts.js";

/** @throws FlavorNotFound */
export const guestFlavor = (
  { env, store }: DriverParts,
  { instance_type_id }: Instance,
): Op<Flavor> =>
  getFlavorById(store, adminContext(env).with({ read_deleted: "yes" }), instance_type_id);
