/**
 * What keeps hosts apart: nothing gets from one to the other, and nobody is told. There is none
 * unless a fault has cut a host off (`src/faults`). Upstream: a switch that lost a port.
 */
import type { Cause, Detail } from "../kernel/index.js";

export interface Partition {
  /** Whether nothing gets from `one` host to `other` now; it takes note of what it stops. */
  separates(
    one: string,
    other: string,
    what: { readonly cause: Cause; readonly detail: Detail },
  ): boolean;
  /** Do `go` when a host that was cut off is next back. */
  afterRepair(go: () => void): void;
}
