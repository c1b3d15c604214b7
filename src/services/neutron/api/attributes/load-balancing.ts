/**
 * The attributes of VIPs, pools, members, health monitors and service providers. Upstream:
 * neutron/extensions/loadbalancer.py (RESOURCE_ATTRIBUTE_MAP, SUB_RESOURCE_ATTRIBUTE_MAP), servicetype.py at 2014.2.
 */
import { isObject, str, type Json } from "../../../../python/index.js";
import type { Attribute, Attributes } from "./attribute.js";
import { noneToEmptyDict, toBoolean, toInteger, toList } from "./conversions.js";
import * as validate from "./validators.js";

const READ_ONLY: Attribute = {};
const TENANT: Attribute = { post: true, neededByPolicy: true, validate: validate.text };
const TEXT: Attribute = { post: true, put: true, default: "", validate: validate.text };
const UP: Attribute = { post: true, put: true, default: true, convert: toBoolean };
const PORT: Attribute = { post: true, convert: toInteger, validate: validate.range(0, 65535) };
const PROTOCOL: Attribute = { post: true, validate: validate.oneOf("TCP", "HTTP", "HTTPS") };
const SUBNET: Attribute = { post: true, validate: validate.uuid };
const OF_POOL: Attribute = { post: true, put: true, validate: validate.uuid };
const SECONDS: Attribute = {
  post: true,
  put: true,
  convert: toInteger,
  validate: validate.notNegative,
};

const persistenceType = validate.oneOf("APP_COOKIE", "HTTP_COOKIE", "SOURCE_IP");

/** `type:dict_or_empty`, as the specification of its keys is gone through. */
function persistence(value: Json): string | undefined {
  if (!isObject(value)) return validate.dictionary(value);
  if (Object.keys(value).length === 0) return undefined;
  const missing = validate.keysAmong(["type"], value);
  if (missing !== undefined) return missing;
  const { cookie_name, type = null } = value;
  const wrong = cookie_name === undefined ? undefined : validate.text(cookie_name);
  return wrong ?? persistenceType(type);
}

const CODES = /^(\d{3}(\s*,\s*\d{3})*)\n?$|^(\d{3}-\d{3})\n?$/;

const expectedCodes = (value: Json): string | undefined =>
  typeof value === "string" && CODES.test(value)
    ? undefined
    : `'${str(value)}' is not a valid input`;

export const vipAttributes: Attributes = {
  status: READ_ONLY,
  protocol: PROTOCOL,
  description: TEXT,
  address: { post: true, optional: true, validate: validate.orNone(validate.ipAddress) },
  protocol_port: PORT,
  port_id: READ_ONLY,
  id: READ_ONLY,
  status_description: READ_ONLY,
  name: TEXT,
  admin_state_up: UP,
  subnet_id: SUBNET,
  tenant_id: TENANT,
  connection_limit: { post: true, put: true, default: -1, convert: toInteger },
  pool_id: OF_POOL,
  session_persistence: {
    post: true,
    put: true,
    default: {},
    convert: noneToEmptyDict,
    validate: persistence,
  },
};

export const poolAttributes: Attributes = {
  status: READ_ONLY,
  lb_method: { post: true, put: true, validate: validate.text },
  protocol: PROTOCOL,
  description: TEXT,
  health_monitors: {
    post: true,
    put: true,
    default: null,
    convert: toList,
    validate: validate.uuidList,
  },
  members: READ_ONLY,
  status_description: READ_ONLY,
  id: READ_ONLY,
  name: TEXT,
  vip_id: READ_ONLY,
  admin_state_up: UP,
  subnet_id: SUBNET,
  tenant_id: TENANT,
  health_monitors_status: READ_ONLY,
  provider: { post: true, optional: true, validate: validate.text },
};

export const memberAttributes: Attributes = {
  admin_state_up: UP,
  status: READ_ONLY,
  status_description: READ_ONLY,
  weight: {
    post: true,
    put: true,
    default: 1,
    convert: toInteger,
    validate: validate.range(0, 256),
  },
  address: { post: true, validate: validate.ipAddress },
  tenant_id: TENANT,
  protocol_port: PORT,
  id: READ_ONLY,
  pool_id: OF_POOL,
};

export const healthMonitorAttributes: Attributes = {
  status: READ_ONLY,
  expected_codes: { post: true, put: true, default: "200", validate: expectedCodes },
  max_retries: { post: true, put: true, convert: toInteger, validate: validate.range(1, 10) },
  http_method: { ...TEXT, default: "GET" },
  url_path: { ...TEXT, default: "/" },
  id: READ_ONLY,
  status_description: READ_ONLY,
  admin_state_up: UP,
  tenant_id: TENANT,
  delay: SECONDS,
  timeout: SECONDS,
  pools: READ_ONLY,
  type: { post: true, validate: validate.oneOf("PING", "TCP", "HTTP", "HTTPS") },
};

/** Of a health monitor of a pool. */
export const associationAttributes: Attributes = {
  tenant_id: TENANT,
  id: { post: true, validate: validate.uuid },
};

/** It is nobody's: it has no `tenant_id`. */
export const serviceProviderAttributes: Attributes = {
  service_type: READ_ONLY,
  default: READ_ONLY,
  name: READ_ONLY,
};
