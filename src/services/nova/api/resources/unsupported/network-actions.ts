/**
 * What nova-network can do with a network and Neutron cannot. Upstream: contrib/networks_associate.py, contrib/os_networks.py
 * (_disassociate_host_and_project), nova/network/neutronv2/api.py (associate, disassociate) at 2014.2.
 */
import { HttpFault } from "../../../../../http/index.js";
import { isObject } from "../../../../../python/index.js";
import { badRequest } from "../../input.js";
import type { NovaRule } from "../../policy.js";
import { route, type NovaRoute } from "../../route.js";

const ACTIONS: ReadonlyMap<string, readonly [rule: NovaRule, what: string]> = new Map([
  ["disassociate", ["compute_extension:networks", "Disassociate network"]],
  ["disassociate_host", ["compute_extension:networks_associate", "Disassociate host"]],
  ["disassociate_project", ["compute_extension:networks_associate", "Disassociate project"]],
  ["associate_host", ["compute_extension:networks_associate", "Associate host"]],
]);

export const networkActionRoutes: readonly NovaRoute[] = [
  route(
    "POST",
    "/os-networks/{id}/action",
    { inside: ["compute_extension:networks", "compute_extension:networks_associate"] },
    function* ({ ctxt, enforce, request: { body } }) {
      const [name = "", another] = isObject(body) ? Object.keys(body) : [];
      if (name === "" || another !== undefined) throw badRequest("Malformed request body");
      const action = ACTIONS.get(name);
      if (action === undefined) throw badRequest(`There is no such action: ${name}`);
      const [rule, what] = action;
      enforce(ctxt, rule);
      throw new HttpFault(501, `${what} is not implemented by the configured Network API`);
    },
  ),
];
