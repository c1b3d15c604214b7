/**
 * Hosts with their services, for administrators. That one host is shown, put into maintenance or switched off is not here. Upstream:
 * contrib/hosts.py (HostController.index) at 2014.2; nova §5.5.
 */
import { respond } from "../../../../../http/index.js";
import { zoneOfService } from "../../aggregates/host-zones.js";
import { route, type NovaRoute } from "../../route.js";

export const hostRoutes: readonly NovaRoute[] = [
  route("GET", "/os-hosts", "compute_extension:hosts", function* ({ app, request: { query } }) {
    const [zone, service] = [query.get("zone"), query.get("service")];
    const hosts = app.db.services
      .find()
      .map((row) => ({
        host_name: row.host,
        service: row.topic,
        zone: zoneOfService(app, row),
      }))
      .filter((host) => zone === undefined || host.zone === zone)
      .filter((host) => service === undefined || host.service === service);
    return respond(200, { hosts });
  }),
];
