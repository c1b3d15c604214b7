/**
 * The attributes of security groups and their rules, and what becomes of their values. Upstream:
 * neutron/extensions/securitygroup.py at 2014.2.
 */
import {
  AttributeError,
  ipNetworkText,
  parseIpNetwork,
  str,
  type Json,
} from "../../../../python/index.js";
import { InvalidInput } from "../../errors.js";
import {
  InvalidCIDR,
  SecurityGroupDefaultAlreadyExists,
  SecurityGroupInvalidPortValue,
  SecurityGroupRuleInvalidProtocol,
} from "../../security-group-errors.js";
import type { Attribute, Attributes } from "./attribute.js";
import { integer } from "./conversions.js";
import { isCanonicalUuid, iterated, oneOf } from "./validators.js";

/** As upstream's list is printed. */
const PROTOCOLS = "[None, 'tcp', 'udp', 'icmp']";
const ETHERTYPES = ["IPv4", "IPv6"];

const READ_ONLY: Attribute = {};
const TENANT: Attribute = { post: true, neededByPolicy: true };
const UNSAID: Attribute = { post: true, default: null };

export const securityGroupAttributes: Attributes = {
  tenant_id: TENANT,
  description: { post: true, put: true, default: "" },
  id: READ_ONLY,
  security_group_rules: READ_ONLY,
  name: { post: true, put: true, default: "", validate: refuseDefault },
};

export const securityGroupRuleAttributes: Attributes = {
  remote_group_id: UNSAID,
  direction: { post: true, put: true, validate: oneOf("ingress", "egress") },
  remote_ip_prefix: { ...UNSAID, convert: toCidr },
  protocol: { ...UNSAID, convert: toProtocol },
  tenant_id: TENANT,
  ethertype: {
    post: true,
    default: "IPv4",
    convert: (value) => ETHERTYPES.find((type) => sameWord(type, value)) ?? null,
    validate: oneOf(...ETHERTYPES),
  },
  port_range_min: { ...UNSAID, convert: toPort },
  port_range_max: { ...UNSAID, convert: toPort },
  id: READ_ONLY,
  security_group_id: { post: true, neededByPolicy: true },
};

const sameWord = (word: string, value: Json): boolean =>
  typeof value === "string" && value.toLowerCase() === word.toLowerCase();

/** `type:name_not_default`. @throws SecurityGroupDefaultAlreadyExists */
function refuseDefault(value: Json): undefined {
  if (value === "default") throw new SecurityGroupDefaultAlreadyExists();
}

/**
 * `convert_to_uuid_list_or_none`: a filter hands it a text, and each letter counts.
 * @throws InvalidInput
 */
export function toGroupIds(value: Json): Json {
  if (value === null) return null;
  for (const id of iterated(value)) {
    if (isCanonicalUuid(id)) continue;
    throw new InvalidInput({ error_message: `'${str(id)}' is not an integer or uuid` });
  }
  return iterated(value);
}

/** A name in small letters, a number as it was given. @throws SecurityGroupRuleInvalidProtocol */
function toProtocol(value: Json): Json {
  if (value === null) return null;
  const number = integer(value);
  if (number !== undefined) {
    if (number >= 0 && number <= 255) return value;
  } else {
    if (typeof value !== "string") throw new AttributeError("no attribute 'lower'");
    const name = value.toLowerCase();
    if (["tcp", "udp", "icmp"].includes(name)) return name;
  }
  throw new SecurityGroupRuleInvalidProtocol({ protocol: str(value), values: PROTOCOLS });
}

/** @throws SecurityGroupInvalidPortValue */
function toPort(value: Json): Json {
  if (value === null) return null;
  const port = integer(value);
  if (port !== undefined && port >= 0 && port <= 65535) return port;
  throw new SecurityGroupInvalidPortValue({ port: str(value) });
}

/** With its prefix, and its host's part as it is. @throws InvalidCIDR */
function toCidr(value: Json): Json {
  if (value === null || value === "" || value === 0 || value === false) return null;
  const network = typeof value === "string" ? parseIpNetwork(value) : undefined;
  if (network === undefined) throw new InvalidCIDR({ input: str(value) });
  return ipNetworkText(network);
}
