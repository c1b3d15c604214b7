/**
 * The networks of a request for servers. Upstream: nova/api/openstack/compute/servers.py
 * (_get_requested_networks) at 2014.2; nova §1.2 row 7.
 */
import { isIpv4, isIpv6, isUuidLike, isObject, type Json } from "../../../../python/index.js";
import { InvalidFixedIpAndMaxCountRequest, MultiplePortsNotApplicable } from "../../exception.js";
import type { NetworkRequestFields } from "../../objects/network-request.js";
import { badRequest, isList, shown } from "../input.js";

/** null if none were asked for. @throws HttpFault 400 */
export function requestedNetworksOf(
  given: Json | undefined,
  allowDuplicates: boolean,
): NetworkRequestFields[] | null {
  if (given === undefined || given === null) return null;
  if (!isList(given)) throw badRequest("Bad networks format");
  const seen = new Set<string>();
  return given.map((network) => {
    const request = requestOf(network);
    const { network_id } = request;
    if (network_id === null) return request;
    if (!allowDuplicates && seen.has(network_id)) {
      throw badRequest(`Duplicate networks (${network_id}) are not allowed`);
    }
    seen.add(network_id);
    return request;
  });
}

function requestOf(network: Json): NetworkRequestFields {
  if (!isObject(network)) throw badRequest("Bad networks format");
  const { port, uuid, fixed_ip } = network;
  const port_id = port === undefined || port === null || port === "" ? null : port;
  if (port_id !== null && (typeof port_id !== "string" || !isUuidLike(port_id))) {
    throw badRequest(`Bad port format: port uuid is not in proper format (${shown(port_id)})`);
  }
  if (port_id === null) {
    if (uuid === undefined) throw badRequest("Bad network format: missing 'uuid'");
    if (typeof uuid !== "string" || !isNetworkId(uuid)) {
      throw badRequest(
        `Bad networks format: network uuid is not in proper format (${shown(uuid)})`,
      );
    }
  }
  const address = fixed_ip ?? null;
  if (address !== null && (typeof address !== "string" || !(isIpv4(address) || isIpv6(address)))) {
    throw badRequest(`Invalid fixed IP address (${shown(address)})`);
  }
  const network_id = port_id === null ? (uuid as string) : null;
  return { network_id, address, port_id, pci_request_id: null };
}

/** Once networks were named `br-<uuid>`. */
const isNetworkId = (id: string): boolean =>
  isUuidLike(id) || isUuidLike(id.slice(id.indexOf("-") + 1));

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
