/** What goes over the network cards of servers. Their samples know no metadata of the server. Upstream: ceilometer/compute/pollsters/net.py at 2014.2. */
import type { Env } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, textOf, type JsonObject } from "../../../python/index.js";
import { PerCycle, type Cycle, type Pollster } from "../agent/pollster.js";
import type { LibvirtInspector, VnicStats } from "./inspector.js";
import { instanceName } from "./instance-sample.js";
import { ignoring, instancePollster, once } from "./instance-pollster.js";

const METERS = [
  { name: "network.incoming.bytes", of: "rx_bytes", unit: "B" },
  { name: "network.incoming.packets", of: "rx_packets", unit: "packet" },
  { name: "network.outgoing.bytes", of: "tx_bytes", unit: "B" },
  { name: "network.outgoing.packets", of: "tx_packets", unit: "packet" },
] as const;

export function vnicPollsters(env: Env, inspector: LibvirtInspector): readonly Pollster[] {
  const inspected = new PerCycle<readonly VnicStats[]>();
  const vnicsOf = (instance: JsonObject, cycle: Cycle): Op<readonly VnicStats[]> => {
    const domain = instanceName(instance);
    return inspected.get(cycle, domain, () => once(() => inspector.vnics(domain)));
  };
  return METERS.map(({ name, of, unit }) =>
    instancePollster(
      env,
      name,
      function* (instance, cycle) {
        const { id = null, user_id = null, tenant_id = null, flavor = null } = instance;
        const vnics = yield* vnicsOf(instance, cycle);
        return vnics.map(({ vnic, stats }) => ({
          name,
          type: "cumulative",
          unit,
          volume: stats[of],
          user_id,
          project_id: tenant_id,
          resource_id: `${instanceName(instance)}-${textOf(instance, "id")}-${vnic.name}`,
          timestamp: env.kernel.calendar.iso(env.kernel.now),
          resource_metadata: {
            name: vnic.name,
            mac: vnic.mac,
            fref: null,
            parameters: {},
            instance_id: id,
            instance_type: isObject(flavor) ? (flavor["id"] ?? null) : null,
          },
        }));
      },
      ignoring,
    ),
  );
}
