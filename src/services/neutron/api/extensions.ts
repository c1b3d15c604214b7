/** `/v2.0/extensions`: which parts of the API are there. Upstream: neutron/api/extensions.py. */
import { respond } from "../../../http/index.js";
import { done } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { ExtensionNotFound } from "../errors.js";
import { route } from "./policy.js";

/** Alias, name, description, date of the last change, as upstream's descriptors have them. */
const DESCRIPTORS = [
  ["security-group", "security-group", "The security groups extension.", "2012-10-05T10:00:00"],
  [
    "binding",
    "Port Binding",
    "Expose port bindings of a virtual port to external application",
    "2014-02-03T10:00:00",
  ],
  ["agent", "agent", "The agent management extension.", "2013-02-03T10:00:00"],
  [
    "provider",
    "Provider Network",
    "Expose mapping of virtual networks to physical networks",
    "2012-09-07T10:00:00",
  ],
  [
    "external-net",
    "Neutron external network",
    "Adds external network attribute to network resource.",
    "2013-01-14T10:00:00",
  ],
  [
    "quotas",
    "Quota management support",
    "Expose functions for quotas management per tenant",
    "2012-07-29T10:00:00",
  ],
  [
    "extra_dhcp_opt",
    "Neutron Extra DHCP opts",
    "Extra options configuration for DHCP.",
    "2013-03-17T12:00:00",
  ],
  [
    "allowed-address-pairs",
    "Allowed Address Pairs",
    "Provides allowed address pairs",
    "2013-07-23T10:00:00",
  ],
] as const;

const views = (): JsonObject[] =>
  DESCRIPTORS.map(([alias, name, description, day]) => ({
    alias,
    name,
    description,
    updated: `${day}-00:00`,
    namespace: `http://docs.openstack.org/ext/${alias}/api/v2.0`,
    links: [],
  }));

export const extensionRoutes = [
  route("GET", "/v2.0/extensions", null, () => done(respond(200, { extensions: views() }))),
  route("GET", "/v2.0/extensions/{alias}", null, function* ({ params: { alias } }) {
    const extension = views().find((each) => each["alias"] === alias);
    if (extension === undefined) throw new ExtensionNotFound({ alias });
    return respond(200, { extension });
  }),
];
