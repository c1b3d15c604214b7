/**
 * What is counted of a guest, part by part and in the same words for every driver: the form of API v3. Upstream:
 * nova/virt/diagnostics.py (Diagnostics 1.0) at 2014.2.
 */
import type { JsonObject } from "../../../python/index.js";

export interface NicDiagnostics {
  readonly mac_address: string;
  readonly rx_octets: number;
  readonly rx_packets: number;
  readonly tx_octets: number;
  readonly tx_packets: number;
}

export interface DiskDiagnostics {
  /** libvirt's does not say which disk it is. */
  readonly id?: string;
  readonly read_bytes: number;
  readonly read_requests: number;
  readonly write_bytes: number;
  readonly write_requests: number;
}

interface GuestDiagnostics {
  readonly state: string;
  readonly driver: string;
  readonly hypervisor_os: string;
  /** Seconds since it was started. */
  readonly uptime: number;
  readonly config_drive: boolean;
  /** Nanoseconds, by processor. */
  readonly cpus: readonly number[];
  readonly nics: readonly NicDiagnostics[];
  readonly disks: readonly DiskDiagnostics[];
  /** MB. */
  readonly memory: { readonly maximum: number; readonly used: number };
}

/** `serialize`. */
export const serialized = (guest: GuestDiagnostics): JsonObject => ({
  state: guest.state,
  driver: guest.driver,
  hypervisor_os: guest.hypervisor_os,
  uptime: guest.uptime,
  config_drive: guest.config_drive,
  cpu_details: guest.cpus.map((time) => ({ time })),
  nic_details: guest.nics.map((nic) => ({ ...NO_TROUBLE, ...nic })),
  disk_details: guest.disks.map((disk) => ({ id: "", ...disk, errors_count: 0 })),
  memory_details: { ...guest.memory },
  version: "1.0",
});

const NO_TROUBLE = { rx_errors: 0, rx_drop: 0, tx_errors: 0, tx_drop: 0 };
