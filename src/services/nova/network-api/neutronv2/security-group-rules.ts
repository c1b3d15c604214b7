/**
 * A rule of a security group, as Nova speaks of it and as Neutron does. Upstream:
 * nova/network/security_group/neutron_driver.py (_make_neutron_security_group_rules_list) at 2014.2.
 */
import { parseIpNetwork, type JsonObject } from "../../../../python/index.js";

/** What comes in: from a network or from the members of a group. */
export interface IngressRule {
  readonly cidr?: string;
  readonly group_id?: string;
  readonly protocol?: string;
  /** -1: any. */
  readonly from_port?: number;
  readonly to_port?: number;
}

/** Nova tells no ethertype: a rule about a group is one for IPv4. */
export function neutronRule(parent: string, rule: IngressRule): JsonObject {
  const { cidr, group_id, protocol, from_port, to_port } = rule;
  const version = cidr === undefined ? 4 : parseIpNetwork(cidr)?.version;
  return {
    direction: "ingress",
    protocol: protocol ?? null,
    ethertype: version === 6 ? "IPv6" : "IPv4",
    remote_ip_prefix: cidr ?? null,
    security_group_id: parent,
    remote_group_id: group_id ?? null,
    ...(from_port !== undefined && from_port !== -1 && { port_range_min: from_port }),
    ...(to_port !== undefined && to_port !== -1 && { port_range_max: to_port }),
  };
}
