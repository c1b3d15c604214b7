/**
 * What DHCP agents ask of neutron-server: which networks are theirs and what is on them, and a port
 * for the DHCP server itself. Upstream: neutron/api/rpc/handlers/dhcp_rpc.py (DhcpRpcCallback) at 2014.2.
 */
import type { Serves } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { KeyError, str, type JsonObject, subscript } from "../../../python/index.js";
import {
  IpAddressGenerationFailure,
  NetworkNotFound,
  SubnetNotFound,
  type NeutronException,
} from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import type { DhcpNetwork, dhcpServerApi } from "../rpcapi.js";

/** What `create_port` reads by key, in its order (db_base_plugin_v2.py). */
const CREATED_WITH = ["network_id", "name", "admin_state_up", "device_id"];

const DHCP_OWNER = "network:dhcp";

export class DhcpCallbacks implements Serves<typeof dhcpServerApi, RequestContext> {
  readonly #plugin: Plugin;

  constructor(plugin: Plugin) {
    this.#plugin = plugin;
  }

  *get_active_networks_info(_ctxt: RequestContext, { host }: { host: string }): Op<DhcpNetwork[]> {
    const { app, dhcp } = this.#plugin;
    if (app.flags.network_auto_schedule) dhcp.scheduleFor(host);
    return dhcp
      .networksOf(host)
      .map((id) => this.#info(id))
      .filter((network) => network !== null)
      .map((network) => ({
        ...network,
        subnets: network.subnets.filter((subnet) => subnet["enable_dhcp"] === true),
      }));
  }

  *get_network_info(
    _ctxt: RequestContext,
    { network_id }: { network_id: string },
  ): Op<DhcpNetwork | null> {
    const network = this.#info(network_id);
    if (network === null) {
      const what = `Network ${str(network_id)} could not be found`;
      this.#plugin.app.env.log("warning", `${what}, it might have been deleted concurrently.`);
    }
    return network;
  }

  *create_dhcp_port(
    ctxt: RequestContext,
    { port, host }: { port: { port: JsonObject }; host: string },
  ): Op<JsonObject | null> {
    for (const key of CREATED_WITH) subscript(port.port, key);
    const attrs = { ...port.port, device_owner: DHCP_OWNER, "binding:host_id": host };
    const { ports } = this.#plugin;
    return yield* this.#created(attrs, ports.create(ctxt.elevated(), attrs));
  }

  /**
   * The port stays bound to its host, whoever asks. Where a creation that fails is null, this is a KeyError:
   * the handler looks for the network where it is not.
   */
  *update_dhcp_port(
    ctxt: RequestContext,
    { port_id, port }: { port_id: string; port: { port: JsonObject } },
  ): Op<JsonObject | null> {
    try {
      return yield* this.#plugin.ports.update(ctxt.elevated(), port_id, port.port);
    } catch (error) {
      if (!isExpected(error)) throw error;
      const isOutOfAddresses = error instanceof IpAddressGenerationFailure;
      throw new KeyError(isOutOfAddresses ? "fixed_ips" : "network_id");
    }
  }

  *release_dhcp_port(
    ctxt: RequestContext,
    { network_id, device_id }: { network_id: string; device_id: string },
  ): Op<void> {
    const { app, ports } = this.#plugin;
    for (const { uuid } of app.database.ports.find({ device_id, network_id })) {
      yield* ports.delete(ctxt.elevated(), uuid);
    }
  }

  /**
   * `_port_action`: null where the network or its subnets have changed meanwhile. That there is no
   * address left is an error, unless the subnet is gone as well.
   */
  *#created(attrs: JsonObject, op: Op<JsonObject>): Op<JsonObject | null> {
    try {
      return yield* op;
    } catch (error) {
      if (!isExpected(error)) throw error;
      const { database, env } = this.#plugin.app;
      const [ip] = (attrs["fixed_ips"] ?? []) as readonly JsonObject[];
      const subnet = ip?.["subnet_id"];
      const there = typeof subnet === "string" && database.subnets.get(subnet) !== undefined;
      if (error instanceof IpAddressGenerationFailure && there) throw error;
      const about = `Action create_port for network ${str(attrs["network_id"] ?? null)}`;
      env.log("warning", `${about} could not complete successfully: ${error.message}`);
      return null;
    }
  }

  #info(id: string): DhcpNetwork | null {
    const { app, networks, ports, subnets } = this.#plugin;
    const row = app.database.networks.get(id);
    if (row === undefined) return null;
    return {
      ...networks.view(row),
      id,
      tenant_id: row.tenant_id,
      admin_state_up: row.admin_state_up,
      subnets: subnets.ofNetwork(id),
      ports: ports.ofNetwork(id),
    };
  }
}

const isExpected = (error: unknown): error is NeutronException =>
  error instanceof NetworkNotFound ||
  error instanceof SubnetNotFound ||
  error instanceof IpAddressGenerationFailure;
