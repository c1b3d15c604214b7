/** How long a hypervisor takes, which no service decides. Not a model of load. */
import type { Span } from "../../../kernel/index.js";

export interface VirtLatency {
  /** Defining and starting a guest, image at hand. */
  readonly spawn: Span;
  /** Shutting a guest down cleanly. */
  readonly power_off: Span;
  readonly power_on: Span;
  /** Taking a snapshot, without its upload. */
  readonly snapshot: Span;
  /** Removing a guest and its disks. */
  readonly destroy: Span;
  /** Image transfer between Glance and a host, in megabytes per second. */
  readonly image_mb_per_s: number;
}
