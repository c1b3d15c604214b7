/**
 * The services of Nova and whether they are alive, for administrators. Changing one counts as a
 * heartbeat, since both are the row's `updated_at`. Upstream: contrib/services.py at 2014.2; nova §5.5.
 */
import type { Row } from "../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import type { ServiceRow } from "../../db/schema.js";
import { serviceByArgs, serviceDestroy, serviceUpdate } from "../../db/services.js";
import type { NovaApp } from "../app.js";
import { zoneOfService } from "../host-zones.js";
import { badRequest } from "../input.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:services";

export const serviceRoutes: readonly NovaRoute[] = [
  route("GET", "/os-services", POLICY, function* ({ app, request: { query } }) {
    const [host, binary] = [query.get("host"), query.get("binary") ?? query.get("service")];
    const services = app.db.services
      .find(host === undefined ? {} : { host })
      .filter((row) => binary === undefined || row.binary === binary)
      .map((row) => view(app, row));
    return respond(200, { services });
  }),
  route("PUT", "/os-services/enable", POLICY, function* ({ app, request: { body } }) {
    return change(app, body, { disabled: false, disabled_reason: null }, "enabled");
  }),
  route("PUT", "/os-services/disable", POLICY, function* ({ app, request: { body } }) {
    return change(app, body, { disabled: true }, "disabled");
  }),
  route("PUT", "/os-services/disable-log-reason", POLICY, function* ({ app, request: { body } }) {
    const reason = isObject(body) ? body["disabled_reason"] : undefined;
    if (typeof reason !== "string") throw badRequest("Missing disabled reason field");
    if (reason.trim() === "" || reason.length > 255) {
      throw badRequest("Disabled reason contains invalid characters or is too long");
    }
    const values = { disabled: true, disabled_reason: reason };
    return change(app, body, values, "disabled", { disabled_reason: reason });
  }),
  route("DELETE", "/os-services/{id}", POLICY, function* ({ app, params: { id } }) {
    if (app.db.services.get(Number(id)) === undefined) {
      throw new HttpFault(404, `Service ${id} not found.`);
    }
    serviceDestroy(app.db, Number(id));
    return respond(204);
  }),
];

function view(app: NovaApp, row: Row<ServiceRow>): JsonObject {
  return {
    id: row.id,
    binary: row.binary,
    host: row.host,
    zone: zoneOfService(app, row.topic),
    status: row.disabled ? "disabled" : "enabled",
    state: app.services.isUp(row) ? "up" : "down",
    updated_at: row.updated_at,
    disabled_reason: row.disabled_reason,
  };
}

function change(
  { db }: NovaApp,
  body: Json,
  values: Partial<ServiceRow>,
  status: string,
  more: JsonObject = {},
): HttpResponse {
  const { host, binary } = isObject(body) ? body : {};
  if (typeof host !== "string" || typeof binary !== "string") throw badRequest("Unknown action");
  const row = serviceByArgs(db, host, binary);
  if (row === undefined) throw new HttpFault(404, "Unknown service");
  serviceUpdate(db, row.id, values);
  return respond(200, { service: { host, binary, status, ...more } });
}
