/**
 * The attributes of networks, subnets and ports, with those that the extensions of ML2 add. Upstream:
 * RESOURCE_ATTRIBUTE_MAP of neutron/api/v2/attributes.py and EXTENDED_ATTRIBUTES_2_0 of the extensions.
 */
import type { Attribute, Attributes } from "./attribute.js";
import { keysAndValues, noneToEmptyList, toBoolean, toInteger } from "./conversions.js";
import { validateAddressPairs, validateDhcpOptions, validateSegments } from "./extended.js";
import { toGroupIds } from "./security-groups.js";
import * as validate from "./validators.js";

const READ_ONLY: Attribute = {};
const NAME: Attribute = { post: true, put: true, default: "", validate: validate.text };
const TEXT: Attribute = NAME;
const TENANT: Attribute = { post: true, neededByPolicy: true, validate: validate.text };
const FLAG: Attribute = { post: true, put: true, default: true, convert: toBoolean };
const OPTIONAL: Attribute = { post: true, put: true, optional: true };
const PROVIDED: Attribute = { ...OPTIONAL, enforced: true };
const BY_POLICY: Attribute = { ...FLAG, default: false, neededByPolicy: true, enforced: true };
const OF_NETWORK: Attribute = { post: true, neededByPolicy: true, validate: validate.uuid };
const IPV6_MODE: Attribute = {
  post: true,
  optional: true,
  validate: validate.oneOf("dhcpv6-stateful", "dhcpv6-stateless", "slaac"),
};

export const networkAttributes: Attributes = {
  status: READ_ONLY,
  subnets: READ_ONLY,
  name: NAME,
  "provider:physical_network": { ...PROVIDED, validate: validate.text },
  admin_state_up: FLAG,
  tenant_id: TENANT,
  segments: { ...PROVIDED, convertList: keysAndValues, validate: validateSegments },
  "provider:network_type": { ...PROVIDED, validate: validate.text },
  "router:external": BY_POLICY,
  shared: BY_POLICY,
  id: READ_ONLY,
  "provider:segmentation_id": { ...PROVIDED, convert: toInteger },
};

export const subnetAttributes: Attributes = {
  ipv6_ra_mode: IPV6_MODE,
  allocation_pools: { ...OPTIONAL, validate: validate.ipPools },
  host_routes: { ...OPTIONAL, convert: noneToEmptyList, validate: validate.hostRoutes },
  ipv6_address_mode: IPV6_MODE,
  cidr: { post: true, validate: validate.subnet },
  id: READ_ONLY,
  name: NAME,
  enable_dhcp: FLAG,
  network_id: OF_NETWORK,
  tenant_id: TENANT,
  dns_nameservers: { ...OPTIONAL, convert: noneToEmptyList, validate: validate.nameservers },
  gateway_ip: { ...OPTIONAL, validate: validate.orNone(validate.ipAddress) },
  ip_version: { post: true, convert: toInteger, validate: validate.oneOf(4, 6) },
  shared: { convert: toBoolean, hidden: true, neededByPolicy: true, enforced: true },
};

export const portAttributes: Attributes = {
  status: READ_ONLY,
  extra_dhcp_opts: { post: true, put: true, default: null, validate: validateDhcpOptions },
  "binding:host_id": PROVIDED,
  name: NAME,
  allowed_address_pairs: {
    ...PROVIDED,
    convertList: keysAndValues,
    validate: validateAddressPairs,
  },
  admin_state_up: FLAG,
  network_id: OF_NETWORK,
  tenant_id: TENANT,
  "binding:vif_details": { enforced: true },
  "binding:vnic_type": {
    post: true,
    put: true,
    default: "normal",
    enforced: true,
    validate: validate.oneOf("normal", "direct", "macvtap"),
  },
  "binding:vif_type": { enforced: true },
  device_owner: TEXT,
  mac_address: { post: true, optional: true, enforced: true, validate: validate.macAddress },
  "binding:profile": { ...PROVIDED, validate: validate.orNone(validate.dictionary) },
  fixed_ips: { ...PROVIDED, convertList: keysAndValues, validate: validate.fixedIps },
  id: READ_ONLY,
  security_groups: { ...OPTIONAL, convert: toGroupIds },
  device_id: TEXT,
};
