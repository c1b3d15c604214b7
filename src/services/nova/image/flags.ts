/** How Nova finds Glance. Upstream: nova/image/glance.py (glance_opts) at 2014.2. */
import { integer, option, optionalList, string } from "../../../framework/index.js";

export const glanceFlags = {
  glance_host: option("glance.host", string("controller", "Host of Glance")),
  glance_port: option("glance.port", integer(9292, "Port of Glance")),
  glance_api_servers: option(
    "glance.api_servers",
    optionalList(
      "Glance servers that Nova may ask, tried in shuffled order: host:port or URLs; unset: the one at host and port",
    ),
  ),
  glance_num_retries: option(
    "glance.num_retries",
    integer(0, "How often a request to Glance is tried again after it failed", { min: 0 }),
  ),
} as const;
