/**
 * A network that a user asked for. Upstream: nova/objects/network_request.py (NetworkRequest
 * 1.0, which has the field of 1.1 and kept its number; NetworkRequestList 1.1) at 2014.2.
 */
import { versioned } from "./base/declare.js";
import type { ObjectStore } from "./base/versioned-object.js";

export interface NetworkRequestFields {
  network_id: string | null;
  address: string | null;
  port_id: string | null;
  pci_request_id: string | null;
}

export class NetworkRequest extends versioned<NetworkRequestFields>({
  name: "NetworkRequest",
  version: "1.0",
  fields: {
    network_id: true,
    address: true,
    port_id: true,
    pci_request_id: true,
  },
}) {}

export class NetworkRequestList extends versioned<{
  objects: readonly NetworkRequest[];
}>({
  name: "NetworkRequestList",
  version: "1.1",
  objects: ["objects"],
  fields: { objects: true },
}) {}

/** As Icehouse has them: network, address, port. nova-network's have two members, some of Juno's four. */
type NetworkTuple = readonly [
  network_id: string | null,
  address: string | null,
  port_id?: string | null,
  pci_request_id?: string | null,
];

/** What may come over the bus: who is of the release before sends tuples. */
export type RequestedNetworks = NetworkRequestList | readonly NetworkTuple[] | null;

/** `from_tuple` of each, where they are no objects yet. */
export function asNetworkRequests(
  store: ObjectStore,
  requested: RequestedNetworks,
): NetworkRequestList | null {
  if (requested === null || requested instanceof NetworkRequestList) return requested;
  if (requested.length === 0) return null;
  const fields = requested.map(
    ([network_id, address, port_id = null, pci_request_id = null]): NetworkRequestFields => ({
      network_id,
      address,
      port_id,
      pci_request_id,
    }),
  );
  return networkRequestList(store, fields);
}

export function networkRequestList(
  store: ObjectStore,
  requests: readonly NetworkRequestFields[],
): NetworkRequestList {
  return new NetworkRequestList(store, {
    objects: requests.map((fields) => new NetworkRequest(store, fields)),
  });
}
