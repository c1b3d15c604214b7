/**
 * Networks by way of the compute API. Of those of Neutron it knows the id and the name, and it changes
 * none. Upstream: contrib/os_networks.py, nova/network/neutronv2/api.py (get_all, get) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import {
  get,
  ipNetworkOf,
  NotImplementedException,
  truth,
  type JsonObject,
} from "../../../../python/index.js";
import { InvalidCidr, NetworkNotFound } from "../../exception.js";
import { badRequest, unprocessable } from "../input.js";
import { route, type NovaRoute } from "../route.js";

const VIEW = "compute_extension:networks:view";
const POLICY = "compute_extension:networks";

const FIELDS = [
  ...["id", "cidr", "netmask", "gateway", "broadcast", "dns1", "dns2", "cidr_v6", "gateway_v6"],
  ...["label", "netmask_v6"],
];
const FIELDS_FOR_ADMINS = [
  ...["created_at", "updated_at", "deleted_at", "deleted", "injected", "bridge", "vlan"],
  ...["vpn_public_address", "vpn_public_port", "vpn_private_address", "dhcp_start", "project_id"],
  ...["host", "bridge_interface", "multi_host", "priority", "rxtx_base"],
  ...["mtu", "dhcp_server", "enable_dhcp", "share_address"],
];

export const networkRoutes: readonly NovaRoute[] = [
  route("GET", "/os-networks", VIEW, function* ({ app, ctxt }) {
    const networks = yield* app.network.get_all(ctxt);
    return respond(200, { networks: networks.map((network) => view(ctxt, network)) });
  }),
  route("GET", "/os-networks/{id}", VIEW, function* ({ app, ctxt, params: { id } }) {
    try {
      return respond(200, { network: view(ctxt, yield* app.network.get(ctxt, id)) });
    } catch (error) {
      if (!(error instanceof NetworkNotFound)) throw error;
      throw new HttpFault(404, "Network not found");
    }
  }),
  route("POST", "/os-networks", POLICY, function* ({ request: { body } }) {
    const params = truth(body) ? get(body, "network") : null;
    if (!truth(params)) throw badRequest("Missing network in body");
    if (!truth(get(params, "label"))) throw badRequest("Network label is required");
    const v4 = get(params, "cidr");
    const cidr = truth(v4) ? v4 : get(params, "cidr_v6");
    if (!truth(cidr)) throw badRequest("Network cidr or cidr_v6 is required");
    if (ipNetworkOf(cidr) === undefined) {
      throw badRequest(new InvalidCidr({ cidr }).message);
    }
    throw new NotImplementedException("");
  }),
  route("DELETE", "/os-networks/{id}", POLICY, () => {
    throw new NotImplementedException("");
  }),
  route("POST", "/os-networks/add", POLICY, function* ({ request: { body } }) {
    if (!truth(body)) throw unprocessable();
    get(body, "id");
    throw new HttpFault(501, "VLAN support must be enabled");
  }),
];

/** Its name is its label; what only nova-network has is null. */
function view({ is_admin }: RequestContext, network: JsonObject): JsonObject {
  const fields = is_admin ? [...FIELDS, ...FIELDS_FOR_ADMINS] : FIELDS;
  const known: JsonObject = { ...network, label: network["name"] ?? null };
  return Object.fromEntries(
    fields.map((field) => [field, Object.hasOwn(known, field) ? (known[field] ?? null) : null]),
  );
}
