/**
 * The addresses of a server, by network, from its info cache and never live from Neutron. Upstream:
 * nova/api/openstack/common.py (get_networks_for_instance_from_nw_info) and
 * nova/api/openstack/compute/views/addresses.py; nova §5.4.
 */
import type { JsonObject } from "../../../../python/index.js";
import type { NetworkInfo } from "../../network-api/model.js";

interface Address {
  readonly addr: string;
  readonly version: number;
  readonly type: string;
  /** Of several ports on one network all addresses bear the last one's. */
  mac: string;
}

function byNetwork(networkInfo: NetworkInfo): Map<string, readonly Address[]> {
  const networks = new Map<string, { fixed: Address[]; floating: Address[] }>();
  for (const { address: mac, network } of networkInfo) {
    const label = network.label ?? "null";
    const known = networks.get(label) ?? { fixed: [], floating: [] };
    networks.set(label, known);
    for (const ip of network.subnets.flatMap(({ ips }) => ips)) {
      known.fixed.push({ addr: ip.address ?? "", version: ip.version, type: ip.type, mac });
      for (const { address, version, type } of ip.floating_ips) {
        known.floating.push({ addr: address ?? "", version, type, mac });
      }
    }
    for (const address of [...known.fixed, ...known.floating]) address.mac = mac;
  }
  const all = [...networks].map(
    ([label, { fixed, floating }]) => [label, [...fixed, ...floating]] as const,
  );
  return new Map(all);
}

/** `{private: [{addr, version}]}`: the answer to `/servers/{id}/ips`. */
export const plainAddresses = (networkInfo: NetworkInfo): JsonObject =>
  shown(networkInfo, ({ addr, version }) => ({ version, addr }));

/** With type and MAC address, as the view of a server has them. */
export const extendedAddresses = (networkInfo: NetworkInfo): JsonObject =>
  shown(networkInfo, ({ addr, version, type, mac }) => ({
    "OS-EXT-IPS-MAC:mac_addr": mac,
    version,
    addr,
    "OS-EXT-IPS:type": type,
  }));

function shown(networkInfo: NetworkInfo, show: (address: Address) => JsonObject): JsonObject {
  const networks = [...byNetwork(networkInfo)];
  return Object.fromEntries(networks.map(([label, list]) => [label, list.map(show)]));
}
