/**
 * What keeps hosts apart: nothing gets from one to the other, and nobody is told. There is none
 * unless a fault has cut a host off. Upstream: a switch that lost a port.
 */
import type { Cause, Detail } from "../kernel/index.js";

export interface Barrier {
  /** Whether nothing gets from `one` host to `other` now; it is told what it stops. */
  stops(
    one: string,
    other: string,
    what: { readonly cause: Cause; readonly detail: Detail },
  ): boolean;
  /** Do `go` when it has been lifted. */
  afterLift(go: () => void): void;
}
