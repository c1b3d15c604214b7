/**
 * What goes wrong between processes that speak REST: parties that are cut off from each other, and
 * single requests that are struck where they arrive. Requests to who is cut off time out, and answers
 * that were under way arrive when it is back, as TCP sends again what was lost.
 */
import type {
  Arrival,
  HttpResponse,
  Listening,
  Network,
  NetworkTap,
  Party,
} from "../http/index.js";
import type { Duration, Kernel } from "../kernel/index.js";
import type { Fault, Victim } from "./fault.js";
import { fits, type RestAim } from "./rest-aim.js";
import { Tally } from "./tally.js";

/** A request that a fault strikes. */
export interface RestBlow {
  readonly arrival: Arrival;
  /** Let it go its way, changed or not. */
  readonly pass: (arrival: Arrival) => void;
  /** Do `go` after a while. */
  readonly later: (delay: Duration, go: () => void) => void;
}

interface RequestFault {
  readonly fault: Fault;
  readonly aim: RestAim;
  readonly tally: Tally;
  readonly strike: (blow: RestBlow) => void;
}

/** Whether two parties are kept apart. */
export type Cut = (one: Party, other: Party) => boolean;

export class RestInjector implements NetworkTap {
  readonly #network: Network;
  readonly #cuts = new Map<Fault, Cut>();
  #requestFaults: RequestFault[] = [];
  #afterRepair: (() => void)[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  /** Nothing gets from one to the other until `fault` is lifted: a handshake needs both ways. */
  cutOff(fault: Fault, cut: Cut): void {
    this.#cuts.set(fault, cut);
    fault.onLift(() => {
      this.#cuts.delete(fault);
      const waiting = this.#afterRepair;
      this.#afterRepair = [];
      for (const go of waiting) go();
    });
  }

  /** Strike single requests that fit `aim`, until `fault` is lifted. */
  strikeRequests(fault: Fault, aim: RestAim, strike: (blow: RestBlow) => void): void {
    const tally = new Tally(this.#kernel, fault, aim);
    this.#requestFaults = this.#requestFaults.filter((one) => !one.tally.over);
    this.#requestFaults.push({ fault, aim, tally, strike });
  }

  separates(one: Party, other: Party, what: Victim): boolean {
    for (const [fault, cut] of this.#cuts) {
      if (!cut(one, other)) continue;
      fault.strike(what);
      return true;
    }
    return false;
  }

  afterRepair(go: () => void): void {
    this.#afterRepair.push(go);
  }

  /** A request is struck by one fault at most, the one declared first. */
  arriving(server: Listening, arrival: Arrival): boolean {
    const { method, path, from } = arrival.request;
    const subject = { method, path, from, to: server.actor };
    const found = this.#requestFaults.find(
      ({ aim, tally }) => tally.due && fits(aim, subject) && tally.count(),
    );
    if (found === undefined) return false;
    // That it struck is news, even if it struck what is routine.
    const cause = found.fault.strike({ cause: arrival.cause, detail: "flow" });
    const struck = { ...arrival, cause };
    found.strike({
      arrival: struck,
      pass: (changed) => {
        server.accept(changed);
      },
      later: (delay, go) => {
        this.#kernel.after(delay, go);
      },
    });
    return true;
  }

  get #kernel(): Kernel {
    return this.#network.kernel;
  }
}

/** `arrival`, whose answer goes through `change` first. */
export const answering = (arrival: Arrival, change: (response: HttpResponse) => void): Arrival => ({
  ...arrival,
  respond: change,
});

/** Let faults come between the parties on `network`. */
export function wireRest(network: Network): RestInjector {
  const injector = new RestInjector(network);
  network.tap = injector;
  return injector;
}
