/**
 * Security groups of Neutron, with nobody in between. A group has rules for what goes out from the start; those for
 * what comes in are Trove's. Upstream: trove/network/neutron.py (NeutronDriver) at 2014.2.
 */
import { textOf } from "../../../python/index.js";
import { NeutronClientException, type NeutronClient } from "../../neutron/client/index.js";
import type { NetworkDriver } from "./driver.js";

export const neutronNetwork = (client: NeutronClient): NetworkDriver => ({
  refuses: (error) => error instanceof NeutronClientException,
  *makeGroup(name, description) {
    return textOf(yield* client.create("security_groups", { name, description }), "id");
  },
  deleteGroup: (id) => client.delete("security_groups", id),
  *makeRule(security_group_id, { protocol, from, to }, cidr) {
    const ports = { port_range_min: from, port_range_max: to, remote_ip_prefix: cidr };
    const rule = { security_group_id, protocol, ...ports, direction: "ingress", ethertype: "IPv4" };
    try {
      return textOf(yield* client.create("security_group_rules", rule), "id");
    } catch (error) {
      if (error instanceof NeutronClientException && error.status === 409) return undefined;
      throw error;
    }
  },
  deleteRule: (id) => client.delete("security_group_rules", id),
});
