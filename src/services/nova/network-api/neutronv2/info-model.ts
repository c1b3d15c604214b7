/**
 * Reads a server's network out of Neutron: its ports, per address the floating ones, per port the
 * subnets, per subnet the DHCP server. Upstream: nova/network/neutronv2/api.py
 * (_build_network_info_model); other-services §11 (NW1 to NW5).
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { NeutronClientException, type NeutronClient } from "../../../neutron/client/index.js";
import {
  deviceName,
  fixedIp,
  ip,
  type FixedIpModel,
  type NetworkInfo,
  type NetworkModel,
  type SubnetModel,
  type Vif,
} from "../model.js";
import { availableNetworks } from "./available-networks.js";
import type { NeutronClients } from "./clients.js";
import type { NetworkedInstance } from "./requests.js";

/** Ports just allocated and their networks; without them, what the cache knows is read anew. */
export interface Allocated {
  readonly networks: readonly JsonObject[];
  readonly portIds: readonly string[];
}

interface NeutronPort extends JsonObject {
  readonly id: string;
  readonly tenant_id: string;
  readonly network_id: string;
  readonly mac_address: string;
  readonly status: string;
  readonly admin_state_up: boolean;
  readonly fixed_ips: readonly { readonly subnet_id: string; readonly ip_address: string }[];
}

export function* buildNetworkInfoModel(
  clients: NeutronClients,
  ctxt: RequestContext,
  instance: NetworkedInstance,
  allocated: Allocated | undefined,
): Op<NetworkInfo> {
  const admin = clients.admin();
  const user = clients.user(ctxt);
  const search = { tenant_id: instance.project_id ?? "", device_id: instance.uuid };
  const ports = (yield* admin.list("ports", search)) as readonly NeutronPort[];
  // After the ports, under the lock: one that is loaded only now has what was attached before.
  yield* instance.loadInfoCache(ctxt);
  const cached = instance.info_cache.network_info as NetworkInfo;
  const networks = yield* networksOf(user, instance, cached, allocated);
  const portIds = [...cached.map(({ id }) => id), ...(allocated?.portIds ?? [])];
  const vifs: Vif[] = [];
  for (const id of new Set(portIds)) {
    const port = ports.find((candidate) => candidate.id === id);
    // Somebody else has deleted it.
    if (port === undefined) continue;
    const ips = yield* fixedIps(admin, port);
    const subnets = yield* subnetsOf(user, port, ips);
    vifs.push(vifOf(clients, port, networks, subnets));
  }
  return vifs;
}

function* networksOf(
  user: NeutronClient,
  instance: NetworkedInstance,
  cached: NetworkInfo,
  allocated: Allocated | undefined,
): Op<readonly JsonObject[]> {
  if (allocated === undefined) {
    const ids = cached.map(({ network }) => network.id);
    return yield* availableNetworks(user, instance.project_id, ids);
  }
  const known = cached.map(({ network }) => ({
    id: network.id,
    name: network.label,
    tenant_id: network.meta["tenant_id"] ?? null,
  }));
  return [...allocated.networks, ...known];
}

function* fixedIps(admin: NeutronClient, port: NeutronPort): Op<FixedIpModel[]> {
  const ips: FixedIpModel[] = [];
  for (const { ip_address } of port.fixed_ips) {
    const floating = yield* floatingIps(admin, ip_address, port.id);
    ips.push(fixedIp(ip_address, floating));
  }
  return ips;
}

/** None if Neutron knows no floating IPs at all. */
function* floatingIps(admin: NeutronClient, address: string, portId: string): Op<string[]> {
  try {
    const search = { fixed_ip_address: address, port_id: portId };
    const found = yield* admin.list("floatingips", search);
    return found.map((floating) => floating["floating_ip_address"] as string);
  } catch (error) {
    if (error instanceof NeutronClientException && error.status === 404) return [];
    throw error;
  }
}

function* subnetsOf(
  user: NeutronClient,
  port: NeutronPort,
  ips: readonly FixedIpModel[],
): Op<SubnetModel[]> {
  // An empty list of ids would ask for every subnet there is.
  if (port.fixed_ips.length === 0) return [];
  const id = port.fixed_ips.map(({ subnet_id }) => subnet_id);
  const subnets: SubnetModel[] = [];
  for (const subnet of yield* user.list("subnets", { id })) {
    const network_id = subnet["network_id"] as string;
    const search = { network_id, device_owner: "network:dhcp" };
    const dhcpPorts = (yield* user.list("ports", search)) as readonly NeutronPort[];
    const servers = dhcpPorts.flatMap(({ fixed_ips }) => fixed_ips);
    const server = servers.findLast(({ subnet_id }) => subnet_id === subnet["id"]);
    const own = port.fixed_ips.filter(({ subnet_id }) => subnet_id === subnet["id"]);
    subnets.push({
      cidr: subnet["cidr"] as string,
      dns: (subnet["dns_nameservers"] as readonly string[]).map((server) => ip(server, "dns")),
      gateway: ip(subnet["gateway_ip"] as string | null, "gateway"),
      ips: ips.filter(({ address }) => own.some(({ ip_address }) => ip_address === address)),
      routes: (subnet["host_routes"] as readonly JsonObject[]).map((route) => ({
        cidr: route["destination"] as string,
        gateway: ip(route["nexthop"] as string, "gateway"),
        interface: null,
        meta: {},
      })),
      version: subnet["ip_version"] as number,
      meta: server === undefined ? {} : { dhcp_server: server.ip_address },
    });
  }
  return subnets;
}

function vifOf(
  { flags }: NeutronClients,
  port: NeutronPort,
  networks: readonly JsonObject[],
  subnets: readonly SubnetModel[],
): Vif {
  const network = networks.find(({ id }) => id === port.network_id);
  const type = (port["binding:vif_type"] as string | undefined) ?? "";
  const isOvs = type === "ovs";
  const model: NetworkModel = {
    id: port.network_id,
    bridge: isOvs ? flags.neutron_ovs_bridge : null,
    label: (network?.["name"] as string | undefined) ?? null,
    subnets,
    meta: {
      injected: flags.flat_injected,
      tenant_id: network?.["tenant_id"] ?? port.tenant_id,
    },
  };
  return {
    id: port.id,
    address: port.mac_address,
    network: model,
    type,
    details: (port["binding:vif_details"] as JsonObject | undefined) ?? {},
    devname: deviceName(port.id),
    ovs_interfaceid: isOvs ? port.id : null,
    qbh_params: null,
    qbg_params: null,
    vnic_type: (port["binding:vnic_type"] as string | undefined) ?? "normal",
    profile: (port["binding:profile"] as JsonObject | undefined) ?? {},
    // A port that is meant to be down will not come up, so nobody need wait for it.
    active: !port.admin_state_up || port.status === "ACTIVE",
    meta: {},
  };
}
