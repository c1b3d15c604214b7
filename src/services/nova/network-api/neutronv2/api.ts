/**
 * What Nova does with Neutron: nova-api checks requests with it, nova-compute makes, reads, moves
 * and removes the ports of its servers. Upstream: nova/network/neutronv2/api.py (API) at 2014.2;
 * nova §1.7, §2.3 to §2.5.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext, Env } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../python/index.js";
import { NeutronClientException } from "../../../neutron/client/index.js";
import { NetworkNotFound } from "../../exception.js";
import type { NetworkInfo } from "../model.js";
import { allocatePorts, deletePorts } from "./allocate.js";
import { NeutronClients } from "./clients.js";
import { addFixedIp, removeFixedIp } from "./fixed-ips.js";
import { FloatingIpApi } from "./floating-ips.js";
import { buildNetworkInfoModel, type Allocated } from "./info-model.js";
import {
  requestsOf,
  type NetworkedInstance,
  type NetworkRequest,
  type NetworkRequests,
} from "./requests.js";
import { SecurityGroupApi } from "./security-groups.js";
import { validateNetworks } from "./validate.js";

export class NeutronV2Api {
  readonly securityGroups: SecurityGroupApi;
  readonly floatingIps: FloatingIpApi;
  readonly #clients: NeutronClients;

  constructor(env: Env) {
    this.#clients = new NeutronClients(env);
    this.securityGroups = new SecurityGroupApi(this.#clients);
    this.floatingIps = new FloatingIpApi(this.#clients);
  }

  /**
   * Whether the networks can be used.
   * @returns how many of `count` servers the port quota leaves room for
   * @throws NetworkAmbiguous, NetworkNotFound, NetworkRequiresSubnet, PortNotFound, PortInUse,
   * PortRequiresFixedIP, FixedIpAlreadyInUse
   */
  validate_networks(
    ctxt: RequestContext,
    requested: NetworkRequests | null,
    count: number,
  ): Op<number> {
    return validateNetworks(this.#clients.user(ctxt), ctxt, {
      requests: requestsOf(requested),
      count,
      allowDuplicates: this.#clients.flags.neutron_allow_duplicate_networks,
    });
  }

  /** Which servers have an address, by their ports: an exact address, not a pattern. */
  *get_instance_uuids_by_ip_filter(ctxt: RequestContext, ip: string): Op<string[]> {
    const address = ip.replace(/^\^/, "").replace(/\$$/, "").replaceAll("\\.", ".");
    const search = { fixed_ips: `ip_address=${address}` };
    const ports = yield* this.#clients.user(ctxt).list("ports", search);
    return ports
      .map(({ device_id }) => device_id)
      .filter((id) => typeof id === "string" && id !== "") as string[];
  }

  /** Looks whether a port is a PCI device, which none is here; the look itself is upstream's. */
  *create_pci_requests_for_sriov_ports(
    _ctxt: RequestContext,
    requested: NetworkRequests | null,
  ): Op<void> {
    const fields = ["binding:vnic_type", "network_id"];
    for (const { port_id } of requestsOf(requested)) {
      if (port_id !== null) yield* this.#clients.admin().show("ports", port_id, { fields });
    }
  }

  /** Make or take the ports of an instance, on this host, and store its info cache. */
  *allocate_for_instance(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    wanted: {
      readonly requested_networks: NetworkRequests | null;
      readonly security_groups: readonly string[];
    },
  ): Op<NetworkInfo> {
    const allocated = yield* allocatePorts(this.#clients, {
      ctxt,
      instance,
      requests: requestsOf(wanted.requested_networks),
      securityGroups: wanted.security_groups,
    });
    if (allocated === undefined) return [];
    const vifs = yield* this.#refreshed(ctxt, instance, allocated);
    return vifs.filter(({ id }) => allocated.portIds.includes(id));
  }

  /** Delete every port of the instance, also those that the user made. @throws what Neutron said */
  *deallocate_for_instance(ctxt: RequestContext, instance: NetworkedInstance): Op<void> {
    const neutron = this.#clients.user(ctxt);
    const ports = yield* neutron.list("ports", { device_id: instance.uuid });
    const ids = ports.map(({ id }) => id as string);
    const failed = yield* deletePorts(this.#clients, neutron, instance, ids);
    if (failed !== undefined) throw failed;
    yield* this.#store(ctxt, instance, []);
  }

  /** One port more: that one, or a new one on that network, or on the only one. */
  allocate_port_for_instance(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    asked: Omit<NetworkRequest, "network_id"> & { readonly network_id: string | null },
  ): Op<NetworkInfo> {
    const requested_networks = { objects: [{ ...asked }] };
    return this.allocate_for_instance(ctxt, instance, { requested_networks, security_groups: [] });
  }

  /** Delete a port, also one that the user made. @throws what Neutron said */
  *deallocate_port_for_instance(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    id: string,
  ): Op<NetworkInfo> {
    const neutron = this.#clients.user(ctxt);
    const failed = yield* deletePorts(this.#clients, neutron, instance, [id]);
    if (failed !== undefined) throw failed;
    return yield* this.get_instance_nw_info(ctxt, instance);
  }

  /** An address more of that network, on a port that it has there. @throws NetworkNotFoundForInstance */
  *add_fixed_ip_to_instance(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    networkId: Json,
  ): Op<NetworkInfo> {
    yield* addFixedIp(this.#clients, ctxt, instance, networkId);
    return yield* this.get_instance_nw_info(ctxt, instance);
  }

  /** @throws FixedIpNotFoundForSpecificInstance */
  *remove_fixed_ip_from_instance(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    address: Json,
  ): Op<NetworkInfo> {
    yield* removeFixedIp(this.#clients, ctxt, instance, address);
    return yield* this.get_instance_nw_info(ctxt, instance);
  }

  list_ports(
    ctxt: RequestContext,
    search: Readonly<Record<string, string>>,
  ): Op<readonly JsonObject[]> {
    return this.#clients.user(ctxt).list("ports", search);
  }

  show_port(ctxt: RequestContext, id: string): Op<JsonObject> {
    return this.#clients.user(ctxt).show("ports", id);
  }

  /** Read its network anew and store its info cache. */
  get_instance_nw_info(ctxt: RequestContext, instance: NetworkedInstance): Op<NetworkInfo> {
    return this.#refreshed(ctxt, instance, undefined);
  }

  /** Bind its ports to the host that it is on now, also those that are bound there already. */
  *migrate_instance_finish(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    { dest_compute }: { readonly source_compute: string; readonly dest_compute: string },
  ): Op<void> {
    if (!(yield* this.#clients.hasPortBinding(ctxt))) return;
    const neutron = this.#clients.admin();
    const search = { device_id: instance.uuid, tenant_id: instance.project_id ?? "" };
    for (const port of yield* neutron.list("ports", search)) {
      const id = port["id"] as string;
      try {
        yield* neutron.update("ports", id, { "binding:host_id": dest_compute });
      } catch (thrown) {
        const error = yield* caught(thrown);
        this.#clients.env.log("error", `Unable to update host of port ${id}`);
        throw error;
      }
    }
  }

  /** All networks that the user sees. */
  *get_all(ctxt: RequestContext): Op<readonly JsonObject[]> {
    return yield* this.#clients.user(ctxt).list("networks");
  }

  /** @throws NetworkNotFound */
  *get(ctxt: RequestContext, id: string): Op<JsonObject> {
    try {
      return yield* this.#clients.user(ctxt).show("networks", id);
    } catch (error) {
      const known = error instanceof NeutronClientException ? error.name : "";
      throw known === "NetworkNotFoundClient" ? new NetworkNotFound({ network_id: id }) : error;
    }
  }

  /**
   * Lead a floating IP to one of the server's addresses; what Nova remembers of the server, and of
   * the one that it led to, is read anew. @throws as `FloatingIpApi.associate`
   */
  *associate_floating_ip(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    asked: {
      readonly address: Json;
      readonly fixedAddress: string;
      /** The server of an id. */
      readonly find: (id: string) => NetworkedInstance;
    },
  ): Op<void> {
    const { address, fixedAddress, find } = asked;
    const before = yield* this.floatingIps.associate(ctxt, instance, address, fixedAddress);
    if (before !== undefined) yield* this.#refresh(ctxt, find(before), undefined);
    yield* this.#refreshed(ctxt, instance, undefined);
  }

  *disassociate_floating_ip(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    address: Json,
  ): Op<void> {
    yield* this.floatingIps.disassociate(ctxt, address);
    yield* this.#refreshed(ctxt, instance, undefined);
  }

  /** `refresh_cache`: one at a time for each instance, and what was read is stored. */
  #refreshed(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    allocated: Allocated | undefined,
  ): Op<NetworkInfo> {
    const { locks } = this.#clients.env;
    return locks.synchronized(
      `refresh_cache-${instance.uuid}`,
      this.#refresh(ctxt, instance, allocated),
    );
  }

  *#refresh(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    allocated: Allocated | undefined,
  ): Op<NetworkInfo> {
    const vifs = yield* buildNetworkInfoModel(this.#clients, ctxt, instance, allocated);
    yield* this.#store(ctxt, instance, vifs);
    return vifs;
  }

  *#store(ctxt: RequestContext, instance: NetworkedInstance, vifs: NetworkInfo): Op<void> {
    instance.info_cache.network_info = vifs;
    try {
      yield* instance.info_cache.save(ctxt);
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.#clients.env.log("error", `Failed storing info cache: ${originalMessage(error)}`);
      throw error;
    }
  }
}
