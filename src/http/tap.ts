/**
 * The edge of the network: a tap stands between clients and servers, keeps hosts apart and may strike
 * single requests. There is none unless a fault was declared (`src/faults`). Upstream: a switch that
 * lost a port, a proxy that is out of breath.
 */
import type { Cause, Detail } from "../kernel/index.js";
import type { Arrival, Listening } from "./arrival.js";

/** Somebody on the network: a process, if it is known which, on a host. */
export interface Party {
  readonly actor: string | undefined;
  readonly host: string;
}

export interface NetworkTap {
  /** Whether nothing gets from `one` to `other` now; it takes note of what it stops. */
  separates(
    one: Party,
    other: Party,
    what: { readonly cause: Cause; readonly detail: Detail },
  ): boolean;
  /** Do `go` when somebody who was cut off is next back. */
  afterRepair(go: () => void): void;
  /** A request reaches `server`. @returns whether it is seen to */
  arriving(server: Listening, arrival: Arrival): boolean;
}
