/**
 * Services and endpoints in v2, on the admin port. A v2 endpoint is up to three rows, one for each
 * interface, tied together by their legacy id. Upstream: keystone/catalog/controllers.py.
 */
import type { Row } from "../../../framework/index.js";
import { respond } from "../../../http/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Endpoint, ServiceEntry } from "../database.js";
import { NotFound } from "../exception.js";
import { objectAt, requiredText, textAt } from "../input.js";
import { route } from "../policy.js";

const INTERFACES = ["public", "internal", "admin"] as const;

const serviceBody = ({ uuid, type, name, description }: Row<ServiceEntry>): JsonObject => ({
  id: uuid,
  type,
  name,
  description,
});

function endpointBody(rows: readonly Endpoint[]): JsonObject {
  const [first] = rows;
  return {
    id: first?.legacy_endpoint_id ?? null,
    region: first?.region ?? null,
    service_id: first?.service_id ?? null,
    ...Object.fromEntries(rows.map((row) => [`${row.interface}url`, row.url])),
  };
}

export const v2CatalogRoutes = [
  route(
    "GET",
    "/v2.0/OS-KSADM/services",
    "admin_required",
    function* ({
      app: {
        database: { services },
      },
    }) {
      return respond(200, { "OS-KSADM:services": services.find().map(serviceBody) });
    },
  ),
  route("POST", "/v2.0/OS-KSADM/services", "admin_required", function* ({ app, request }) {
    const { services } = app.database;
    const asked = objectAt(request.body, "OS-KSADM:service");
    const service = services.insert({
      uuid: app.newId(),
      type: requiredText(asked, "type", "service"),
      name: textAt(asked, "name") ?? "",
      description: textAt(asked, "description") ?? "",
      enabled: true,
    });
    return respond(200, { "OS-KSADM:service": serviceBody(service) });
  }),
  route(
    "GET",
    "/v2.0/OS-KSADM/services/{id}",
    "admin_required",
    function* ({
      app: {
        database: { services },
      },
      params: { id },
    }) {
      const service = services.get(id);
      if (service === undefined) throw new NotFound({ what: "service", id });
      return respond(200, { "OS-KSADM:service": serviceBody(service) });
    },
  ),
  route(
    "DELETE",
    "/v2.0/OS-KSADM/services/{id}",
    "admin_required",
    function* ({
      app: {
        database: { services, endpoints },
      },
      params: { id },
    }) {
      if (!services.remove(id)) throw new NotFound({ what: "service", id });
      for (const { uuid } of endpoints.find({ service_id: id })) endpoints.remove(uuid);
      return respond(204);
    },
  ),
  route(
    "GET",
    "/v2.0/endpoints",
    "admin_required",
    function* ({
      app: {
        database: { endpoints },
      },
    }) {
      const groups = new Map<string, Endpoint[]>();
      for (const row of endpoints.find()) {
        // Made by v3 and unknown to v2.
        if (row.legacy_endpoint_id === null) continue;
        const group = groups.get(row.legacy_endpoint_id);
        if (group === undefined) groups.set(row.legacy_endpoint_id, [row]);
        else group.push(row);
      }
      return respond(200, { endpoints: [...groups.values()].map(endpointBody) });
    },
  ),
  route("POST", "/v2.0/endpoints", "admin_required", function* ({ app, request }) {
    const { services, endpoints } = app.database;
    const asked = objectAt(request.body, "endpoint");
    requiredText(asked, "publicurl", "endpoint");
    const service_id = requiredText(asked, "service_id", "endpoint");
    if (services.get(service_id) === undefined)
      throw new NotFound({ what: "service", id: service_id });
    const legacy_endpoint_id = app.newId();
    const region = textAt(asked, "region") ?? "";
    const rows: Endpoint[] = [];
    for (const face of INTERFACES) {
      const url = textAt(asked, `${face}url`);
      if (url === undefined) continue;
      const shared = { legacy_endpoint_id, region, service_id, enabled: true };
      rows.push(endpoints.insert({ uuid: app.newId(), interface: face, url, ...shared }));
    }
    return respond(200, { endpoint: endpointBody(rows) });
  }),
  route(
    "DELETE",
    "/v2.0/endpoints/{id}",
    "admin_required",
    function* ({
      app: {
        database: { endpoints },
      },
      params: { id },
    }) {
      const rows = endpoints.find({ legacy_endpoint_id: id });
      if (rows.length === 0) throw new NotFound({ what: "endpoint", id });
      for (const { uuid } of rows) endpoints.remove(uuid);
      return respond(204);
    },
  ),
];
