/**
 * The extensions of ML2 and of the plugins of L3 and load balancing, each as its descriptor says. Upstream:
 * neutron/extensions/, `_supported_extension_aliases` of plugins/ml2/plugin.py,
 * `supported_extension_aliases` of neutron/services/l3_router/l3_router_plugin.py and
 * neutron/services/loadbalancer/plugin.py at 2014.2.
 */
import { dictOrder, type JsonObject } from "../../../../python/index.js";
import type { NeutronApp } from "../../plugin/app.js";

interface Descriptor {
  readonly alias: string;
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly updated: string;
  /** Of which service plugin, if not of the core. */
  readonly of?: "L3" | "load balancing";
}

/** File by file, as they are loaded. */
const DESCRIPTORS: readonly Descriptor[] = [
  {
    alias: "agent",
    name: "agent",
    description: "The agent management extension.",
    namespace: "http://docs.openstack.org/ext/agent/api/v2.0",
    updated: "2013-02-03T10:00:00-00:00",
  },
  {
    alias: "allowed-address-pairs",
    name: "Allowed Address Pairs",
    description: "Provides allowed address pairs",
    namespace: "http://docs.openstack.org/ext/allowedaddresspairs/api/v2.0",
    updated: "2013-07-23T10:00:00-00:00",
  },
  {
    alias: "dhcp_agent_scheduler",
    name: "DHCP Agent Scheduler",
    description: "Schedule networks among dhcp agents",
    namespace: "http://docs.openstack.org/ext/dhcp_agent_scheduler/api/v1.0",
    updated: "2013-02-07T10:00:00-00:00",
  },
  {
    alias: "dvr",
    name: "Distributed Virtual Router",
    description: "Enables configuration of Distributed Virtual Routers.",
    namespace: "http://docs.openstack.org/ext/dvr/api/v1.0",
    updated: "2014-06-1T10:00:00-00:00",
    of: "L3",
  },
  {
    alias: "external-net",
    name: "Neutron external network",
    description: "Adds external network attribute to network resource.",
    namespace: "http://docs.openstack.org/ext/neutron/external_net/api/v1.0",
    updated: "2013-01-14T10:00:00-00:00",
  },
  {
    alias: "extra_dhcp_opt",
    name: "Neutron Extra DHCP opts",
    description:
      "Extra options configuration for DHCP. For example PXE boot options to DHCP clients can be specified (e.g. tftp-server, server-ip-address, bootfile-name)",
    namespace: "http://docs.openstack.org/ext/neutron/extra_dhcp_opt/api/v1.0",
    updated: "2013-03-17T12:00:00-00:00",
  },
  {
    alias: "extraroute",
    name: "Neutron Extra Route",
    description: "Extra routes configuration for L3 router",
    namespace: "http://docs.openstack.org/ext/neutron/extraroutes/api/v1.0",
    updated: "2013-02-01T10:00:00-00:00",
    of: "L3",
  },
  {
    alias: "router",
    name: "Neutron L3 Router",
    description:
      "Router abstraction for basic L3 forwarding between L2 Neutron networks and access to external networks via a NAT gateway.",
    namespace: "http://docs.openstack.org/ext/neutron/router/api/v1.0",
    updated: "2012-07-20T10:00:00-00:00",
    of: "L3",
  },
  {
    alias: "ext-gw-mode",
    name: "Neutron L3 Configurable external gateway mode",
    description:
      "Extension of the router abstraction for specifying whether SNAT should occur on the external gateway",
    namespace: "http://docs.openstack.org/ext/neutron/ext-gw-mode/api/v1.0",
    updated: "2013-03-28T10:00:00-00:00",
    of: "L3",
  },
  {
    alias: "l3-ha",
    name: "HA Router extension",
    description: "Add HA capability to routers.",
    namespace: "",
    updated: "2014-04-26T00:00:00-00:00",
    of: "L3",
  },
  {
    alias: "l3_agent_scheduler",
    name: "L3 Agent Scheduler",
    description: "Schedule routers among l3 agents",
    namespace: "http://docs.openstack.org/ext/l3_agent_scheduler/api/v1.0",
    updated: "2013-02-07T10:00:00-00:00",
    of: "L3",
  },
  {
    alias: "lbaas_agent_scheduler",
    name: "Loadbalancer Agent Scheduler",
    description: "Schedule pools among lbaas agents",
    namespace: "http://docs.openstack.org/ext/lbaas_agent_scheduler/api/v1.0",
    updated: "2013-02-07T10:00:00-00:00",
    of: "load balancing",
  },
  {
    alias: "lbaas",
    name: "LoadBalancing service",
    description: "Extension for LoadBalancing service",
    namespace: "http://wiki.openstack.org/neutron/LBaaS/API_1.0",
    updated: "2012-10-07T10:00:00-00:00",
    of: "load balancing",
  },
  {
    alias: "multi-provider",
    name: "Multi Provider Network",
    description: "Expose mapping of virtual networks to multiple physical networks",
    namespace: "http://docs.openstack.org/ext/multi-provider/api/v1.0",
    updated: "2013-06-27T10:00:00-00:00",
  },
  {
    alias: "binding",
    name: "Port Binding",
    description: "Expose port bindings of a virtual port to external application",
    namespace: "http://docs.openstack.org/ext/binding/api/v1.0",
    updated: "2014-02-03T10:00:00-00:00",
  },
  {
    alias: "provider",
    name: "Provider Network",
    description: "Expose mapping of virtual networks to physical networks",
    namespace: "http://docs.openstack.org/ext/provider/api/v1.0",
    updated: "2012-09-07T10:00:00-00:00",
  },
  {
    alias: "quotas",
    name: "Quota management support",
    description: "Expose functions for quotas management per tenant",
    namespace: "http://docs.openstack.org/network/ext/quotas-sets/api/v2.0",
    updated: "2012-07-29T10:00:00-00:00",
  },
  {
    alias: "security-group",
    name: "security-group",
    description: "The security groups extension.",
    namespace: "http://docs.openstack.org/ext/securitygroups/api/v2.0",
    updated: "2012-10-05T10:00:00-00:00",
  },
  {
    alias: "service-type",
    name: "Neutron Service Type Management",
    description: "API for retrieving service providers for Neutron advanced services",
    namespace: "http://docs.openstack.org/ext/neutron/service-type/api/v1.0",
    updated: "2013-01-20T00:00:00-00:00",
    of: "load balancing",
  },
];

/** Those that are loaded, in the order of upstream's dictionary. */
export function extensionViews({ hasRouters, hasLoadBalancers }: NeutronApp): JsonObject[] {
  const loaded = new Map(
    DESCRIPTORS.filter(
      ({ of }) => of === undefined || (of === "L3" ? hasRouters : hasLoadBalancers),
    ).map((descriptor) => [descriptor.alias, descriptor]),
  );
  return dictOrder([...loaded.keys()]).flatMap((alias) => {
    const known = loaded.get(alias);
    if (known === undefined) return [];
    const { name, description, namespace, updated } = known;
    return { alias, name, description, namespace, updated, links: [] };
  });
}
