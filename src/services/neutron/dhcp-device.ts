/**
 * What a DHCP server's port is called by: the host and network that it serves, or nobody's for the
 * time being. Upstream: neutron/common/utils.py (get_dhcp_agent_device_id), neutron/common/constants.py.
 */

/** `DEVICE_ID_RESERVED_DHCP_PORT`: of a port whose agent was taken off the network. */
export const RESERVED_DHCP_PORT = "reserved_dhcp_port";

/** Upstream has a name-based UUID of the host there; the host's name says the same. */
export const dhcpDeviceId = (networkId: string, host: string): string =>
  `dhcp-${host}-${networkId}`;
