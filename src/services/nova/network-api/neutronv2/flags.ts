/** How Nova finds Neutron. Upstream: nova/network/neutronv2/api.py (neutron_opts, group `neutron`). */
import { boolean, option, secret, string, wholeSeconds } from "../../../../framework/index.js";

export const neutronFlags = {
  neutron_url: option(
    "neutron.url",
    string("http://controller:9696", "URL for connecting to neutron"),
  ),
  neutron_url_timeout: option(
    "neutron.url_timeout",
    wholeSeconds(30, "Seconds to wait for neutron", {
      min: 1,
    }),
  ),
  neutron_admin_auth_url: option(
    "neutron.admin_auth_url",
    string("http://controller:35357/v2.0", "Where to log in as neutron's admin"),
  ),
  neutron_admin_username: option("neutron.admin_username", string("neutron", "User for that")),
  neutron_admin_password: option(
    "neutron.admin_password",
    secret(string("secret", "Its password")),
  ),
  neutron_admin_tenant_name: option("neutron.admin_tenant_name", string("service", "Its tenant")),
  neutron_extension_sync_interval: option(
    "neutron.extension_sync_interval",
    wholeSeconds(600, "Seconds for which neutron's extensions are remembered", { min: 0 }),
  ),
  neutron_ovs_bridge: option(
    "neutron.ovs_bridge",
    string("br-int", "Name of the integration bridge"),
  ),
  neutron_allow_duplicate_networks: option(
    "neutron.allow_duplicate_networks",
    boolean(false, "Permit a server several ports on one network"),
  ),
  default_floating_pool: string("nova", "Default pool for floating IPs"),
  flat_injected: boolean(false, "Whether to inject network setup into the guest"),
} as const;
