/**
 * What can be asked of a network by the one key of a body, all of which nova-network can do and Neutron cannot. Upstream:
 * contrib/networks_associate.py, contrib/os_networks.py (_disassociate_host_and_project) at 2014.2.
 */
import type { NovaRule } from "../policy.js";

const NETWORKS = "compute_extension:networks";
const ASSOCIATE = "compute_extension:networks_associate";

interface NetworkAction {
  readonly rule: NovaRule;
  /** As it is refused. */
  readonly what: string;
}

export const networkActions: ReadonlyMap<string, NetworkAction> = new Map([
  ["disassociate", { rule: NETWORKS, what: "Disassociate network" }],
  ["disassociate_host", { rule: ASSOCIATE, what: "Disassociate host" }],
  ["disassociate_project", { rule: ASSOCIATE, what: "Disassociate project" }],
  ["associate_host", { rule: ASSOCIATE, what: "Associate host" }],
]);
