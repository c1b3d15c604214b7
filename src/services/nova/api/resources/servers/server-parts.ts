/**
 * Parts of a server: its addresses and its security groups. Upstream: nova/api/openstack/compute/ips.py,
 * contrib/security_groups.py at 2014.2; nova §5.4.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import type { JsonObject } from "../../../../../python/index.js";
import type { NetworkInfo } from "../../../network-api/model.js";
import { type NovaRoute, route } from "../../route.js";
import { plainAddresses } from "../../views/address-view.js";
import { securityGroupView } from "../../views/security-group-view.js";
import { byTenantAndName } from "../security-groups/groups.js";
import { findServer, getServer } from "./look-up.js";
import { GET } from "./servers.js";

const NO_INSTANCE = "Instance does not exist";

export const serverPartRoutes: readonly NovaRoute[] = [
  route("GET", "/servers/{id}/ips", GET, function* (call) {
    const { info_cache } = getServer(call, NO_INSTANCE);
    const addresses = plainAddresses(info_cache.network_info as NetworkInfo);
    return respond(200, { addresses });
  }),
  route("GET", "/servers/{id}/ips/{network}", GET, function* (call) {
    const { network } = call.params;
    const { info_cache } = getServer(call, NO_INSTANCE);
    const all = plainAddresses(info_cache.network_info as NetworkInfo);
    if (!Object.hasOwn(all, network)) {
      throw new HttpFault(404, "Instance is not a member of specified network");
    }
    return respond(200, { [network]: all[network] ?? null });
  }),
  route(
    "GET",
    "/servers/{id}/os-security-groups",
    "compute_extension:security_groups",
    function* ({ app, ctxt, params: { id } }) {
      const { uuid } = findServer(app, ctxt, id);
      const groups: JsonObject[] = [];
      for (const group of yield* app.securityGroups.get_instance_security_groups(ctxt, uuid)) {
        groups.push(yield* securityGroupView(app, ctxt, group));
      }
      return respond(200, { security_groups: groups.sort(byTenantAndName) });
    },
  ),
];
