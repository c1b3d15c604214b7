/**
 * Where what a guest sends to the metadata address ends up: at its network's DHCP server, if that has told it so, or
 * else at the router that is its gateway. What dnsmasq tells is taken as of now, as if leases were renewed at once;
 * a guest has the first of its ports that is up. Upstream: neutron/agent/linux/dhcp.py (_output_opts_file,
 * get_isolated_subnets), l3_agent.py (metadata_nat_rules) at 2014.2.
 */
import type { GuestRoute } from "../../framework/project.js";
import type { NetworkNamespaces } from "../../hardware/network-namespaces.js";
import type { NeutronDatabase } from "./db/database.js";
import type { Port } from "./db/rows.js";
import { METADATA_IP } from "./metadata-proxy/namespace-proxy.js";
import { ROUTER_INTERFACE } from "./routing/rows.js";

const HTTP = 80;

const NO_NETWORK = { kind: "unreachable", reason: "network" } as const;

/** @param server the id of the server */
export function guestRoute(
  db: NeutronDatabase,
  namespaces: NetworkNamespaces,
  server: string,
): GuestRoute {
  const port = db.ports.find({ device_id: server }).find(({ status }) => status === "ACTIVE");
  return port === undefined ? NO_NETWORK : routeOf(db, namespaces, port);
}

function routeOf(
  db: NeutronDatabase,
  namespaces: NetworkNamespaces,
  { uuid, network_id }: Port,
): GuestRoute {
  const [own] = db.ipAllocations.find({ port_id: uuid }).flatMap(({ ip_address, subnet_id }) => {
    const subnet = db.subnets.get(subnet_id);
    return subnet?.ip_version === 4 ? [{ address: ip_address, subnet }] : [];
  });
  if (own === undefined) return NO_NETWORK;
  const { address, subnet } = own;
  const dhcp = namespaces.all.find(
    ({ name, interfaces }) => name === dhcpNamespace(network_id) && interfaces.length > 0,
  );
  // Nobody has told it its address.
  if (subnet.enable_dhcp && dhcp === undefined) return NO_NETWORK;
  const { gateway_ip: gateway } = subnet;
  const isolated = !db.ipAllocations
    .find({ subnet_id: subnet.uuid, ip_address: gateway ?? "" })
    .some(({ port_id }) => db.ports.get(port_id)?.device_owner === ROUTER_INTERFACE);
  if (isolated && dhcp?.has(network_id, METADATA_IP) === true) {
    return { kind: "at", from: address, address: dhcp.address(HTTP) };
  }
  if (gateway === null) return NO_NETWORK;
  const router = namespaces.all.find((space) => space.has(network_id, gateway));
  if (router === undefined) return { kind: "unreachable", reason: "host" };
  const redirect = router.redirects.get(METADATA_IP);
  if (redirect !== undefined) {
    return { kind: "at", from: address, address: router.address(redirect) };
  }
  return router.gateway ? { kind: "lost" } : NO_NETWORK;
}

export const dhcpNamespace = (network: string): string => `qdhcp-${network}`;

export const routerNamespace = (router: string): string => `qrouter-${router}`;
