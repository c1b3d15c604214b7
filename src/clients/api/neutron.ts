/** Neutron's API for programs. Upstream: neutronclient/v2_0/client.py (Client), 2.3.9. */
import type { Op } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";
import { getOne, type Asker } from "./asking.js";
import { Collection } from "./collection.js";
import { ApiPart } from "./part.js";
import { number, object, record, shaped, text } from "./shape.js";
import type {
  NewNeutronFloatingIp,
  NewNeutronNetwork,
  NewNeutronPort,
  NewNeutronRouter,
  NewNeutronSecurityGroupRule,
  NewNeutronSubnet,
} from "./shapes/neutron-requests.js";
import {
  AGENT,
  FLOATING_IP,
  GROUP,
  NETWORK,
  PORT,
  ROUTER,
  RULE,
  SUBNET,
  type NeutronAgent,
  type NeutronFloatingIp,
  type NeutronNetwork,
  type NeutronPort,
  type NeutronRouter,
  type NeutronSecurityGroup,
  type NeutronSecurityGroupRule,
  type NeutronSubnet,
} from "./shapes/neutron.js";

/**
 * Routers, and what is put onto them.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["neutron-l3-agent"] });
 * const demo = cloud.user("demo");
 * cloud.run(demo.neutron.routers.create({ name: "edge" })).status; // → "ACTIVE"
 * ```
 */
export class NeutronRouters extends Collection<NeutronRouter, NewNeutronRouter> {
  /** Put a subnet onto a router. @param subnetId its id @throws ClientException */
  *addInterface(router: string, subnetId: string): Op<{ readonly port_id: string }> {
    const path = `${this.place.path}/${yield* this.idOf(router)}/add_router_interface`;
    const answer = yield* this.asker.request("PUT", path, { subnet_id: subnetId });
    return shaped(object({ port_id: text }), answer.body, "the answer about an interface");
  }

  /** Take it off. @throws ClientException */
  *removeInterface(router: string, subnetId: string): Op<void> {
    const path = `${this.place.path}/${yield* this.idOf(router)}/remove_router_interface`;
    yield* this.asker.request("PUT", path, { subnet_id: subnetId });
  }

  /** @param networkId the id of an external network @throws ClientException */
  setGateway(router: string, networkId: string): Op<NeutronRouter> {
    return this.update(router, { external_gateway_info: { network_id: networkId } });
  }

  /** @throws ClientException */
  clearGateway(router: string): Op<NeutronRouter> {
    return this.update(router, { external_gateway_info: null });
  }
}

/**
 * Neutron for programs: `demo.neutron`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { neutron } = cloud.user("demo");
 * const network = cloud.run(neutron.networks.create({ name: "back" }));
 * cloud.run(neutron.subnets.create({ network_id: network.id, cidr: "10.9.0.0/24", ip_version: 4 }));
 * cloud.networks({ name: "back" })[0]?.subnets.join(); // → "10.9.0.0/24"
 * ```
 */
export class NeutronApi extends ApiPart {
  readonly networks: Collection<NeutronNetwork, NewNeutronNetwork>;
  readonly subnets: Collection<NeutronSubnet, NewNeutronSubnet>;
  readonly ports: Collection<NeutronPort, NewNeutronPort>;
  readonly routers: NeutronRouters;
  readonly floatingIps: Collection<NeutronFloatingIp, NewNeutronFloatingIp>;
  readonly securityGroups: Collection<
    NeutronSecurityGroup,
    { readonly name: string; readonly description?: string }
  >;
  readonly securityGroupRules: Collection<NeutronSecurityGroupRule, NewNeutronSecurityGroupRule>;
  /** For administrators. */
  readonly agents: Collection<NeutronAgent, JsonObject, { readonly admin_state_up: boolean }>;
  readonly #asker: Asker;

  constructor(asker: Asker) {
    super();
    this.#asker = asker;
    const at = "/v2.0";
    this.networks = new Collection(asker, {
      what: "network",
      path: `${at}/networks`,
      shape: NETWORK,
    });
    this.subnets = new Collection(asker, { what: "subnet", path: `${at}/subnets`, shape: SUBNET });
    this.ports = new Collection(asker, { what: "port", path: `${at}/ports`, shape: PORT });
    this.routers = new NeutronRouters(asker, {
      what: "router",
      path: `${at}/routers`,
      shape: ROUTER,
    });
    this.floatingIps = new Collection(asker, {
      what: "floatingip",
      path: `${at}/floatingips`,
      shape: FLOATING_IP,
      name: "floating_ip_address",
    });
    this.securityGroups = new Collection(asker, {
      what: "security_group",
      path: `${at}/security-groups`,
      shape: GROUP,
    });
    this.securityGroupRules = new Collection(asker, {
      what: "security_group_rule",
      path: `${at}/security-group-rules`,
      shape: RULE,
    });
    this.agents = new Collection(asker, {
      what: "agent",
      path: `${at}/agents`,
      shape: AGENT,
      name: "host",
    });
  }

  /** The limits of a project, by its id; -1 for none. @throws ClientException */
  *quota(projectId: string): Op<Readonly<Record<string, number>>> {
    return yield* getOne(
      this.#asker,
      `/v2.0/quotas/${projectId}`,
      record(number),
      "a quota",
      "quota",
    );
  }

  /** Change them; for administrators. @throws ClientException */
  *setQuota(projectId: string, limits: Readonly<Record<string, number>>): Op<void> {
    yield* this.#asker.request("PUT", `/v2.0/quotas/${projectId}`, { quota: limits });
  }
}
