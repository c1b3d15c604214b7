/**
 * What a subnet may be: versions that agree, a gateway that is in it, so many servers and routes,
 * modes that go together, and no overlap. Upstream: neutron/db/db_base_plugin_v2.py
 * (_validate_subnet, _validate_ipv6_attributes, _validate_subnet_cidr).
 */
import type { Row } from "../../../../framework/index.js";
import {
  firstOf,
  ipNetworkText,
  isLinkLocal,
  lastOf,
  overlap,
  parseIp,
  parseIpNetwork,
  str,
  type IpNetwork,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { NeutronDatabase } from "../../db/database.js";
import {
  DNSNameServersExhausted,
  GatewayIpInUse,
  HostRoutesExhausted,
  InvalidInput,
} from "../../errors.js";
import type { Subnet } from "../../db/rows.js";

export interface SubnetFlags {
  readonly force_gateway_on_subnet: boolean;
  readonly max_dns_nameservers: number;
  readonly max_subnet_host_routes: number;
}

/** The subnet that is changed, and where its addresses are. */
interface Current {
  readonly row: Row<Subnet>;
  readonly database: NeutronDatabase;
}

const invalid = (error_message: string): InvalidInput => new InvalidInput({ error_message });

const isSet = (value: Json | undefined): value is Exclude<Json, null> =>
  value !== undefined && value !== null;

/**
 * @param subnet what is said of it, with its version and CIDR
 * @throws InvalidInput, GatewayIpInUse, DNSNameServersExhausted, HostRoutesExhausted
 */
export function checkSubnet(
  subnet: JsonObject,
  current: Current | undefined,
  flags: SubnetFlags,
): void {
  const version = subnet["ip_version"] as number;
  const cidr = subnet["cidr"] as string;
  const id = subnet["id"] ?? "new subnet";
  checkVersion(version, cidr, "cidr");
  const gateway = subnet["gateway_ip"];
  if (isSet(gateway)) {
    checkVersion(version, str(gateway), "gateway_ip");
    if (flags.force_gateway_on_subnet && !gatewayIsIn(cidr, str(gateway))) {
      throw invalid("Gateway is not valid on subnet");
    }
    if (current !== undefined) checkGatewayIsFree(current);
  }
  const servers = (subnet["dns_nameservers"] ?? []) as readonly string[];
  const { max_dns_nameservers: quota, max_subnet_host_routes } = flags;
  if (servers.length > quota) throw new DNSNameServersExhausted({ subnet_id: id, quota });
  for (const server of servers) {
    if (parseIp(server) === undefined) throw invalid(`Error parsing dns address ${server}`);
    checkVersion(version, server, "dns_nameserver");
  }
  const routes = (subnet["host_routes"] ?? []) as readonly JsonObject[];
  if (routes.length > max_subnet_host_routes) {
    throw new HostRoutesExhausted({ subnet_id: id, quota: max_subnet_host_routes });
  }
  for (const { destination, nexthop } of routes) {
    checkVersion(version, str(nexthop ?? null), "nexthop");
    checkVersion(version, str(destination ?? null), "destination");
  }
  if (version === 4) {
    for (const name of ["ipv6_ra_mode", "ipv6_address_mode"]) {
      if (isSet(subnet[name])) throw invalid(`${name} is not valid when ip_version is 4`);
    }
  } else checkModes(subnet, cidr, current);
}

/** `_check_subnet_ip`: neither the network's own address nor the broadcast address. */
export function isInSubnet(cidr: string, address: string): boolean {
  const [net, ip] = [parseIpNetwork(cidr), parseIp(address)];
  if (net === undefined || ip?.version !== net.version) return false;
  return ip.value > firstOf(net) && ip.value < lastOf(net);
}

/** Whether the addresses of the subnet are made of the MACs of its ports. */
export const usesEui64 = ({
  ipv6_address_mode: mode,
}: Pick<Subnet, "ipv6_address_mode">): boolean => mode === "slaac" || mode === "dhcpv6-stateless";

/** Unless overlaps are allowed, no two subnets of the whole cloud may have an address in common. */
export function checkOverlap(
  { subnets }: NeutronDatabase,
  net: IpNetwork,
  networkId: string,
  allowed: boolean,
): void {
  if (net.prefix === 0) throw invalid("0 is not allowed as CIDR prefix length");
  const others = allowed ? subnets.find({ network_id: networkId }) : subnets.find();
  const taken = others.some(({ cidr }) => {
    const other = parseIpNetwork(cidr);
    return other !== undefined && overlap(net, other);
  });
  if (!taken) return;
  const cidr = ipNetworkText(net);
  throw invalid(
    `Requested subnet with cidr: ${cidr} for network: ${networkId} overlaps with another subnet`,
  );
}

function checkVersion(version: number, address: string, name: string): void {
  if (parseIpNetwork(address)?.version === version) return;
  throw invalid(`${name} '${address}' does not match the ip_version '${String(version)}'`);
}

/** An IPv6 gateway may be on the link instead. */
function gatewayIsIn(cidr: string, gateway: string): boolean {
  const ip = parseIp(gateway);
  return (ip !== undefined && isLinkLocal(ip)) || isInSubnet(cidr, gateway);
}

/** @throws GatewayIpInUse while a port has the gateway's address of before */
function checkGatewayIsFree({ row, database }: Current): void {
  const { gateway_ip, uuid } = row;
  if (gateway_ip === null) return;
  const taken = database.ipAllocations.first({ ip_address: gateway_ip, subnet_id: uuid });
  if (taken === undefined) return;
  throw new GatewayIpInUse({ ip_address: gateway_ip, port_id: taken.port_id });
}

function checkModes(subnet: JsonObject, cidr: string, current: Current | undefined): void {
  const [ra, address] = [subnet["ipv6_ra_mode"], subnet["ipv6_address_mode"]];
  if (current !== undefined) {
    const { ipv6_ra_mode, ipv6_address_mode } = current.row;
    if (subnet["enable_dhcp"] !== false) return;
    if (ipv6_ra_mode === null && ipv6_address_mode === null) return;
    throw invalid("Cannot disable enable_dhcp with ipv6 attributes set");
  }
  if ((isSet(ra) || isSet(address)) && subnet["enable_dhcp"] !== true) {
    throw invalid(
      "ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False.",
    );
  }
  if (isSet(ra) && isSet(address) && ra !== address) {
    throw invalid(
      `ipv6_ra_mode set to '${str(ra)}' with ipv6_address_mode set to '${str(address)}' is not valid. If both attributes are set, they must be the same value`,
    );
  }
  if (address !== "slaac" && address !== "dhcpv6-stateless") return;
  if (parseIpNetwork(cidr)?.prefix === 64) return;
  throw invalid(
    `Invalid CIDR ${cidr} for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires the prefix to be /64.`,
  );
}
