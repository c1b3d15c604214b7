/**
 * Makes the ports of a new server, or takes those that the user made. What was done is undone if it
 * cannot be finished. Upstream: nova/network/neutronv2/api.py (allocate_for_instance,
 * _create_port, _unbind_ports, _delete_ports); nova §1.7 row B.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { type JsonObject } from "../../../../python/index.js";
import { NeutronClientException, type NeutronClient } from "../../../neutron/client/index.js";
import {
  ExternalNetworkAttachForbidden,
  NoMoreFixedIps,
  PortInUse,
  PortLimitExceeded,
  SecurityGroupCannotBeApplied,
} from "../../exception.js";
import { availableNetworks } from "./available-networks.js";
import type { NeutronClients } from "./clients.js";
import type { Allocated } from "./info-model.js";
import { isUnspecified, type NetworkedInstance, type NetworkRequest } from "./requests.js";
import { securityGroupIds } from "./security-groups.js";
import { ambiguous } from "./validate.js";

export interface Allocation {
  readonly ctxt: RequestContext;
  readonly instance: NetworkedInstance;
  readonly requests: readonly NetworkRequest[];
  readonly securityGroups: readonly string[];
}

/** @returns the ports in the order in which they were asked for; undefined if there is no network */
export function* allocatePorts(
  clients: NeutronClients,
  allocation: Allocation,
): Op<Allocated | undefined> {
  const { ctxt, instance, securityGroups } = allocation;
  const neutron = clients.user(ctxt);
  const requests = isUnspecified(allocation.requests) ? [] : allocation.requests;
  for (const request of requests) yield* claimedByNobody(neutron, request);
  const ids = requests.map(({ network_id }) => network_id).filter((id) => id !== null);
  const networks = yield* availableNetworks(neutron, instance.project_id, ids);
  const [first] = networks;
  if (first === undefined) {
    clients.env.log("warning", "No network configured!");
    return undefined;
  }
  if (requests.length === 0 && networks.length > 1) throw ambiguous();
  checkExternal(ctxt, networks);
  const groups = yield* securityGroupIds(neutron, instance.project_id, securityGroups);
  const ordered =
    requests.length > 0
      ? requests
      : [{ network_id: first["id"] as string, address: null, port_id: null }];
  return yield* new Ports(clients, allocation, groups).allocate(ordered, networks);
}

/** A given port must be free, and says which network it is on. @throws PortInUse, NeutronClientException */
function* claimedByNobody(neutron: NeutronClient, request: NetworkRequest): Op<void> {
  if (request.port_id === null) return;
  const port = yield* neutron.show("ports", request.port_id);
  if (port["device_id"] !== "" && port["device_id"] !== null) {
    throw new PortInUse({ port_id: request.port_id });
  }
  request.network_id = port["network_id"] as string;
}

/** Policy `network:attach_external_network`: admins only. */
function checkExternal(ctxt: RequestContext, networks: readonly JsonObject[]): void {
  if (ctxt.is_admin) return;
  const barred = networks.find((net) => net["router:external"] === true);
  if (barred !== undefined)
    throw new ExternalNetworkAttachForbidden({ network_uuid: barred["id"] });
}

/** The ports of one allocation, as far as they have come. */
class Ports {
  readonly #clients: NeutronClients;
  readonly #allocation: Allocation;
  readonly #groups: readonly string[];
  readonly #created: string[] = [];
  readonly #touched: string[] = [];

  constructor(clients: NeutronClients, allocation: Allocation, groups: readonly string[]) {
    this.#clients = clients;
    this.#allocation = allocation;
    this.#groups = groups;
  }

