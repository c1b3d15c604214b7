/**
 * How the cards of guests are connected to the host's bridge. What Neutron does about the ports behind them is not here.
 * Upstream: nova/virt/libvirt/vif.py (get_config, plug, unplug) at 2014.2.
 */
import type { IntegrationBridge } from "../../../../hardware/integration-bridge.js";
import { NovaException } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { NetworkInfo } from "../network-info.js";

/** Those that a domain's XML can name. @throws NovaException, of a port that nobody could bind, too */
export function checkVifTypes(vifs: NetworkInfo): void {
  for (const { type } of vifs) {
    if (type === "ovs" || type === "bridge") continue;
    throw new NovaException({ vif_type: type }, `Unexpected vif_type=${type}`);
  }
}

/** One after another. @throws NovaException at the first that is of another type */
export function plugVifs(bridge: IntegrationBridge, { uuid }: Instance, vifs: NetworkInfo): void {
  for (const vif of vifs) {
    checkVifTypes([vif]);
    bridge.plug(vif.id, uuid);
  }
}

export function unplugVifs(bridge: IntegrationBridge, vifs: NetworkInfo): void {
  for (const { id } of vifs) bridge.unplug(id);
}
