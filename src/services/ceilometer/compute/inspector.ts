/**
 * Looks at guests from outside: processor time, disks, network cards, as libvirt counts them. Loads, memory and
 * rates libvirt's inspector does not know in Juno. Upstream: ceilometer/compute/virt/libvirt/inspector.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { GuestInterface, Hypervisor, Guest } from "../../../hardware/hypervisor.js";
import type { GuestCounters } from "../../../hardware/guest-activity.js";
import { SHUTDOWN } from "../../../hardware/power-states.js";
import { Exception } from "../../../python/index.js";

export class InstanceNotFoundException extends Exception {
  static override readonly module: string = "ceilometer.compute.virt.inspector";
  override readonly name: string = "InstanceNotFoundException";
}

export interface DiskStats {
  readonly device: string;
  readonly read_requests: number;
  readonly read_bytes: number;
  readonly write_requests: number;
  readonly write_bytes: number;
}

export interface VnicStats {
  readonly vnic: GuestInterface;
  readonly stats: GuestCounters["net"];
}

/** The disk that the guest was started from. */
const ROOT = "vda";

export class LibvirtInspector {
  readonly #env: Env;
  readonly #hypervisor: Hypervisor;

  constructor(env: Env, hypervisor: Hypervisor) {
    this.#env = env;
    this.#hypervisor = hypervisor;
  }

  /** @throws InstanceNotFoundException */
  cpus(instance: string): { readonly number: number; readonly time: number } {
    const { uuid, vcpus } = this.#domain(instance);
    return { number: vcpus, time: this.#counters(uuid)?.cpu_ns ?? 0 };
  }

  /** None of a domain that is shut off. @throws InstanceNotFoundException */
  disks(instance: string): DiskStats[] {
    const { uuid, powerState } = this.#domain(instance);
    if (powerState === SHUTDOWN) return this.#off("disks", instance);
    const volumes = this.#hypervisor.disks.of(uuid).map((device) => {
      const stats = this.#hypervisor.disks.stats(uuid, device);
      return disk(device, stats);
    });
    const counted = this.#counters(uuid)?.disk;
    if (counted === undefined || volumes.some(({ device }) => device === ROOT)) return volumes;
    return [disk(ROOT, counted), ...volumes];
  }

  /** None of a domain that is shut off. @throws InstanceNotFoundException */
  vnics(instance: string): VnicStats[] {
    const { uuid, powerState, interfaces = [] } = this.#domain(instance);
    if (powerState === SHUTDOWN) return this.#off("vnics", instance);
    const stats = this.#counters(uuid)?.net;
    return stats === undefined ? [] : interfaces.map((vnic) => ({ vnic, stats }));
  }

  #counters(uuid: string): GuestCounters | undefined {
    return this.#hypervisor.counters(uuid);
  }

  #off(what: string, instance: string): never[] {
    const why = "domain is in state of SHUTOFF";
    this.#env.log("warning", `Failed to inspect ${what} of ${instance}, ${why}`);
    return [];
  }

  #domain(instance: string): Guest {
    const domain = this.#hypervisor.guests.find(({ name }) => name === instance);
    if (domain !== undefined) return domain;
    const why = `Domain not found: no domain with matching name '${instance}'`;
    throw new InstanceNotFoundException(
      `Error from libvirt while looking up ${instance}: [Error Code 42] ${why}`,
    );
  }
}

const disk = (
  device: string,
  { rd_req, rd_bytes, wr_req, wr_bytes }: GuestCounters["disk"],
): DiskStats => ({
  device,
  read_requests: rd_req,
  read_bytes: rd_bytes,
  write_requests: wr_req,
  write_bytes: wr_bytes,
});
