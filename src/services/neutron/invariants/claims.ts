/**
 * What Neutron's rows say of each other and of others: in whose project a thing is, on which network a port is, of which subnet an
 * address is, which groups a port has. Upstream: neutron/db/models_v2.py at 2014.2, whose foreign keys say the same.
 */
import type { Claim } from "../../../framework/inventory.js";
import { inProject } from "../../../framework/ownership.js";
import type { NeutronDatabase } from "../db/database.js";

export const neutronClaims = (db: NeutronDatabase): readonly Claim[] => [
  ...db.networks.find().flatMap(({ uuid, tenant_id }) => owned("network", uuid, tenant_id)),
  ...db.subnets
    .find()
    .flatMap(({ uuid, tenant_id, network_id }) => [
      ...owned("subnet", uuid, tenant_id),
      on(`subnet ${uuid}`, "neutron.subnets", "network", network_id),
    ]),
  ...db.routers.find().flatMap(({ uuid, tenant_id }) => owned("router", uuid, tenant_id)),
  ...db.ports
    .find()
    .flatMap(({ uuid, tenant_id, network_id }) => [
      ...owned("port", uuid, tenant_id),
      on(`port ${uuid}`, "neutron.ports", "network", network_id),
    ]),
  ...db.ipAllocations
    .find()
    .map(({ ip_address, subnet_id }) =>
      on(`address ${ip_address}`, "neutron.ipallocations", "subnet", subnet_id),
    ),
  ...db.securityGroupPortBindings
    .find()
    .map(({ port_id, security_group_id }) =>
      on(
        `binding of port ${port_id}`,
        "neutron.securitygroupportbindings",
        "security group",
        security_group_id,
      ),
    ),
];

const owned = (kind: string, uuid: string, tenant: string): readonly Claim[] =>
  inProject(`${kind} ${uuid}`, `neutron.${kind}s`, tenant);

const on = (what: string, where: string, kind: string, id: string): Claim => ({
  ...{ invariant: "owner", what, where },
  of: { kind, id },
});
