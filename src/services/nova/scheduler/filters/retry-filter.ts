/** Not where it has failed before. Upstream: nova/scheduler/filters/retry_filter.py. */
import { repr } from "../../../../python/index.js";
import type { HostState } from "../host-state.js";
import type { HostFilter } from "./filter.js";

export const retryFilter: HostFilter = {
  name: "RetryFilter",
  oncePerRequest: false,
  forRequest({ filterProperties: { retry } }) {
    if (retry === undefined) {
      return {
        passes: () => true,
        compared: () => "no retries",
        debug: () => ["Re-scheduling is disabled"],
      };
    }
    const tried = retry.hosts;
    if (tried.length === 0) return undefined;
    // Another node of the same host has not been tried.
    const fresh = ({ host, nodename }: HostState): boolean =>
      !tried.some(([triedHost, triedNode]) => triedHost === host && triedNode === nodename);
    return {
      passes: fresh,
      compared: (host) => (fresh(host) ? "not tried" : "tried"),
      debug: ({ host, nodename }, passed) =>
        passed
          ? []
          : [
              `Host ${repr([host, nodename])} fails.  Previously tried hosts: ${repr(tried.map((pair) => [...pair]))}`,
            ],
    };
  },
};
