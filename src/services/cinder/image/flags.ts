/**
 * How Cinder finds Glance; Nova has options of these names as well, in a section of their own. Upstream:
 * cinder/common/config.py (core and global_opts) at 2014.2.
 */
import { integer, list, option, optionalList, string } from "../../../framework/index.js";

export const imageFlags = {
  cinder_glance_host: option("glance_host", string("controller", "Host of Glance")),
  cinder_glance_port: option("glance_port", integer(9292, "Port of Glance")),
  cinder_glance_api_servers: option(
    "glance_api_servers",
    optionalList(
      "Glance servers that Cinder may ask, tried in shuffled order: host:port or URLs; unset: the one at host and port",
    ),
  ),
  cinder_glance_num_retries: option(
    "glance_num_retries",
    integer(0, "How often a request to Glance is tried again after it failed", { min: 0 }),
  ),
  glance_core_properties: list(
    [
      "checksum",
      "container_format",
      "disk_format",
      "image_name",
      "image_id",
      "min_disk",
      "min_ram",
      "name",
      "size",
    ],
    "Properties of an image that a volume uploaded to one does not pass on",
  ),
} as const;
