/**
 * The networks of a server: as they are asked for, and which of its interfaces go and come when they change.
 * Upstream: heat/engine/resources/server.py (_build_nics, _get_network_matches,
 * update_networks_matching_iface_port) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import {
  isUuidLike,
  repr,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../../python/index.js";
import type { NewInterface, Nic } from "../../../../../nova/client/index.js";
import type { Clients } from "../../../../clients/index.js";
import { objectsOf } from "../../service-resource.js";

/** `_build_nics`. @throws NotFound for a name that no network has */
export function* nicsOf(networks: readonly JsonObject[], clients: Clients): Op<Nic[]> {
  const nics: Nic[] = [];
  for (const { uuid = null, network = null, fixed_ip = null, port = null } of networks) {
    const label = str(network);
    const named =
      truth(network) && !isUuidLike(label) ? yield* clients.nova.networkNamed(label) : network;
    const id = truth(network) ? named : uuid;
    nics.push({
      ...(truth(id) && { uuid: str(id) }),
      ...(truth(fixed_ip) && { fixed_ip: str(fixed_ip) }),
      ...(truth(port) && { port: str(port) }),
    });
  }
  return nics;
}

/** A network of a server, its port found out if it was not said. */
interface WantedNetwork {
  port: Json;
  readonly network: Json;
  readonly fixed_ip: Json;
  readonly uuid: Json;
}

const wanted = ({
  port = null,
  network = null,
  fixed_ip = null,
  uuid = null,
}: JsonObject): WantedNetwork => ({ port, network, fixed_ip, uuid });

export interface InterfaceChanges {
  /** Ports to be taken off. */
  readonly detached: readonly string[];
  readonly attached: readonly NewInterface[];
}

/**
 * @param before null where the server got whatever there was
 * @param after null or empty where it shall
 */
export function interfaceChanges(
  before: Json,
  after: Json,
  interfaces: readonly JsonObject[],
): InterfaceChanges {
  let now = objectsOf(after).map(wanted);
  let detached: string[];
  if (before === null) detached = interfaces.map((one) => str(one["port_id"] ?? null));
  else {
    const old = objectsOf(before).map(wanted);
    const same = (one: WantedNetwork) => (other: WantedNetwork) =>
      repr(asJson(one)) === repr(asJson(other));
    const kept = old.filter((one) => now.some(same(one)));
    now = now.filter((one) => !kept.some(same(one)));
    const gone = old.filter((one) => !kept.includes(one));
    nameInterfaces([...gone, ...kept], interfaces);
    detached = gone.map(({ port }) => str(port));
  }
  const text = (value: Json): string | null => (truth(value) ? str(value) : null);
  const attached = now.flatMap(({ port, network, fixed_ip }): NewInterface[] => {
    if (truth(port)) return [{ port_id: str(port), net_id: null, fixed_ip: null }];
    if (!truth(network)) return [];
    return [{ port_id: null, net_id: str(network), fixed_ip: text(fixed_ip) }];
  });
  const any = { port_id: null, net_id: null, fixed_ip: null };
  return { detached, attached: truth(after) ? attached : [...attached, any] };
}

const asJson = ({ port, network, fixed_ip, uuid }: WantedNetwork): JsonObject => ({
  port,
  network,
  fixed_ip,
  uuid,
});

/** `update_networks_matching_iface_port`: to each interface its network. */
function nameInterfaces(
  networks: readonly WantedNetwork[],
  interfaces: readonly JsonObject[],
): void {
  for (const { port_id = null, net_id = null, fixed_ips } of interfaces) {
    const [first] = objectsOf(fixed_ips);
    const ip = first?.["ip_address"] ?? null;
    const equal = networks.find(
      ({ port, network, fixed_ip }) => port === port_id || (fixed_ip === ip && network === net_id),
    );
    // Upstream looks for one that says nothing but its network, and finds none: there is a key too many.
    if (equal !== undefined) equal.port = port_id;
  }
}
