/**
 * What nova-api checks before it takes a request for servers: that the networks and ports are there
 * and how many servers the tenant's port quota leaves room for. Upstream:
 * nova/network/neutronv2/api.py (validate_networks, _ports_needed_per_instance); nova §1.7 row A.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { dictOrder } from "../../../../python/index.js";
import type { NeutronClient } from "../../../neutron/client/index.js";
import {
  FixedIpAlreadyInUse,
  NetworkAmbiguous,
  NetworkDuplicated,
  NetworkNotFound,
  NetworkRequiresSubnet,
  PortInUse,
  PortRequiresFixedIP,
} from "../../exception.js";
import { availableNetworks, showPort } from "./available-networks.js";
import type { NetworkRequest } from "./requests.js";

export interface Validation {
  readonly requests: readonly NetworkRequest[];
  readonly count: number;
  /** `neutron.allow_duplicate_networks` */
  readonly allowDuplicates: boolean;
}

/** @returns how many of `count` servers the port quota allows; 0 is for the caller to refuse */
export function* validateNetworks(
  neutron: NeutronClient,
  ctxt: RequestContext,
  { requests, count, allowDuplicates }: Validation,
): Op<number> {
  const perInstance = yield* portsNeededPerInstance(neutron, ctxt, requests, allowDuplicates);
  if (perInstance === 0) return count;
  const project = ctxt.project_id ?? "";
  const ports = yield* neutron.list("ports", { tenant_id: project });
  const { port: limit = -1 } = yield* neutron.showQuota(project);
  if (limit === -1) return count;
  const free = limit - ports.length;
  return free >= perInstance * count ? count : Math.floor(free / perInstance);
}

function* portsNeededPerInstance(
  neutron: NeutronClient,
  ctxt: RequestContext,
  requests: readonly NetworkRequest[],
  allowDuplicates: boolean,
): Op<number> {
  if (requests.length === 0) {
    const networks = yield* availableNetworks(neutron, ctxt.project_id, []);
    if (networks.length > 1) throw ambiguous();
    return 1;
  }
  const [wanted, seen]: [string[], Set<string | null>] = [[], new Set()];
  for (const request of requests) {
    if (request.port_id !== null) yield* checkPort(neutron, request, request.port_id);
    else {
      wanted.push(request.network_id ?? "");
      if (request.address !== null) yield* checkAddress(neutron, request, request.address);
    }
    const { network_id } = request;
    if (!allowDuplicates && seen.has(network_id)) throw new NetworkDuplicated({ network_id });
    seen.add(network_id);
  }
  if (wanted.length > 0) yield* checkNetworks(neutron, ctxt, wanted);
  return wanted.length;
}

/** Its network is the one that is asked for. */
function* checkPort(neutron: NeutronClient, request: NetworkRequest, id: string): Op<void> {
  const port = yield* showPort(neutron, id);
  if (port["device_id"] !== "" && port["device_id"] !== null) throw new PortInUse({ port_id: id });
  if ((port["fixed_ips"] as readonly unknown[]).length === 0) {
    throw new PortRequiresFixedIP({ port_id: id });
  }
  request.network_id = port["network_id"] as string;
}

function* checkAddress(neutron: NeutronClient, request: NetworkRequest, address: string): Op<void> {
  const [holder] = yield* neutron.list("ports", {
    network_id: request.network_id ?? "",
    fixed_ips: `ip_address=${address}`,
    fields: "device_id",
  });
  if (holder === undefined) return;
  throw new FixedIpAlreadyInUse({ address, instance_uuid: holder["device_id"] });
}

function* checkNetworks(
  neutron: NeutronClient,
  ctxt: RequestContext,
  wanted: readonly string[],
): Op<void> {
  const networks = yield* availableNetworks(neutron, ctxt.project_id, wanted);
  for (const { id, subnets } of networks) {
    if ((subnets as readonly unknown[]).length === 0) {
      throw new NetworkRequiresSubnet({ network_uuid: id });
    }
  }
  const lost = wanted.filter((id) => !networks.some((network) => network["id"] === id));
  if (lost.length > 0) throw new NetworkNotFound({ network_id: dictOrder(lost).join(", ") });
}

export const ambiguous = (): NetworkAmbiguous =>
  new NetworkAmbiguous(
    {},
    "Multiple possible networks found, use a Network ID to be more specific.",
  );
