/**
 * What nova-network can do with a network and Neutron cannot. Upstream: contrib/networks_associate.py, contrib/os_networks.py
 * (_disassociate_host_and_project), nova/network/neutronv2/api.py (associate, disassociate) at 2014.2.
 */
import { HttpFault } from "../../../../../http/index.js";
import type { NovaRule } from "../../policy.js";
import { namedAction } from "../../request-stack.js";
import { route, type NovaRoute } from "../../route.js";

const ACTIONS = {
  disassociate: ["compute_extension:networks", "Disassociate network"],
  disassociate_host: ["compute_extension:networks_associate", "Disassociate host"],
  disassociate_project: ["compute_extension:networks_associate", "Disassociate project"],
  associate_host: ["compute_extension:networks_associate", "Associate host"],
} as const satisfies Record<string, readonly [rule: NovaRule, what: string]>;

export const networkActionRoutes: readonly NovaRoute[] = [
  route(
    "POST",
    "/os-networks/{id}/action",
    { inside: ["compute_extension:networks", "compute_extension:networks_associate"] },
    function* ({ ctxt, enforce, request }) {
      const { name } = namedAction(request);
      const [rule, what] = ACTIONS[name as keyof typeof ACTIONS];
      enforce(ctxt, rule);
      throw new HttpFault(501, `${what} is not implemented by the configured Network API`);
    },
  ),
];
