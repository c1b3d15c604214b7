/**
 * What goes wrong between processes that speak REST: hosts that are cut off. Requests time out, and
 * answers that were under way arrive when the host is back, as TCP sends again what was lost.
 */
import type { Network, Partition } from "../http/index.js";
import type { Fault, Victim } from "./fault.js";

export class RestInjector implements Partition {
  readonly #cuts = new Map<Fault, string>();
  #afterRepair: (() => void)[] = [];

  /** Nothing gets to or from `host` until `fault` is lifted: a handshake needs both ways. */
  cutOff(fault: Fault, host: string): void {
    this.#cuts.set(fault, host);
    fault.onLift(() => {
      this.#cuts.delete(fault);
      const waiting = this.#afterRepair;
      this.#afterRepair = [];
      for (const go of waiting) go();
    });
  }

  separates(one: string, other: string, what: Victim): boolean {
    if (one === other) return false;
    for (const [fault, host] of this.#cuts) {
      if (host !== one && host !== other) continue;
      fault.strike(what);
      return true;
    }
    return false;
  }

  afterRepair(go: () => void): void {
    this.#afterRepair.push(go);
  }
}

/** Let faults come between the hosts of `network`. */
export function wireRest(network: Network): RestInjector {
  const injector = new RestInjector();
  network.partition = injector;
  return injector;
}
