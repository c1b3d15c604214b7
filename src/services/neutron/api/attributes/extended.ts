/**
 * What extensions let be said of networks and ports beyond the core: segments, pairs of addresses,
 * options of DHCP. Several of these raise an error of their own instead of a word for the frame.
 * Upstream: neutron/extensions/multiprovidernet.py, allowedaddresspairs.py, extra_dhcp_opt.py.
 */
import { HttpFault } from "../../../../http/index.js";
import {
  AttributeError,
  dictOrder,
  isObject,
  PythonTypeError,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import {
  AllowedAddressPairExhausted,
  AllowedAddressPairsMissingIP,
  DuplicateAddressPairInRequest,
  ExtraDhcpOptBadData,
} from "../../errors.js";
import type { Limits } from "./attribute.js";
import { toInteger } from "./conversions.js";
import {
  dictionary,
  ipAddress,
  isList,
  iterated,
  keysAmong,
  macAddress,
  notEmpty,
  orNone,
  subnet,
  uuid,
} from "./validators.js";

const SEGMENT_KEYS = [
  "provider:network_type",
  "provider:physical_network",
  "provider:segmentation_id",
] as const;

/** A segment of a network as a request says it. @throws HttpFault, InvalidInput, AttributeError */
export function validateSegments(value: Json): undefined {
  for (const segment of iterated(value)) {
    if (!isObject(segment)) throw new AttributeError("no attribute 'setdefault'");
    const id = segment["provider:segmentation_id"] ?? null;
    // Zero and the empty text are none.
    if (id !== null && id !== 0 && id !== "" && id !== false) toInteger(id);
    refuseOthers(segment, SEGMENT_KEYS);
  }
}

/** @throws AllowedAddressPairExhausted and its like, HttpFault, PythonTypeError */
export function validateAddressPairs(value: Json, { max_allowed_address_pair }: Limits): undefined {
  if (value === null || typeof value === "number" || typeof value === "boolean") {
    throw new PythonTypeError("object has no len()");
  }
  const pairs = iterated(value);
  if (pairs.length > max_allowed_address_pair) {
    throw new AllowedAddressPairExhausted({ quota: max_allowed_address_pair });
  }
  const known = new Set<string>();
  for (const pair of pairs) {
    if (!isObject(pair)) {
      // `'ip_address' in 'text'` is a question about letters.
      if (typeof pair === "string" && !pair.includes("ip_address")) {
        throw new AllowedAddressPairsMissingIP();
      }
      throw new PythonTypeError("string indices must be integers");
    }
    validatePair(pair, known);
  }
}

function validatePair(pair: JsonObject, known: Set<string>): void {
  const { mac_address: mac = null, ip_address: ip } = pair;
  if (Object.hasOwn(pair, "mac_address")) refuse(macAddress(mac));
  if (ip === undefined) throw new AllowedAddressPairsMissingIP();
  if (typeof ip === "object" && ip !== null) throw new PythonTypeError("unhashable type");
  const key = JSON.stringify([mac, ip]);
  if (known.has(key)) {
    throw new DuplicateAddressPairInRequest({ mac_address: str(mac), ip_address: str(ip) });
  }
  known.add(key);
  refuseOthers(pair, ["mac_address", "ip_address"]);
  if (typeof ip !== "string") throw new PythonTypeError("argument is not iterable");
  refuse(ip.includes("/") ? subnet(ip) : ipAddress(ip));
}

/** @throws ExtraDhcpOptBadData */
export function validateDhcpOptions(value: Json): undefined {
  if (value === null) return;
  if (!isList(value)) throw new ExtraDhcpOptBadData({ data: str(value) });
  for (const option of value) {
    const wrong = dictionary(option) ?? (isObject(option) ? wrongOption(option) : undefined);
    if (wrong !== undefined) throw new ExtraDhcpOptBadData({ data: wrong });
  }
}

function wrongOption(option: JsonObject): string | undefined {
  const { id, opt_name = null, opt_value = null } = option;
  return (
    keysAmong(["opt_value", "opt_name"], option) ??
    orNone(notEmpty)(opt_value) ??
    notEmpty(opt_name) ??
    (id === undefined ? undefined : uuid(id))
  );
}

/** @throws HttpFault 400 */
function refuseOthers(object: JsonObject, known: readonly string[]): void {
  const keys = dictOrder(dictOrder(Object.keys(object)));
  const others = dictOrder(keys.filter((key) => !known.includes(key)));
  if (others.length > 0)
    throw new HttpFault(400, `Unrecognized attribute(s) '${others.join(", ")}'`);
}

/** Outside of the frame: the bare words. @throws HttpFault 400 */
function refuse(wrong: string | undefined): void {
  if (wrong !== undefined) throw new HttpFault(400, wrong);
}
