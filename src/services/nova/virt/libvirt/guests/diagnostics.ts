/**
 * What libvirt's driver reads of a guest's counters, as a heap of names and part by part. No guest here writes to its console. Upstream:
 * nova/virt/libvirt/driver.py (get_diagnostics, get_instance_diagnostics, get_console_output) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../../python/index.js";
import type { Instance } from "../../../objects/instance.js";
import { serialized, type DiskDiagnostics, type NicDiagnostics } from "../../diagnostics.js";
import type { DriverParts } from "../../driver-parts.js";
import { needsConfigDrive } from "./config-drive.js";
import { lookupByName } from "./domain.js";

const KIB = 1024;

export class LibvirtDiagnostics {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  *consoleOutput(instance: Instance): Op<string> {
    lookupByName(this.#parts.hypervisor, instance);
    return "";
  }

  /** Each of its processors has done as much as any other. */
  *diagnostics(instance: Instance): Op<JsonObject> {
    const { hypervisor } = this.#parts;
    const { uuid, vcpus, memory_mb, interfaces = [] } = lookupByName(hypervisor, instance);
    const output: Record<string, Json> = {};
    const counters = hypervisor.counters(uuid);
    if (counters !== undefined) {
      const { cpu_ns, disk, net } = counters;
      for (let cpu = 0; cpu < vcpus; cpu++) output[`cpu${String(cpu)}_time`] = cpu_ns / vcpus;
      Object.assign(output, diskStats("vda", disk));
      for (const { name } of interfaces) Object.assign(output, interfaceStats(name, net));
    }
    for (const name of hypervisor.disks.of(uuid)) {
      Object.assign(output, diskStats(name, hypervisor.disks.stats(uuid, name)));
    }
    return { ...output, memory: memory_mb * KIB, "memory-actual": memory_mb * KIB };
  }

  /** `hypervisor_os` is linux, whatever that is. */
  *instanceDiagnostics(instance: Instance): Op<JsonObject> {
    const { hypervisor, env } = this.#parts;
    const { uuid, vcpus, memory_mb, interfaces = [] } = lookupByName(hypervisor, instance);
    // Meant to be megabytes: KiB are divided as if they were bytes.
    const gigabytes = Math.floor(memory_mb / KIB);
    const { now, calendar } = env.kernel;
    const launched = calendar.parse(instance.launched_at ?? "");
    const counters = hypervisor.counters(uuid);
    const volumes = hypervisor.disks.of(uuid).map((name) => hypervisor.disks.stats(uuid, name));
    return serialized({
      // Others are not asked about.
      state: "running",
      driver: "libvirt",
      hypervisor_os: "linux",
      uptime: (now - launched) / 1_000_000,
      config_drive: needsConfigDrive(env, instance),
      cpus:
        counters === undefined ? [] : Array.from({ length: vcpus }, () => counters.cpu_ns / vcpus),
      nics: interfaces.flatMap(({ mac }) =>
        counters === undefined ? [] : [nicOf(mac, counters.net)],
      ),
      disks: [...(counters === undefined ? [] : [counters.disk]), ...volumes].map(diskDetails),
      memory: { maximum: gigabytes, used: gigabytes },
    });
  }
}

interface DiskStats {
  readonly rd_req: number;
  readonly rd_bytes: number;
  readonly wr_req: number;
  readonly wr_bytes: number;
}

/** QEMU counts no errors. */
const diskStats = (
  name: string,
  { rd_req, rd_bytes, wr_req, wr_bytes }: DiskStats,
): JsonObject => ({
  [`${name}_read_req`]: rd_req,
  [`${name}_read`]: rd_bytes,
  [`${name}_write_req`]: wr_req,
  [`${name}_write`]: wr_bytes,
  [`${name}_errors`]: -1,
});

const diskDetails = ({ rd_req, rd_bytes, wr_req, wr_bytes }: DiskStats): DiskDiagnostics => ({
  read_bytes: rd_bytes,
  read_requests: rd_req,
  write_bytes: wr_bytes,
  write_requests: wr_req,
});

const nicOf = (mac_address: string, net: InterfaceStats): NicDiagnostics => ({
  mac_address,
  rx_octets: net.rx_bytes,
  rx_packets: net.rx_packets,
  tx_octets: net.tx_bytes,
  tx_packets: net.tx_packets,
});

interface InterfaceStats {
  readonly rx_bytes: number;
  readonly rx_packets: number;
  readonly tx_bytes: number;
  readonly tx_packets: number;
}

const interfaceStats = (name: string, net: InterfaceStats): JsonObject => ({
  [`${name}_rx`]: net.rx_bytes,
  [`${name}_rx_packets`]: net.rx_packets,
  [`${name}_rx_errors`]: 0,
  [`${name}_rx_drop`]: 0,
  [`${name}_tx`]: net.tx_bytes,
  [`${name}_tx_packets`]: net.tx_packets,
  [`${name}_tx_errors`]: 0,
  [`${name}_tx_drop`]: 0,
});