  *allocate(requests: readonly NetworkRequest[], networks: readonly JsonObject[]): Op<Allocated> {
    const portIds: string[] = [];
    const used: JsonObject[] = [];
    for (const request of requests) {
      const network = networks.find(({ id }) => id === request.network_id);
      // It was there when the request was validated, and is not now.
      if (network === undefined) continue;
      used.push(network);
      if (
        this.#allocation.securityGroups.length > 0 &&
        (network["subnets"] as readonly unknown[]).length === 0
      ) {
        throw new SecurityGroupCannotBeApplied();
      }
      try {
        portIds.push(yield* this.#port(request));
      } catch (error) {
        yield* this.#undo();
        throw error;
      }
    }
    return { networks: used, portIds };
  }

  *#port(request: NetworkRequest): Op<string> {
    const { ctxt, instance } = this.#allocation;
    const bindable = yield* this.#clients.hasPortBinding(ctxt);
    // Only an admin may say which host.
    const client = bindable ? this.#clients.admin() : this.#clients.user(ctxt);
    const { host } = this.#clients.env;
    const body: JsonObject = {
      device_id: instance.uuid,
      // Python prints a missing zone as None.
      device_owner: `compute:${instance.availability_zone ?? "None"}`,
      ...(bindable ? { "binding:host_id": host } : {}),
    };
    if (request.port_id === null) return yield* this.#create(client, request, body);
    yield* client.update("ports", request.port_id, body);
    this.#touched.push(request.port_id);
    return request.port_id;
  }

  *#create(client: NeutronClient, request: NetworkRequest, body: JsonObject): Op<string> {
    const { address, network_id } = request;
    const port: JsonObject = {
      ...body,
      ...(address === null ? {} : { fixed_ips: [{ ip_address: address }] }),
      network_id,
      admin_state_up: true,
      tenant_id: this.#allocation.instance.project_id,
      ...(this.#groups.length === 0 ? {} : { security_groups: this.#groups }),
    };
    try {
      const { id } = yield* client.create("ports", port);
      this.#created.push(id as string);
      return id as string;
    } catch (error) {
      throw this.#refusal(error, network_id);
    }
  }

  /** Nova's name for what Neutron says, where it has one. */
  #refusal(error: unknown, networkId: string | null): unknown {
    if (!(error instanceof NeutronClientException)) return error;
    const { env } = this.#clients;
    const network = networkId ?? "None";
    switch (error.name) {
      case "OverQuotaClient": {
        const tenant = this.#allocation.instance.project_id ?? "None";
        env.log("warning", `Neutron error: Port quota exceeded in tenant: ${tenant}`);
        return new PortLimitExceeded();
      }
      case "IpAddressGenerationFailureClient":
        env.log("warning", `Neutron error: No more fixed IPs in network: ${network}`);
        return new NoMoreFixedIps();
      default:
        env.log("error", `Neutron error creating port on network ${network}`);
        return error;
    }
  }

  /** Ports made here go, ports taken are given back; errors are only logged. */
  *#undo(): Op<void> {
    const { ctxt, instance } = this.#allocation;
    const bindable = this.#clients.knowsPortBinding();
    const client = bindable ? this.#clients.admin() : this.#clients.user(ctxt);
    for (const id of this.#touched) {
      try {
        const binding = bindable ? { "binding:host_id": null } : {};
        yield* client.update("ports", id, { device_id: "", ...binding });
      } catch (thrown) {
        yield* caught(thrown);
        this.#clients.env.log("error", `Failed to update port ${id}`);
      }
    }
    yield* deletePorts(this.#clients, this.#clients.user(ctxt), instance, this.#created);
  }
}

/** Delete ports one by one; one that is gone is fine. @returns the first error there was */
export function* deletePorts(
  clients: NeutronClients,
  neutron: NeutronClient,
  instance: NetworkedInstance,
  ids: readonly string[],
): Op<NeutronClientException | undefined> {
  let failed: NeutronClientException | undefined;
  for (const id of ids) {
    try {
      yield* neutron.delete("ports", id);
    } catch (error) {
      if (!(error instanceof NeutronClientException)) throw error;
      if (error.status === 404) {
        clients.env.log("warning", `Port ${id} does not exist`);
        continue;
      }
      failed ??= error;
      const message = `[instance: ${instance.uuid}] Failed to delete port ${id} for instance.`;
      clients.env.log("warning", message);
    }
  }
  return failed;
}
