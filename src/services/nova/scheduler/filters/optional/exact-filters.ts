/**
 * Hosts with exactly what is asked for, as for bare metal; not default filters. Upstream:
 * nova/scheduler/filters/exact_{ram,disk,core}_filter.py.
 */
import type { HostFilter } from "../filter.js";

export const exactRamFilter: HostFilter = {
  name: "ExactRamFilter",
  oncePerRequest: false,
  forRequest: ({ instanceType: { memory_mb } }) => ({
    passes: (host) => host.free_ram_mb === memory_mb,
    compared: (host) => equality(memory_mb, host.free_ram_mb),
    debug: (host, passed) =>
      passed
        ? []
        : [
            `${host.repr()} does not have exactly ${memory_mb} MB usable RAM, it has ${host.free_ram_mb}.`,
          ],
  }),
};

export const exactDiskFilter: HostFilter = {
  name: "ExactDiskFilter",
  oncePerRequest: false,
  forRequest({ instanceType: { root_gb, ephemeral_gb, swap } }) {
    const requested = 1024 * (root_gb + ephemeral_gb) + swap;
    return {
      passes: (host) => host.free_disk_mb === requested,
      compared: (host) => equality(requested, host.free_disk_mb),
      debug: (host, passed) =>
        passed
          ? []
          : [
              `${host.repr()} does not have exactly ${requested} MB usable disk, it has ${host.free_disk_mb}.`,
            ],
    };
  },
};

export const exactCoreFilter: HostFilter = {
  name: "ExactCoreFilter",
  oncePerRequest: false,
  forRequest: ({ instanceType: { vcpus } }) => ({
    // Unlike CoreFilter, it refuses a host that does not count its CPUs.
    passes: (host) => host.vcpus_total !== 0 && host.vcpus_total - host.vcpus_used === vcpus,
    compared: (host) =>
      host.vcpus_total === 0 ? "not counted" : equality(vcpus, host.vcpus_total - host.vcpus_used),
    debug: (host, passed) =>
      passed || host.vcpus_total === 0
        ? []
        : [
            `${host.repr()} does not have exactly ${vcpus} cores of usable vcpu, it has ${host.vcpus_total - host.vcpus_used}.`,
          ],
    remarks: ({ vcpus_total }) =>
      vcpus_total === 0 ? [["warning", "VCPUs not set; assuming CPU collection broken"]] : [],
  }),
};

const equality = (asked: number, has: number): string =>
  `${asked} ${asked === has ? "=" : "≠"} ${has}`;
