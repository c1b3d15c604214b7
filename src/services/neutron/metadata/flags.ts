/**
 * Options of metadata_agent.ini. Not here: certificates, https, workers, other caches than the one in memory, and
 * another strategy than Keystone's. Upstream: neutron/agent/metadata/agent.py at 2014.2.
 */
import { integer, option, optionalString, secret, string } from "../../../framework/index.js";
import { agentReport, metadataSocketFlags } from "../flags.js";

export const metadataAgentFlags = {
  ...agentReport,
  ...metadataSocketFlags,
  // Called as those of [keystone_authtoken], and in DEFAULT: they have keys of their own.
  metadata_admin_user: option("admin_user", string("neutron", "As whom it asks Neutron")),
  metadata_admin_password: option(
    "admin_password",
    secret(string("secret", "Password of that user")),
  ),
  metadata_admin_tenant_name: option("admin_tenant_name", string("service", "Tenant of that user")),
  auth_url: string("http://controller:35357/v2.0", "Where to log in"),
  auth_region: optionalString("Region of Neutron in the catalog"),
  endpoint_type: string("adminURL", "Which of Neutron's endpoints it asks", [
    "adminURL",
    "internalURL",
    "publicURL",
  ]),
  nova_metadata_ip: string("controller", "Host of Nova's metadata API"),
  nova_metadata_port: integer(8775, "Its port", { min: 1, max: 65_535 }),
  metadata_proxy_shared_secret: secret(string("", "With what it signs a server's id")),
} as const;
