/** Floating IPs, as far as Nova shows them to Ceilometer's own tenant. Upstream: ceilometer/network/floatingip.py at 2014.2. */
import type { Env } from "../../../framework/index.js";
import { str, textOf, type JsonObject } from "../../../python/index.js";
import { NovaClient } from "../../nova/client/index.js";
import { PerCycle, type Pollster } from "../agent/pollster.js";
import { novaAt } from "../nova-endpoint.js";
import type { Measurement } from "../sample.js";
import { isoformat } from "../times.js";
import type { CentralKeystone } from "./keystone.js";

export function floatingIpPollster(env: Env, keystone: CentralKeystone): Pollster {
  const listed = new PerCycle<readonly JsonObject[]>();
  return {
    name: "ip.floating",
    defaultDiscovery: "endpoint:compute",
    *samples(cycle, resources) {
      const measured: Measurement[] = [];
      for (const url of resources.map(str)) {
        const nova = new NovaClient(novaAt(env, url, keystone.access.token));
        for (const each of yield* listed.get(cycle, url, () => nova.floatingIps.all(false))) {
          const { ip = null, pool = null, id = null } = each;
          env.log("info", `FLOATING IP USAGE: ${textOf(each, "ip")}`);
          measured.push({
            name: "ip.floating",
            type: "gauge",
            unit: "ip",
            volume: 1,
            user_id: null,
            project_id: null,
            resource_id: id,
            timestamp: isoformat(env.utcnow()),
            resource_metadata: { address: ip, pool },
          });
        }
      }
      return measured;
    },
  };
}
