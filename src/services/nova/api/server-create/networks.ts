/**
 * The networks of a request for servers. What is read here becomes a NetworkRequest, whose fields
 * take more than one would think. Upstream: nova/api/openstack/compute/servers.py
 * (_get_requested_networks), nova/objects/network_request.py, nova/objects/fields.py at 2014.2;
 * nova §1.2 row 7.
 */
import {
  get,
  ipAddress,
  isUuidLike,
  item,
  KeyError,
  noAttribute,
  str,
  ValueError,
  type Json,
} from "../../../../python/index.js";
import { InvalidFixedIpAndMaxCountRequest, MultiplePortsNotApplicable } from "../../exception.js";
import type { NetworkRequestFields } from "../../objects/network-request.js";
import { badRequest, isList, stringField } from "../input.js";

/** null if none were asked for. @throws HttpFault 400, AttributeError, ValueError */
export function requestedNetworksOf(given: Json): NetworkRequestFields[] | null {
  if (given === null) return null;
  if (!isList(given)) throw badRequest("Bad networks format");
  const seen = new Set<string>();
  return given.map((network) => {
    const request = requestOf(network);
    const { network_id } = request;
    // Whatever neutron.allow_duplicate_networks says: that is for ports.
    if (network_id !== null && network_id !== "" && seen.has(network_id)) {
      throw badRequest(`Duplicate networks (${network_id}) are not allowed`);
    }
    if (network_id !== null) seen.add(network_id);
    return request;
  });
}

function requestOf(network: Json): NetworkRequestFields {
  const port_id = portId(get(network, "port"));
  const network_id = port_id === null ? networkId(network) : null;
  return { network_id, address: address(get(network, "fixed_ip")), port_id, pci_request_id: null };
}

/** `UUIDField`: the text of anything; whether it is a port is for Neutron to say. */
function portId(given: Json): string | null {
  if (given === null) return null;
  const text = str(given);
  // `str()` of Python 2, whose error is a ValueError.
  if (/[^\0-\x7f]/.test(text)) {
    throw badRequest(`Bad port format: port uuid is not in proper format (${text})`);
  }
  return text === "" ? null : text;
}

function networkId(network: Json): string {
  const id = stringField(uuidOf(network));
  if (id === null) throw noAttribute(null, "split");
  // Once networks were named `br-<uuid>`.
  if (isUuidLike(id) || isUuidLike(id.slice(id.indexOf("-") + 1))) return id;
  throw badRequest(`Bad networks format: network uuid is not in proper format (${id})`);
}

function uuidOf(network: Json): Json {
  try {
    return item(network, "uuid");
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw badRequest(`Bad network format: missing ${error.message}`);
  }
}

/** `IPAddressField`; the text of the error shows the field, which was not set. */
function address(given: Json): string | null {
  if (given === null) return null;
  try {
    return ipAddress(given);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw badRequest("Invalid fixed IP address (None)");
  }
}

/** Several servers cannot share an address or a port. */
export function checkMultiple(networks: readonly NetworkRequestFields[]): void {
  if (networks.some(({ network_id, address }) => network_id !== null && address !== null)) {
    throw new InvalidFixedIpAndMaxCountRequest({
      reason: "max_count cannot be greater than 1 if an fixed_ip is specified.",
    });
  }
  if (networks.some(({ port_id }) => port_id !== null)) {
    throw new MultiplePortsNotApplicable({
      reason:
        "Unable to launch multiple instances with a single configured port ID. Please launch your instance one by one with different ports.",
    });
  }
}
