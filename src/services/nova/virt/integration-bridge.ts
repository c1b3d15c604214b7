/**
 * The switch of a host (`br-int`), as far as a hypervisor driver touches it: it plugs taps in and
 * takes them out. The L2 agent looks at the same switch from its side. Upstream: nova/virt/libvirt/vif.py.
 */
export interface IntegrationBridge {
  plug(portId: string): void;
  unplug(portId: string): void;
}
