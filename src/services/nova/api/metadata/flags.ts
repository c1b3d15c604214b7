/**
 * Options of the metadata API. Not here: certificates, the config drive's versions, other drivers of vendor data
 * and the file of the one there is. Upstream: nova/service.py, nova/api/metadata/handler.py, nova/api/auth.py,
 * nova/network/manager.py at 2014.2.
 */
import { boolean, integer, list, option, secret, string } from "../../../../framework/index.js";

/** Which of the three APIs nova-api serves; ec2 is not modelled. */
export const enabledApisFlags = {
  enabled_apis: list(["ec2", "osapi_compute", "metadata"], "APIs that nova-api serves"),
} as const;

export const metadataFlags = {
  metadata_listen_port: integer(8775, "Port of the metadata API", { min: 1, max: 65_535 }),
  service_neutron_metadata_proxy: option(
    "neutron.service_metadata_proxy",
    boolean(false, "Neutron's agents pass requests on and say whose they are"),
  ),
  neutron_metadata_proxy_shared_secret: option(
    "neutron.metadata_proxy_shared_secret",
    secret(string("", "With what those agents sign")),
  ),
  use_forwarded_for: boolean(false, "Take X-Forwarded-For for the address of who asks"),
  dhcp_domain: string("novalocal", "Domain of the names of servers"),
} as const;
