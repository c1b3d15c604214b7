/** How Nova finds Glance. Upstream: nova/image/glance.py (glance_opts) at 2014.2. */
import { integer, list, option } from "../../../framework/index.js";

export const glanceFlags = {
  glance_api_servers: option(
    "glance.api_servers",
    list(["http://controller:9292"], "Glance servers that Nova may ask, tried in shuffled order"),
  ),
  glance_num_retries: option(
    "glance.num_retries",
    integer(0, "How often a request to Glance is tried again after it failed", { min: 0 }),
  ),
} as const;
