/**
 * The attributes of routers and floating IPs, with those that the extensions of the L3 plugin add.
 * Upstream: neutron/extensions/l3.py, l3_ext_gw_mode.py, extraroute.py, dvr.py, l3_ext_ha_mode.py at
 * 2014.2.
 */
import { isObject, truth, type Json } from "../../../../python/index.js";
import type { Attribute, Attributes } from "./attribute.js";
import { noneToEmptyList, toBoolean } from "./conversions.js";
import { dictionary, hostRoutes, ipAddress, keysAmong, orNone, text, uuid } from "./validators.js";

const READ_ONLY: Attribute = {};
const TENANT: Attribute = { post: true, neededByPolicy: true, validate: text };

/** `convert_to_boolean_if_not_none`. */
const toBooleanIfAny = (value: Json): Json => (value === null ? null : toBoolean(value));

/** What it says of SNAT, as a boolean where it can be one. */
function withSnat(value: Json): Json {
  if (!isObject(value) || value["network_id"] === undefined) return value;
  const { enable_snat } = value;
  if (enable_snat === undefined || uuid(value["network_id"]) !== undefined) return value;
  return { ...value, enable_snat: toBoolean(enable_snat) };
}

/** `dict_or_nodata`. What it says of addresses nobody looks at. */
function gatewayInfo(value: Json): string | undefined {
  if (!truth(value)) return undefined;
  if (!isObject(value)) return dictionary(value);
  return keysAmong(["network_id"], value) ?? uuid(value["network_id"] ?? null);
}

export const routerAttributes: Attributes = {
  status: READ_ONLY,
  external_gateway_info: {
    post: true,
    put: true,
    default: null,
    enforced: true,
    members: ["network_id", "enable_snat", "external_fixed_ips"],
    convert: withSnat,
    validate: gatewayInfo,
  },
  name: { post: true, put: true, default: "", validate: text },
  admin_state_up: { post: true, put: true, default: true, convert: toBoolean },
  tenant_id: TENANT,
  distributed: {
    post: true,
    put: true,
    optional: true,
    enforced: true,
    convert: toBooleanIfAny,
  },
  routes: { put: true, optional: true, convert: noneToEmptyList, validate: hostRoutes },
  ha: { post: true, optional: true, enforced: true, convert: toBooleanIfAny },
  id: READ_ONLY,
};

export const floatingIpAttributes: Attributes = {
  floating_network_id: { post: true, validate: uuid },
  router_id: READ_ONLY,
  fixed_ip_address: { post: true, put: true, default: null, validate: orNone(ipAddress) },
  floating_ip_address: READ_ONLY,
  tenant_id: TENANT,
  status: READ_ONLY,
  port_id: {
    post: true,
    put: true,
    default: null,
    neededByPolicy: true,
    validate: orNone(uuid),
  },
  id: READ_ONLY,
};
