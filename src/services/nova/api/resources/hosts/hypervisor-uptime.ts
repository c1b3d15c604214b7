/**
 * How long a hypervisor has been up, which its host is asked for. Upstream: contrib/hypervisors.py (uptime) at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { NotImplementedException } from "../../../../../python/index.js";
import { route, type NovaRoute } from "../../route.js";
import { brief, hypervisorById, serviceOf } from "../hypervisors.js";
import { HostApi } from "./host-api.js";

export const hypervisorUptimeRoutes: readonly NovaRoute[] = [
  route(
    "GET",
    "/os-hypervisors/{id}/uptime",
    "compute_extension:hypervisors",
    function* ({ app, ctxt, params: { id } }) {
      const node = hypervisorById(app, id);
      try {
        const uptime = yield* new HostApi(app, ctxt).uptime(serviceOf(app, node).host);
        return respond(200, { hypervisor: { ...brief(app, node), uptime } });
      } catch (error) {
        if (!(error instanceof NotImplementedException)) throw error;
        throw new HttpFault(501, "Virt driver does not implement uptime function.");
      }
    },
  ),
];
