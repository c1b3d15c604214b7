/**
 * What nova-network can do with a network and Neutron cannot. Upstream: contrib/networks_associate.py, contrib/os_networks.py
 * (_disassociate_host_and_project), nova/network/neutronv2/api.py (associate, disassociate) at 2014.2.
 */
import { HttpFault } from "../../../../../http/index.js";
import { networkActions } from "../../actions/network-action-table.js";
import { requestedAction } from "../../request-stack.js";
import { route, type NovaRoute } from "../../route.js";

export const networkActionRoutes: readonly NovaRoute[] = [
  route(
    "POST",
    "/os-networks/{id}/action",
    { inside: [...new Set([...networkActions.values()].map(({ rule }) => rule))] },
    function* ({ ctxt, enforce, request }) {
      const { rule, what } = requestedAction(request, networkActions).action;
      enforce(ctxt, rule);
      throw new HttpFault(501, `${what} is not implemented by the configured Network API`);
    },
  ),
];
