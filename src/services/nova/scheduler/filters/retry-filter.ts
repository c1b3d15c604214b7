/** Not where it has failed before. Upstream: nova/scheduler/filters/retry_filter.py. */
import type { HostFilter } from "./filter.js";

export const retryFilter: HostFilter = {
  name: "RetryFilter",
  oncePerRequest: false,
  forRequest({ filterProperties }) {
    const tried = filterProperties.retry?.hosts ?? [];
    if (tried.length === 0) return undefined;
    // Another node of the same host has not been tried.
    return ({ host, nodename }) =>
      !tried.some(([triedHost, triedNode]) => triedHost === host && triedNode === nodename);
  },
};
