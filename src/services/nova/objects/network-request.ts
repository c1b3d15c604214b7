/**
 * A network that a user asked for. Upstream: nova/objects/network_request.py (NetworkRequest
 * 1.0, which has the field of 1.1 and kept its number; NetworkRequestList 1.1) at 2014.2.
 */
import { versioned, type ObjectStore } from "./base.js";

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

export function networkRequestList(
  store: ObjectStore,
  requests: readonly NetworkRequestFields[],
): NetworkRequestList {
  return new NetworkRequestList(store, {
    objects: requests.map((fields) => new NetworkRequest(store, fields)),
  });
}
