/**
 * Parts of a server: its addresses, its metadata and its security groups. Changing metadata is not
 * simulated. Upstream: nova/api/openstack/compute/ips.py, server_metadata.py, contrib/security_groups.py
 * at 2014.2; nova §5.4.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import type { NetworkInfo } from "../../../network-api/model.js";
import { enforce } from "../../policy.js";
import type { NovaApp } from "../../app.js";
import { type NovaRoute, route } from "../../route.js";
import { plainAddresses } from "../../views/address-view.js";
import { findServer } from "./servers.js";

export function serverPartRoutes(app: NovaApp): NovaRoute[] {
  return [
    route("GET", "/servers/{id}/ips", function* (ctxt, _request, { id = "" }) {
      const { info_cache } = findServer(app, ctxt, id);
      const addresses = plainAddresses(info_cache.network_info as NetworkInfo);
      return respond(200, { addresses });
    }),
    route("GET", "/servers/{id}/ips/{network}", function* (ctxt, _request, params) {
      const { id = "", network = "" } = params;
      const { info_cache } = findServer(app, ctxt, id);
      const found = plainAddresses(info_cache.network_info as NetworkInfo)[network];
      if (found === undefined)
        throw new HttpFault(404, "Instance is not a member of specified network");
      return respond(200, { [network]: found });
    }),
    route("GET", "/servers/{id}/metadata", function* (ctxt, _request, { id = "" }) {
      return respond(200, { metadata: findServer(app, ctxt, id).metadata });
    }),
    route("GET", "/servers/{id}/metadata/{key}", function* (ctxt, _request, params) {
      const { id = "", key = "" } = params;
      const value = findServer(app, ctxt, id).metadata[key];
      if (value === undefined) throw new HttpFault(404, "Metadata item was not found");
      return respond(200, { meta: { [key]: value } });
    }),
    route("GET", "/servers/{id}/os-security-groups", function* (ctxt, _request, { id = "" }) {
      enforce(ctxt, "compute_extension:security_groups");
      const { uuid } = findServer(app, ctxt, id);
      const groups = yield* app.securityGroups.get_instances_security_groups_bindings(ctxt, [uuid]);
      const names = (groups.get(uuid) ?? []).map(({ name }) => ({ name }));
      return respond(200, { security_groups: names });
    }),
  ];
}
