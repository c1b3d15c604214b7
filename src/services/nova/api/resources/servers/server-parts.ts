/**
 * Parts of a server: its addresses, its metadata and its security groups. Changing metadata is not
 * simulated. Upstream: nova/api/openstack/compute/ips.py, server_metadata.py, contrib/security_groups.py
 * at 2014.2; nova §5.4.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import type { NetworkInfo } from "../../../network-api/model.js";
import { type NovaRoute, route } from "../../route.js";
import { plainAddresses } from "../../views/address-view.js";
import { GET, findServer, getServer } from "./servers.js";

export const serverPartRoutes: readonly NovaRoute[] = [
  route("GET", "/servers/{id}/ips", GET, function* (call) {
    const { info_cache } = getServer(call);
    const addresses = plainAddresses(info_cache.network_info as NetworkInfo);
    return respond(200, { addresses });
  }),
  route("GET", "/servers/{id}/ips/{network}", GET, function* (call) {
    const { network } = call.params;
    const { info_cache } = getServer(call);
    const found = plainAddresses(info_cache.network_info as NetworkInfo)[network];
    if (found === undefined)
      throw new HttpFault(404, "Instance is not a member of specified network");
    return respond(200, { [network]: found });
  }),
  route("GET", "/servers/{id}/metadata", GET, function* (call) {
    return respond(200, { metadata: getServer(call).metadata });
  }),
  route("GET", "/servers/{id}/metadata/{key}", GET, function* (call) {
    const { key } = call.params;
    const value = getServer(call).metadata[key];
    if (value === undefined) throw new HttpFault(404, "Metadata item was not found");
    return respond(200, { meta: { [key]: value } });
  }),
  route(
    "GET",
    "/servers/{id}/os-security-groups",
    "compute_extension:security_groups",
    function* ({ app, ctxt, params: { id } }) {
      const { uuid } = findServer(app, ctxt, id);
      const groups = yield* app.securityGroups.get_instances_security_groups_bindings(ctxt, [uuid]);
      const names = (groups.get(uuid) ?? []).map(({ name }) => ({ name }));
      return respond(200, { security_groups: names });
    },
  ),
];
