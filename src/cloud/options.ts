/**
 * What a cloud is made of, in plain data: what a scenario's `cloud:` section comes to, and what a
 * test passes to `new Cloud`. Everything has a default; spans are in virtual microseconds.
 */
import type { FlagValue } from "../framework/index.js";
import type { Span } from "../kernel/index.js";
import type { FlagFiles } from "./flags/files.js";

/** A compute host, with the capacities its hypervisor reports. */
export interface ComputeOptions {
  readonly name: string;
  readonly vcpus?: number;
  readonly memory_mb?: number;
  readonly disk_gb?: number;
}

/** An image that Glance holds from the start. */
export interface ImageOptions {
  readonly name: string;
  readonly size_mb?: number;
  readonly min_disk_gb?: number;
  readonly min_ram_mb?: number;
}

/** A shared network with one subnet that Neutron holds from the start. */
export interface NetworkOptions {
  readonly name: string;
  readonly cidr?: string;
}

/** A flavor beside the default five and `m1.nano`. */
export interface FlavorOptions {
  readonly name: string;
  readonly id?: string;
  readonly ram_mb: number;
  readonly vcpus: number;
  readonly disk_gb: number;
}

/** A user, with one project and one role there. */
export interface UserOptions {
  readonly name: string;
  readonly project?: string;
  readonly admin?: boolean;
}

/** A service that a cloud can do without: see `optional-services.ts`. */
export interface OptionalService {
  /** `nova-network`. */
  readonly name: string;
  /** Default: the controller. */
  readonly host?: string;
}

/** How long things take that the services do not decide themselves. */
export interface Latency {
  /** One way of a REST request or response. */
  readonly rest: Span;
  /** From a publisher through the broker to the queue. */
  readonly rpc: Span;
  /** Defining and starting a guest, image at hand. */
  readonly spawn: Span;
  /** Shutting a guest down cleanly. */
  readonly power_off: Span;
  readonly power_on: Span;
  /** Taking a snapshot, without its upload. */
  readonly snapshot: Span;
  /** Removing a guest and its disks. */
  readonly destroy: Span;
  /** What an L2 agent needs to wire one port. */
  readonly wire_port: Span;
  /** Image transfer between Glance and a host, in megabytes per second. */
  readonly image_mb_per_s: number;
}

/**
 * Flags by name, for every service; or for one, or of one group, in a section of its own:
 * `{ shelved_offload_time: 0, "nova-compute": { ... }, glance: { num_retries: 3 } }`.
 */
export type FlagOptions = Readonly<Record<string, FlagValue | FlagSection>>;

/** The values of one service, or of one group; a service may have groups in its section. */
export interface FlagSection {
  readonly [name: string]: FlagValue | FlagSection;
}

export interface CloudOptions {
  readonly seed?: number;
  readonly epoch?: string;
  /** How many hosts, or which. Default 1. */
  readonly computes?: number | readonly ComputeOptions[];
  /** Default: cirros, 13 MB. */
  readonly images?: readonly ImageOptions[];
  /** Default: private, 192.168.1.0/24. */
  readonly networks?: readonly NetworkOptions[];
  readonly flavors?: readonly FlavorOptions[];
  /** Default: `admin` (admin of project admin) and `demo` (member of project demo). */
  readonly users?: readonly UserOptions[];
  /** Services beside those that every cloud has, by name or with their host. */
  readonly services?: readonly (string | OptionalService)[];
  readonly flags?: FlagOptions;
  /** Texts of `nova.conf`, `nova-compute.conf`, `neutron.conf` ...; what `flags` says comes first. */
  readonly flag_files?: FlagFiles;
  readonly latency?: Partial<Latency>;
}
