/**
 * What a value must be, and the words for what it is not; a frame says which attribute it is about.
 * Upstream: the `_validate_*` functions of neutron/api/v2/attributes.py.
 */
import {
  bytesRepr,
  cidrOf,
  dictOrder,
  ipNetworkText,
  isMac,
  isObject,
  isUuid,
  parseIp,
  parseIpNetwork,
  PythonTypeError,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { integer } from "./conversions.js";

export type Validator = (value: Json) => string | undefined;

/** `type:values`. */
export const oneOf =
  (...valid: readonly Json[]): Validator =>
  (value) =>
    valid.includes(value) ? undefined : `'${str(value)}' is not in ${bytesRepr([...valid])}`;

export const text: Validator = (value) =>
  typeof value === "string" ? undefined : `'${str(value)}' is not a valid string`;

export const notEmpty: Validator = (value) => {
  if (typeof value !== "string") return text(value);
  return value.trim() === "" ? `'${value}' Blank strings are not permitted` : undefined;
};

/** `type:x_or_none`. */
export const orNone =
  (validator: Validator): Validator =>
  (value) =>
    value === null ? undefined : validator(value);

export const range =
  (least: number, most: number | bigint): Validator =>
  (value) => {
    const number = integer(value);
    if (number === undefined) return `'${str(value)}' is not an integer`;
    if (number < least) {
      return `'${String(number)}' is too small - must be at least '${String(least)}'`;
    }
    if (number <= most) return undefined;
    const shown = BigInt(number).toString();
    return `'${shown}' is too large - must be no larger than '${String(most)}'`;
  };

export const notNegative: Validator = (value) => {
  const number = integer(value);
  if (number === undefined) return `'${str(value)}' is not an integer`;
  return number < 0 ? `'${String(number)}' should be non-negative` : undefined;
};

export const macAddress: Validator = (value) =>
  isOneWord(value) && isMac(value) ? undefined : `'${str(value)}' is not a valid MAC address`;

export const ipAddress: Validator = (value) =>
  isOneWord(value) && parseIp(value) !== undefined
    ? undefined
    : `'${str(value)}' is not a valid IP address`;

export const uuid: Validator = (value) =>
  isCanonicalUuid(value) ? undefined : `'${str(value)}' is not a valid UUID`;

export const uuidList: Validator = (value) => {
  if (!isList(value)) return `'${str(value)}' is not a list`;
  const wrong = firstOf(value, uuid);
  if (wrong !== undefined || new Set(value).size === value.length) return wrong;
  return `Duplicate items in the list: '${value.map(str).join(", ")}'`;
};

/** `is_uuid_like`: only as `str(uuid.UUID(...))` writes it. */
export const isCanonicalUuid = (value: Json): boolean =>
  typeof value === "string" &&
  isUuid(value) &&
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);

export const subnet: Validator = (value) => {
  const network = isOneWord(value) ? parseIpNetwork(value) : undefined;
  if (network === undefined) return `'${str(value)}' is not a valid IP subnet`;
  if (str(value).includes("/")) return undefined;
  const cidr = ipNetworkText(cidrOf(network));
  return `'${str(value)}' isn't a recognized IP subnet cidr, '${cidr}' is recommended`;
};

export const ipPools: Validator = (value) => {
  if (!isList(value)) return `Invalid data format for IP pool: '${str(value)}'`;
  return firstOf(value, (pool) => {
    const wrong = exactKeys(["start", "end"], pool);
    if (wrong !== undefined || !isObject(pool)) return wrong;
    return ipAddress(pool["start"] ?? null) ?? ipAddress(pool["end"] ?? null);
  });
};

export const fixedIps: Validator = (value) => {
  if (!isList(value)) return `Invalid data format for fixed IP: '${str(value)}'`;
  const known: Json[] = [];
  return firstOf(value, (fixedIp) => {
    if (!isObject(fixedIp)) return `Invalid data format for fixed IP: '${str(fixedIp)}'`;
    if (Object.hasOwn(fixedIp, "ip_address")) {
      const address = fixedIp["ip_address"] ?? null;
      if (known.includes(address)) return `Duplicate IP address '${str(address)}'`;
      const wrong = ipAddress(address);
      if (wrong !== undefined) return wrong;
      known.push(address);
    }
    return Object.hasOwn(fixedIp, "subnet_id") ? uuid(fixedIp["subnet_id"] ?? null) : undefined;
  });
};

