/**
 * `/v2.0/extensions`: which parts of the API are there, each as its descriptor says. Upstream:
 * neutron/api/extensions.py (ExtensionController), the descriptors of neutron/extensions/, and
 * `_supported_extension_aliases` of plugins/ml2/plugin.py, all of which are here.
 */
import { respond } from "../../../http/index.js";
import { done } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { plain } from "./faults.js";
import { route } from "./policy.js";

/** In the order of upstream's dictionary, which is filled file by file. */
const EXTENSIONS = [
  {
    alias: "security-group",
    name: "security-group",
    description: "The security groups extension.",
    namespace: "http://docs.openstack.org/ext/securitygroups/api/v2.0",
    updated: "2012-10-05T10:00:00-00:00",
  },
  {
    alias: "provider",
    name: "Provider Network",
    description: "Expose mapping of virtual networks to physical networks",
    namespace: "http://docs.openstack.org/ext/provider/api/v1.0",
    updated: "2012-09-07T10:00:00-00:00",
  },
  {
    alias: "binding",
    name: "Port Binding",
    description: "Expose port bindings of a virtual port to external application",
    namespace: "http://docs.openstack.org/ext/binding/api/v1.0",
    updated: "2014-02-03T10:00:00-00:00",
  },
  {
    alias: "quotas",
    name: "Quota management support",
    description: "Expose functions for quotas management per tenant",
    namespace: "http://docs.openstack.org/network/ext/quotas-sets/api/v2.0",
    updated: "2012-07-29T10:00:00-00:00",
  },
  {
    alias: "agent",
    name: "agent",
    description: "The agent management extension.",
    namespace: "http://docs.openstack.org/ext/agent/api/v2.0",
    updated: "2013-02-03T10:00:00-00:00",
  },
  {
    alias: "dhcp_agent_scheduler",
    name: "DHCP Agent Scheduler",
    description: "Schedule networks among dhcp agents",
    namespace: "http://docs.openstack.org/ext/dhcp_agent_scheduler/api/v1.0",
    updated: "2013-02-07T10:00:00-00:00",
  },
  {
    alias: "external-net",
    name: "Neutron external network",
    description: "Adds external network attribute to network resource.",
    namespace: "http://docs.openstack.org/ext/neutron/external_net/api/v1.0",
    updated: "2013-01-14T10:00:00-00:00",
  },
  {
    alias: "multi-provider",
    name: "Multi Provider Network",
    description: "Expose mapping of virtual networks to multiple physical networks",
    namespace: "http://docs.openstack.org/ext/multi-provider/api/v1.0",
    updated: "2013-06-27T10:00:00-00:00",
  },
  {
    alias: "allowed-address-pairs",
    name: "Allowed Address Pairs",
    description: "Provides allowed address pairs",
    namespace: "http://docs.openstack.org/ext/allowedaddresspairs/api/v2.0",
    updated: "2013-07-23T10:00:00-00:00",
  },
  {
    alias: "extra_dhcp_opt",
    name: "Neutron Extra DHCP opts",
    description:
      "Extra options configuration for DHCP. For example PXE boot options to DHCP clients can be specified (e.g. tftp-server, server-ip-address, bootfile-name)",
    namespace: "http://docs.openstack.org/ext/neutron/extra_dhcp_opt/api/v1.0",
    updated: "2013-03-17T12:00:00-00:00",
  },
] as const;

const views = (): JsonObject[] => EXTENSIONS.map((extension) => ({ ...extension, links: [] }));

const NOT_FOUND = "The resource could not be found.";

/** Its controller is older than the frame of the others, and so are its errors. */
export const extensionRoutes = [
  route("GET", "/v2.0/extensions", null, () => done(respond(200, { extensions: views() }))),
  route("POST", "/v2.0/extensions", null, () => done(plain(404, NOT_FOUND, "Resource not found."))),
  route("GET", "/v2.0/extensions/{alias}", null, ({ params: { alias } }) => {
    const extension = views().find((each) => each["alias"] === alias);
    return done(
      extension === undefined
        ? plain(404, NOT_FOUND, `Extension with alias ${alias} does not exist`)
        : respond(200, { extension }),
    );
  }),
  route("DELETE", "/v2.0/extensions/{alias}", null, () =>
    done(plain(404, NOT_FOUND, "Resource not found.")),
  ),
];
