/** Options of nova-network at 2014.2. Upstream: nova/network/{manager,floating_ips,linux_net}.py. */
import { boolean, optionalString, string } from "../../../framework/index.js";

export const networkFlags = {
  network_manager: string(
    "nova.network.manager.VlanManager",
    "Full class name for the Manager for network",
  ),
  default_floating_pool: string("nova", "Default pool for floating IPs"),
  auto_assign_floating_ip: boolean(false, "Autoassigning floating IP to VM"),
  public_interface: optionalString("Interface for public IP addresses, instead of the pool's own"),
} as const;
