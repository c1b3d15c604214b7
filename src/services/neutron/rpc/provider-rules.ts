/**
 * What a network itself has agents let in, whatever the groups of a port say: answers of its DHCP servers,
 * and router advertisements. Kept until a server, a router's port or a subnet of the network changes.
 * Upstream: neutron/db/securitygroups_rpc_base.py (_apply_provider_rule) at 2014.2.
 */
import {
  dictOrder,
  eui64,
  ipText,
  isLinkLocal,
  parseIp,
  type IpAddress,
  type JsonObject,
} from "../../../python/index.js";
import type { NeutronDatabase } from "../db/database.js";
import type { Subnet } from "../db/rows.js";
import { ROUTER_INTERFACE } from "../routing/rows.js";

interface NetworkRules {
  /** First those of routers. */
  readonly rules: readonly JsonObject[];
  /** Subnets whose gateway should send advertisements, and is nobody's or several ports' address. */
  readonly unrouted: readonly string[];
}

const DHCP_OWNER = "network:dhcp";

/** `ICMPV6_TYPE_RA`. */
const ROUTER_ADVERTISEMENT = 134;

const LINK_LOCAL = 0xfe80n << 112n;

export class ProviderRules {
  readonly #database: NeutronDatabase;
  readonly #networks = new Map<string, NetworkRules>();

  constructor(database: NeutronDatabase) {
    const { ipAllocations, ports, subnets } = database;
    this.#database = database;
    ports.follow({
      moved: (before, after) => {
        for (const port of [before, after]) {
          if (port?.device_owner.startsWith("network:") === true) this.#forget(port.network_id);
        }
      },
    });
    ipAllocations.follow({
      moved: (before, after) => {
        for (const each of [before, after]) {
          // A port that is gone already was forgotten as it went.
          const owner = each === undefined ? undefined : ports.get(each.port_id)?.device_owner;
          if (each !== undefined && owner?.startsWith("network:") === true) {
            this.#forget(each.network_id);
          }
        }
      },
    });
    subnets.follow({
      moved: (before, after) => {
        for (const subnet of [before, after]) {
          if (subnet !== undefined) this.#forget(subnet.network_id);
        }
      },
    });
  }

  /** Without change they are the same object again. */
  of(networkId: string): NetworkRules {
    let network = this.#networks.get(networkId);
    if (network === undefined) {
      this.#networks.set(networkId, (network = this.#make(networkId)));
    }
    return network;
  }

  #forget(networkId: string): void {
    this.#networks.delete(networkId);
  }

  #make(networkId: string): NetworkRules {
    const unrouted: string[] = [];
    const routers: string[] = [];
    for (const subnet of this.#database.subnets.find({ network_id: networkId })) {
      const { gateway_ip, ip_version, ipv6_ra_mode, uuid } = subnet;
      const gateway = gateway_ip === null ? undefined : parseIp(gateway_ip);
      if (ip_version !== 6 || gateway_ip === null || gateway === undefined) continue;
      if (isLinkLocal(gateway)) routers.push(gateway_ip);
      else if (ipv6_ra_mode !== null) {
        const address = this.#routerAddress(subnet, gateway_ip);
        if (address === undefined) unrouted.push(uuid);
        else routers.push(address);
      }
    }
    const rules = [
      ...dictOrder([...new Set(routers)]).map(advertisementRule),
      ...[...new Set(this.#dhcpAddresses(networkId))].map(dhcpRule),
    ];
    return { rules, unrouted };
  }

  #dhcpAddresses(network_id: string): string[] {
    const { ipAllocations, ports } = this.#database;
    return ports.find({ network_id, device_owner: DHCP_OWNER }).flatMap(({ uuid, mac_address }) =>
      ipAllocations.find({ port_id: uuid }).map(({ ip_address }) => {
        const ip = parseIp(ip_address);
        const isGlobal = ip?.version === 6 && !isLinkLocal(ip);
        return isGlobal ? linkLocalOf(mac_address) : ip_address;
      }),
    );
  }

  /** Where advertisements of the subnet's router come from, if it has just one. */
  #routerAddress({ uuid }: Subnet, ip_address: string): string | undefined {
    const { ipAllocations, ports } = this.#database;
    const [port, ...others] = ipAllocations
      .find({ subnet_id: uuid, ip_address })
      .map(({ port_id }) => ports.get(port_id))
      .filter((each) => each?.device_owner === ROUTER_INTERFACE);
    if (port === undefined || others.length > 0) return undefined;
    return linkLocalOf(port.mac_address);
  }
}

/** `get_ipv6_addr_by_EUI64` of neutron/common/ipv6_utils.py. */
const linkLocalOf = (mac: string): string => ipText({ version: 6, value: LINK_LOCAL + eui64(mac) });

const advertisementRule = (source_ip_prefix: string): JsonObject => ({
  direction: "ingress",
  ethertype: "IPv6",
  protocol: "icmpv6",
  source_ip_prefix,
  source_port_range_min: ROUTER_ADVERTISEMENT,
});

/** `DHCP_RULE_PORT`: from the server's port to the client's. */
const DHCP_PORTS: Readonly<Record<IpAddress["version"], readonly [number, number]>> = {
  4: [67, 68],
  6: [547, 546],
};

function dhcpRule(source_ip_prefix: string): JsonObject {
  const version = parseIp(source_ip_prefix)?.version ?? 4;
  const [source, destination] = DHCP_PORTS[version];
  return {
    direction: "ingress",
    ethertype: `IPv${String(version)}`,
    protocol: "udp",
    port_range_min: destination,
    port_range_max: destination,
    source_port_range_min: source,
    source_port_range_max: source,
    source_ip_prefix,
  };
}
