/** What a host with QEMU says of itself. Upstream: nova/virt/libvirt/driver.py (get_available_resource). */
import type { HostResources } from "../../driver.js";
import type { Hypervisor } from "../../../../../hardware/hypervisor.js";

const CPU_INFO =
  '{"vendor": "Intel", "model": "Westmere", "arch": "x86_64", "features": [], "topology": {"cores": 1, "threads": 1, "sockets": 1}}';
const SUPPORTED = '[["i686", "qemu", "hvm"], ["x86_64", "qemu", "hvm"]]';

export function hostCapabilities(hypervisor: Hypervisor): HostResources {
  const { host, vcpus, memory_mb, disk_gb, guests } = hypervisor;
  return {
    vcpus,
    memory_mb,
    local_gb: disk_gb,
    hypervisor_type: "QEMU",
    hypervisor_version: 2_000_000,
    hypervisor_hostname: host,
    cpu_info: CPU_INFO,
    // Disks grow as they are written; what they may still grow by counts as taken.
    disk_available_least: guests.reduce((free, guest) => free - guest.disk_gb, disk_gb),
    supported_instances: SUPPORTED,
  };
}
