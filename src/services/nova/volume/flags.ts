/** How Nova finds Cinder. Upstream: nova/volume/cinder.py (cinder_opts, group `cinder`) at 2014.2. */
import {
  boolean,
  integer,
  option,
  optionalString,
  string,
  wholeSeconds,
} from "../../../framework/index.js";

export const cinderFlags = {
  cinder_catalog_info: option(
    "cinder.catalog_info",
    string(
      "volume:cinder:publicURL",
      "What to look for in the catalog: <service_type>:<service_name>:<endpoint_type>",
    ),
  ),
  cinder_endpoint_template: option(
    "cinder.endpoint_template",
    optionalString("Where Cinder is instead, as in http://localhost:8776/v1/%(project_id)s"),
  ),
  cinder_os_region_name: option(
    "cinder.os_region_name",
    optionalString("Region of which the endpoint must be"),
    ["os_region_name"],
  ),
  cinder_http_retries: option(
    "cinder.http_retries",
    integer(3, "How often a request to Cinder is tried again after it failed", { min: 0, max: 30 }),
  ),
  cinder_http_timeout: option(
    "cinder.http_timeout",
    wholeSeconds(0, "Seconds to wait for an answer of Cinder's; 0: for ever", { min: 0 }),
  ),
  cinder_cross_az_attach: option(
    "cinder.cross_az_attach",
    boolean(true, "Permit volumes of another zone than the server's"),
  ),
} as const;
