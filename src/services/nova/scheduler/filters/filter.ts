/**
 * What a filter is: given a request, a test for hosts. Preparing once a request what upstream works
 * out once a host is what lets one request pass over a thousand hosts in microseconds. What a test
 * says of a host is asked for only where somebody keeps it. Upstream:
 * nova/scheduler/filters/__init__.py (BaseHostFilter), nova/filters.py.
 */
import type { FlagsOf } from "../../../../framework/index.js";
import type { NovaDatabase } from "../../db/database.js";
import type { schedulerFlags } from "../flags.js";
import type { HostState } from "../host-state.js";
import type { SchedulingRequest } from "../request.js";

/** A line of a log. */
export type Remark = readonly [level: "info" | "warning", message: string];

export interface HostTest {
  /** Asked once of each host, since it may note a limit there. */
  passes(host: HostState): boolean;
  /** What was compared, in a few characters: `2048 > 1024`. */
  compared(host: HostState): string;
  /** What upstream logs of the host at debug, line by line. */
  debug?(host: HostState, passed: boolean): readonly string[];
  /** What it says of the host above debug, at whatever level the service logs. */
  readonly remarks?: ((host: HostState, passed: boolean) => readonly Remark[]) | undefined;
}

export interface HostFilter {
  readonly name: string;
  /** Its answer cannot change between the instances of one request, so it is asked for the first. */
  readonly oncePerRequest: boolean;
  /** Warned of whenever upstream makes the filter anew, which is for each instance. */
  readonly remark?: string | undefined;
  /** Which hosts pass; undefined: all of them, and nothing is said of any. */
  forRequest(request: SchedulingRequest): HostTest | undefined;
}

/** What filters are made with. */
export interface FilterEnv {
  readonly db: NovaDatabase;
  readonly flags: FlagsOf<typeof schedulerFlags>;
  /** Seconds after which a service that was not heard of is down. */
  readonly serviceDownTime: number;
}
