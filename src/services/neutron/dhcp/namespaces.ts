/**
 * The namespace of each network's DHCP server on the agent's host: its addresses, and where a subnet has no router
 * for its gateway, the proxy for metadata. A metadata network (`enable_metadata_network`) is not modelled. Upstream:
 * neutron/agent/dhcp_agent.py (configure_dhcp_for_network, enable_isolated_metadata_proxy), neutron/agent/linux/dhcp.py
 * (DeviceManager.setup, should_enable_metadata, get_isolated_subnets) at 2014.2.
 */
import type { Env, FlagsOf } from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import type { dhcpAgentFlags } from "../flags.js";
import { dhcpNamespace } from "../guest-route.js";
import { METADATA_IP, NamespaceProxy } from "../metadata-proxy/namespace-proxy.js";
import { ROUTER_INTERFACE } from "../routing/rows.js";
import type { DhcpNetwork } from "../rpcapi.js";

/** `METADATA_PORT` of linux/dhcp.py. */
const PORT = 80;

export class DhcpNamespaces {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof dhcpAgentFlags>;
  readonly #namespaces: NetworkNamespaces;

  constructor(env: Env, flags: FlagsOf<typeof dhcpAgentFlags>, namespaces: NetworkNamespaces) {
    this.#env = env;
    this.#flags = flags;
    this.#namespaces = namespaces;
  }

  /** The server's own port has the addresses that it was given, and that of metadata. */
  configured({ id }: DhcpNetwork, port: JsonObject): void {
    const namespace = this.#namespaces.ensure(this.#env.host, dhcpNamespace(id));
    const own = fixedIps(port).map((ip) => textOf(ip, "ip_address"));
    const addresses = this.#flags.enable_isolated_metadata ? [...own, METADATA_IP] : own;
    namespace.interfaces = [{ network: id, addresses }];
  }

  /** DHCP runs now on that network. A proxy that an earlier life of the agent has started goes on. */
  enabled(network: DhcpNetwork): void {
    const { enable_isolated_metadata, metadata_proxy_socket: socket } = this.#flags;
    if (!enable_isolated_metadata || !hasIsolated(network)) return;
    const { id } = network;
    const namespace = this.#namespaces.ensure(this.#env.host, dhcpNamespace(id));
    const header = "x-neutron-network-id";
    namespace.daemon ??= new NamespaceProxy(this.#env, {
      namespace,
      port: PORT,
      socket,
      header,
      id,
    });
  }

  disabled(id: string): void {
    this.#namespaces.delete(this.#env.host, dhcpNamespace(id));
  }
}

const fixedIps = (port: JsonObject): readonly JsonObject[] =>
  (port["fixed_ips"] ?? []) as readonly JsonObject[];

/** Whether there is a subnet whose gateway is no router's. */
function hasIsolated({ subnets, ports }: DhcpNetwork): boolean {
  const routers = ports
    .filter((port) => port["device_owner"] === ROUTER_INTERFACE)
    .flatMap(fixedIps);
  return subnets.some(
    ({ id, gateway_ip }) =>
      !routers.some((ip) => ip["subnet_id"] === id && ip["ip_address"] === gateway_ip),
  );
}
