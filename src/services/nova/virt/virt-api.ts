/**
 * What a driver may ask of nova-compute. Upstream: nova/virt/virtapi.py (VirtAPI), whose one
 * implementation is in nova/compute/manager.py (ComputeVirtAPI).
 */
import type { Micros, Op } from "../../../kernel/index.js";
import type { Instance } from "../objects/instance.js";

export interface VirtApi {
  /**
   * Do `op`, then wait for events that other services tell of, such as `network-vif-plugged-<port>`.
   * `failed` decides about an event with another status than `completed`: it throws, or lets it pass.
   * @throws TimedOut if `deadline` passes before the last one
   */
  waitForInstanceEvents<T>(
    instance: Instance,
    events: readonly string[],
    options: { readonly deadline: Micros; readonly failed: (event: string) => void },
    op: Op<T>,
  ): Op<T>;
}
