/**
 * The moments at which a polling loop looks: one interval after it last began, or at once if it took
 * longer than that. It knows them without ticking. Upstream:
 * neutron/plugins/openvswitch/agent/ovs_neutron_agent.py (rpc_loop).
 */
import {
  between,
  microseconds,
  type Duration,
  type Kernel,
  type Micros,
  type Stream,
} from "../../../kernel/index.js";

export class Beat {
  readonly #kernel: Kernel;
  readonly #interval: Duration;
  /** A moment at which the loop looks; every interval from then on is one as well. */
  #at: Micros = 0;

  constructor(kernel: Kernel, interval: Duration) {
    this.#kernel = kernel;
    this.#interval = interval;
  }

  /** The loop begins, some part of an interval from now. */
  start(stream: Stream): void {
    this.#at = this.#kernel.now + stream.int(0, this.#interval);
  }

  /** A look that began at `began` has ended. */
  passed(began: Micros): void {
    this.#at = Math.max(began + this.#interval, this.#kernel.now);
  }

  /** How long until the next. */
  wait(): Duration {
    const late = this.#kernel.now - this.#at;
    if (late <= 0) return between(this.#kernel.now, this.#at);
    const over = late % this.#interval;
    return microseconds(over === 0 ? 0 : this.#interval - over);
  }
}
