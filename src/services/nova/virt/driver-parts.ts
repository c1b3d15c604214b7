/**
 * What a hypervisor driver is made with: the host it drives, how long that takes over things, and
 * whom it can ask. Upstream: nova/virt/virtapi.py (VirtAPI), whose one implementation is in
 * nova/compute/manager.py (ComputeVirtAPI).
 */
import type { Env } from "../../../framework/index.js";
import { sleep, type Span, type Op, type Duration } from "../../../kernel/index.js";
import type { ImageApi } from "../image/api.js";
import type { VolumeApi } from "../volume/cinder.js";
import type { ObjectStore } from "../objects/base/versioned-object.js";
import type { Instance } from "../objects/instance.js";
import type { GuestFiles } from "../../../hardware/guest-files.js";
import type { Hypervisor } from "../../../hardware/hypervisor.js";
import type { IntegrationBridge } from "../../../hardware/integration-bridge.js";

/** The host, which outlives nova-compute. */
export interface HostHardware {
  readonly hypervisor: Hypervisor;
  readonly bridge: IntegrationBridge;
  /** Of all hosts, which it reaches over ssh. */
  readonly files: GuestFiles;
  readonly latency: VirtLatency;
}

export interface DriverParts extends HostHardware {
  readonly env: Env;
  readonly images: Pick<ImageApi, "get" | "download" | "update">;
  readonly volumes: Pick<VolumeApi, "get_volume_encryption_metadata" | "update_snapshot_status">;
  readonly virtApi: VirtApi;
  /** Where a driver looks its servers up for itself. */
  readonly store: ObjectStore;
}

/** How long a hypervisor takes, which no service decides. Not a model of load. */
export interface VirtLatency {
  /** Defining and starting a guest, image at hand. */
  readonly spawn: Span;
  /** Shutting a guest down cleanly. */
  readonly power_off: Span;
  readonly power_on: Span;
  /** Writing a guest's memory to disk, and reading it. */
  readonly suspend: Span;
  readonly resume: Span;
  /** Taking a snapshot, without its upload. */
  readonly snapshot: Span;
  /** Removing a guest and its disks. */
  readonly destroy: Span;
  /** Putting a volume into a guest as a disk. */
  readonly attach_volume: Span;
  readonly detach_volume: Span;
  /** Image transfer between Glance and a host, in megabytes per second. */
  readonly image_mb_per_s: number;
}

/** The hypervisor takes its time, somewhere within `span`. */
export const passes = ({ env }: Pick<DriverParts, "env">, span: Span): Op<void> =>
  sleep(env.stream("hypervisor").within(span));

/** How fast disks and images come to the host, and go. */
export const bytesPerSecond = ({ latency }: Pick<HostHardware, "latency">): number =>
  latency.image_mb_per_s * 1024 * 1024;

/** What a driver may ask of nova-compute. */
export interface VirtApi {
  /**
   * Do `op`, then wait for events that other services tell of, such as `network-vif-plugged-<port>`.
   * `failed` decides about an event with another status than `completed`: it throws, or lets it pass.
   * @throws TimedOut if `deadline` passes before the last one
   */
  waitForInstanceEvents<T>(
    instance: Instance,
    events: readonly string[],
    options: { readonly deadline: Duration; readonly failed: (event: string) => void },
    op: Op<T>,
  ): Op<T>;
}
