/** How Nova finds Neutron. Upstream: nova/network/neutronv2/api.py (neutron_opts, group `neutron`). */
import { boolean, integer, string } from "../../../../framework/index.js";

export const neutronFlags = {
  neutron_url: string("http://controller:9696", "URL for connecting to neutron ([neutron] url)"),
  neutron_url_timeout: integer(30, "Seconds to wait for neutron ([neutron] url_timeout)", {
    min: 1,
  }),
  neutron_admin_auth_url: string(
    "http://controller:35357/v2.0",
    "Where to log in as neutron's admin ([neutron] admin_auth_url)",
  ),
  neutron_admin_username: string("neutron", "User for that ([neutron] admin_username)"),
  neutron_admin_password: string("secret", "Its password ([neutron] admin_password)"),
  neutron_admin_tenant_name: string("service", "Its tenant ([neutron] admin_tenant_name)"),
  neutron_extension_sync_interval: integer(
    600,
    "Seconds for which neutron's extensions are remembered ([neutron] extension_sync_interval)",
    { min: 0 },
  ),
  neutron_ovs_bridge: string("br-int", "Name of the integration bridge ([neutron] ovs_bridge)"),
  flat_injected: boolean(false, "Whether to inject network setup into the guest"),
} as const;
