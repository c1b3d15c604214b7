/** How long deleted servers are kept, which nova-api and nova-compute both read. Upstream: nova/compute/manager.py. */
import { wholeSeconds } from "../../framework/index.js";

export const RECLAIM = wholeSeconds(
  0,
  "Interval in seconds for reclaiming deleted instances. It takes effect only when value is greater than 0.",
  { min: 0 },
);
