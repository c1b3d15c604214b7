/** Options of hypervisor drivers. Upstream: nova/virt/driver.py, nova/virt/libvirt/driver.py at 2014.2. */
import { boolean, string, wholeSeconds } from "../../../framework/index.js";

export const virtFlags = {
  compute_driver: string("libvirt.LibvirtDriver", "Driver to use for controlling virtualization", [
    "libvirt.LibvirtDriver",
    "fake.FakeDriver",
  ]),
  vif_plugging_is_fatal: boolean(true, "Fail instance boot if vif plugging fails"),
  vif_plugging_timeout: wholeSeconds(
    300,
    "Number of seconds to wait for neutron vif plugging events to arrive before continuing or " +
      "failing (see vif_plugging_is_fatal). If this is set to zero and vif_plugging_is_fatal is " +
      "False, events should not be expected to arrive at all.",
    { min: 0 },
  ),
} as const;