/** A host's name passes here, and is refused when the subnet is made. */
export const nameservers: Validator = (value) => {
  // Whatever Python goes through, but texts have no `__iter__` there.
  const items = isList(value) ? value : isObject(value) ? dictOrder(Object.keys(value)) : undefined;
  if (items === undefined) return `Invalid data format for nameserver: '${str(value)}'`;
  const known: Json[] = [];
  return firstOf(items, (item) => {
    if (ipAddress(item) !== undefined && !(typeof item === "string" && isHostName(item))) {
      return `'${str(item)}' is not a valid nameserver`;
    }
    if (known.includes(item)) return `Duplicate nameserver '${str(item)}'`;
    known.push(item);
    return undefined;
  });
};

/** `HOSTNAME_PATTERN`, read label by label: as a pattern it takes for ever over some texts. */
function isHostName(name: string): boolean {
  const labels = name.split(".");
  const last = labels.at(-1) ?? "";
  if (name.length > 254 || !labels.every((label) => /^[a-zA-Z0-9_][\w-]*$/.test(label)))
    return false;
  if (labels.slice(0, -1).some((label) => /^\d+$|-$/.test(label))) return false;
  const before = last.slice(0, -2);
  return /[a-zA-Z]{2}$/.test(last) && !before.endsWith("-") && (labels.length > 1 || before !== "");
}

export const hostRoutes: Validator = (value) => {
  if (!isList(value)) return `Invalid data format for hostroute: '${str(value)}'`;
  const known: string[] = [];
  return firstOf(value, (route) => {
    const wrong = exactKeys(["destination", "nexthop"], route);
    if (wrong !== undefined || !isObject(route)) return wrong;
    const { destination = null, nexthop = null } = route;
    const bad = subnet(destination) ?? ipAddress(nexthop);
    if (bad !== undefined) return bad;
    const both = JSON.stringify([destination, nexthop]);
    if (known.includes(both)) return `Duplicate hostroute '${str(route)}'`;
    known.push(both);
    return undefined;
  });
};

/** `type:dict` without a specification of its keys. */
export const dictionary: Validator = (value) =>
  isObject(value) ? undefined : `'${str(value)}' is not a dictionary`;

/** `_verify_dict_keys`: exactly these. */
export function exactKeys(expected: readonly string[], value: Json): string | undefined {
  if (!isObject(value)) return notWithKeys(expected, value);
  const provided = Object.keys(value);
  const same =
    provided.length === expected.length && expected.every((key) => Object.hasOwn(value, key));
  return same ? undefined : keysText(expected, value);
}

/** `_verify_dict_keys`, not strict: at least these. */
export const keysAmong = (expected: readonly string[], value: JsonObject): string | undefined =>
  expected.every((key) => Object.hasOwn(value, key)) ? undefined : keysText(expected, value);

const notWithKeys = (expected: readonly string[], value: Json): string =>
  `Invalid input. '${str(value)}' must be a dictionary with keys: ${bytesRepr(expected)}`;

function keysText(expected: readonly string[], value: JsonObject): string {
  const provided = dictOrder(dictOrder(Object.keys(value)));
  return (
    `Validation of dictionary's keys failed.Expected keys: ${setText(dictOrder(expected), "")} ` +
    `Provided keys: ${setText(provided, "u")}`
  );
}

/** `set([u'start'])`. */
function setText(items: readonly string[], prefix: "" | "u"): string {
  return `set(${prefix === "" ? bytesRepr(items) : str(items)})`;
}

/** The first complaint about an item. */
function firstOf(items: readonly Json[], about: Validator): string | undefined {
  for (const item of items) {
    const wrong = about(item);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** `_validate_no_whitespace`: a text with no blank within. */
const isOneWord = (value: Json): value is string =>
  typeof value === "string" && value.trim().split(/\s+/).length <= 1;

export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** What Python goes through in a `for`: a list, a text, the keys of an object. @throws PythonTypeError */
export function iterated(value: Json): readonly Json[] {
  if (isList(value)) return value;
  if (typeof value === "string") return Array.from(value);
  if (isObject(value)) return dictOrder(Object.keys(value));
  const type = value === null ? "NoneType" : typeof value === "boolean" ? "bool" : "int";
  throw new PythonTypeError(`'${type}' object is not iterable`);
}
