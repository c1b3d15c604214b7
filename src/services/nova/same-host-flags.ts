/** Whether a server may be moved to the host that it is on. Upstream: nova/compute/api.py at 2014.2; nova-compute reads it too. */
import { boolean } from "../../framework/index.js";

export const sameHostFlags = {
  allow_resize_to_same_host: boolean(
    false,
    "Allow destination machine to match source for resize. Useful when testing in single-host environments.",
  ),
  allow_migrate_to_same_host: boolean(
    false,
    "Allow migrate machine to the same host. Useful when testing in single-host environments.",
  ),
} as const;
