/**
 * What the cards of guests have carried, asked of the driver now and then. libvirt's counts nothing of the kind,
 * says so once, and is asked no more; the fake one counts nothing. Upstream: nova/compute/manager.py
 * (_poll_bandwidth_usage) at 2014.2; nova §8.2. What it does with counts is left out: there are none.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, seconds, type Micros, type Op } from "../../../../kernel/index.js";
import { NotImplementedException } from "../../../../python/index.js";
import { getInstancesByHost } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";

export class BandwidthPoll {
  readonly #compute: ComputeHost;
  #supported = true;
  /** `_last_bw_usage_poll`. */
  #last: Micros | undefined;

  constructor(compute: ComputeHost) {
    this.#compute = compute;
  }

  *poll(ctxt: RequestContext): Op<void> {
    const { env, flags, host, store, driver } = this.#compute;
    const { bandwidth_poll_interval: interval } = flags;
    if (interval <= 0 || !this.#supported) return;
    const { now } = env.kernel;
    if (this.#last !== undefined && now - this.#last <= seconds(interval)) return;
    this.#last = now;
    this.#compute.log("info", "Updating bandwidth usage cache");
    yield* getInstancesByHost(store, ctxt, host, { use_slave: true });
    try {
      driver.countBandwidth();
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (!(error instanceof NotImplementedException)) throw error;
      this.#compute.log("warning", "Bandwidth usage not supported by hypervisor.");
      this.#supported = false;
    }
  }
}
