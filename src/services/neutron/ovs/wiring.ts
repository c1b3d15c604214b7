/**
 * One look at the bridge and what follows from it: taps that came are filtered, wired and reported
 * up, those that went are reported down. Upstream:
 * neutron/plugins/openvswitch/agent/ovs_neutron_agent.py (scan_ports, process_network_ports);
 * other-services §3.6 rows 8 to 10.
 */
import { RpcClient, clientOf } from "../../../bus/index.js";
import { type RequestContext, type Env } from "../../../framework/index.js";
import { caught, aloud, quietly, sleep, type Op, type Span } from "../../../kernel/index.js";
import { pluginApi, securityGroupServerApi, type DeviceDetails } from "../rpcapi.js";
import type { IntegrationBridge } from "../../../hardware/integration-bridge.js";
import { Firewall } from "./firewall.js";
import { Provisioning } from "./provisioning.js";
import type { Tunnels } from "./tunnels.js";
import { neutronSerializer } from "../context.js";

export interface WiringOptions {
  readonly bridge: IntegrationBridge;
  /** Bridges by physical network. */
  readonly mappings: ReadonlyMap<string, string>;
  readonly tunnels: Tunnels;
  /** How long it takes to wire one port. */
  readonly wirePort: Span;
  /** Whether ports are filtered by their security groups. */
  readonly filter: boolean;
  /** Told that the groups whose members matter here are others. */
  readonly regrouped: () => void;
}

/** Where taps are that nothing may reach. */
const DEAD_VLAN = 4095;

export class Wiring {
  readonly firewall: Firewall;
  readonly provisioning: Provisioning;
  readonly #env: Env;
  readonly #ctxt: RequestContext;
  readonly #options: WiringOptions;
  readonly #plugin;
  readonly #agent: { readonly agent_id: string; readonly host: string };
  /** Ports that have been dealt with. */
  #known = new Set<string>();
  #updated = new Set<string>();

  constructor(env: Env, ctxt: RequestContext, options: WiringOptions) {
    const rpc = new RpcClient(env.bus, neutronSerializer);
    this.#env = env;
    this.#ctxt = ctxt;
    this.#options = options;
    this.#plugin = clientOf(pluginApi, rpc);
    this.#agent = { agent_id: `ovs-agent-${env.host}`, host: env.host };
    const { mappings, tunnels, filter, regrouped } = options;
    this.provisioning = new Provisioning(env, mappings, tunnels.types.length > 0);
    const server = clientOf(securityGroupServerApi, rpc);
    this.firewall = new Firewall(server, ctxt, filter, regrouped);
  }

  /** The server says that a port changed. @returns whether it is on this host */
  portUpdated(portId: string): boolean {
    if (!this.#options.bridge.has(portId)) return false;
    this.#updated.add(portId);
    return true;
  }

  /** Take every port for new: what the server was told may be lost. */
  forget(): void {
    this.#known = new Set();
  }

  syncTunnels(): Op<void> {
    return aloud(this.#options.tunnels.sync(this.#plugin, this.#ctxt));
  }

  /** @returns whether all went well; if not, everything is to be done again */
  *pass(): Op<boolean> {
    const updated = this.#updated;
    this.#updated = new Set();
    const { bridge } = this.#options;
    const current = bridge.ports();
    const lost = this.provisioning.lost((port) => bridge.vlanOf(port));
    const added = current.filter((port) => !this.#known.has(port));
    const changed = current.filter(
      (port) => this.#known.has(port) && (updated.has(port) || lost.has(port)),
    );
    const removed = [...this.#known].filter((port) => !bridge.has(port));
    if (added.length + changed.length + removed.length === 0) {
      // Only other hosts' members changed: upkeep, and not part of anybody's story.
      return yield* quietly(this.#guarded(this.firewall.setup([], []), updated));
    }
    return yield* aloud(this.#guarded(this.#process(current, added, changed, removed), updated));
  }

  /** What was marked as updated stays marked if `op` fails. */
  *#guarded(op: Op<boolean | void>, updated: ReadonlySet<string>): Op<boolean> {
    try {
      return (yield* op) ?? true;
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.#env.log("error", `Error while processing VIF ports: ${error.message}`);
      for (const port of updated) this.#updated.add(port);
      return false;
    }
  }

  *#process(
    current: readonly string[],
    added: readonly string[],
    changed: readonly string[],
    removed: readonly string[],
  ): Op<boolean> {
    yield* this.firewall.setup(added, changed);
    const devices = [...added, ...changed];
    const skipped = devices.length === 0 ? [] : yield* this.#treatAddedOrUpdated(devices);
    const ok = yield* this.#treatRemoved(removed);
    this.#known = new Set(current.filter((port) => !skipped.includes(port)));
    return ok;
  }

  /** @returns ports that went before it was their turn */
  *#treatAddedOrUpdated(devices: readonly string[]): Op<string[]> {
    const skipped: string[] = [];
    const details = yield* this.#plugin.get_devices_details_list(this.#ctxt, {
      devices,
      ...this.#agent,
    });
    for (const each of details) {
      if (!this.#options.bridge.has(each.device)) skipped.push(each.device);
      else yield* this.#wire(each);
    }
    return skipped;
  }

  *#wire(details: DeviceDetails): Op<void> {
    const { device, port_id, admin_state_up } = details;
    if (port_id === undefined) {
      this.#env.log("warning", `Device ${device} not defined on plugin`);
      return;
    }
    const { bridge, wirePort } = this.#options;
    yield* sleep(this.#env.stream("wire port").within(wirePort));
    const vlan = admin_state_up === true ? this.provisioning.bind(details) : DEAD_VLAN;
    bridge.tag(device, vlan);
    const args = { device, ...this.#agent };
    if (admin_state_up === true) yield* this.#plugin.update_device_up(this.#ctxt, args);
    else yield* this.#plugin.update_device_down(this.#ctxt, args);
  }

  *#treatRemoved(devices: readonly string[]): Op<boolean> {
    let ok = true;
    this.firewall.remove(devices);
    for (const device of devices) {
      try {
        yield* this.#plugin.update_device_down(this.#ctxt, { device, ...this.#agent });
        this.provisioning.unbind(device);
      } catch (thrown) {
        const error = yield* caught(thrown);
        this.#env.log("debug", `port_removed failed for ${device}: ${error.message}`);
        ok = false;
      }
    }
    return ok;
  }
}
