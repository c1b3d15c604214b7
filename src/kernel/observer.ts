/**
 * The seam through which a run is watched. Kernel, bus, HTTP and framework publish observations;
 * the timeline is one observer. Nothing in a run depends on whether anybody watches.
 */
import type { Micros } from "./time.js";

/** How closely a run is recorded. `full` adds heartbeats, audits, token validations, reads. */
export type Detail = "flow" | "full";

/** The entry that led to another one; `NO_CAUSE` where nothing did or nobody watches. */
export type Cause = number;
/**
 * The cause of what nothing led to.
 *
 * @example
 * ```ts
 * import { NO_CAUSE, type Observer } from "novasim";
 *
 * const quiet: Observer = { observe: () => NO_CAUSE };
 * console.log(quiet.observe(0, { kind: "note" }, "flow", NO_CAUSE)); // -1
 * ```
 */
export const NO_CAUSE: Cause = -1;

/** On whose account something happens outside of any greenthread: a timer, a message told. */
export interface Behalf {
  readonly cause: Cause;
  readonly detail: Detail;
  readonly daemon: boolean;
  /** The request that it is done for, if it is known. */
  readonly request?: string | undefined;
}

/** Something that happened. Each layer adds its own kinds with their fields. */
export interface Observation {
  readonly kind: string;
  readonly actor?: string | undefined;
  readonly request?: string | undefined;
}

/** Who is told of everything that happens, and can change none of it. */
export interface Observer {
  /** The closest detail of which it keeps entries; `full` unless it says otherwise. */
  readonly detail?: Detail;
  /** The closest detail that it looks at, if it looks at more than it keeps. */
  readonly looksAt?: Detail;
  /**
   * Take note of `what`. Returns the cause for whatever follows from it: the new entry, or `cause`
   * itself when this observer does not keep entries of that detail. `what` may be changed by its
   * owner afterwards, so an observer that keeps it must copy it.
   */
  observe(at: Micros, what: Observation, detail: Detail, cause: Cause): Cause;
}
