/** Services and endpoints in v3: one endpoint for each interface. Upstream: keystone/catalog. */
import type { Row } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Endpoint, ServiceEntry } from "../database.js";
import { NotFound, ValidationError } from "../exception.js";
import { booleanAt, requiredText, textAt } from "../input.js";
import { collectionRoutes, type Collection } from "./collection.js";

const services: Collection<Row<ServiceEntry>> = {
  member: "service",
  table: (app) => app.database.services,
  body: ({ uuid, type, name, description, enabled }, links) => ({
    id: uuid,
    type,
    name,
    description,
    enabled,
    links: links(`services/${uuid}`),
  }),
  *create(app, asked) {
    const service = app.database.services.insert({
      uuid: app.newId(),
      type: requiredText(asked, "type", "service"),
      name: textAt(asked, "name") ?? "",
      description: textAt(asked, "description") ?? "",
      enabled: booleanAt(asked, "enabled") ?? true,
    });
    yield* app.changed("service", "created", service.uuid);
    return service;
  },
  *change(app, id, asked) {
    const [type, name] = [textAt(asked, "type"), textAt(asked, "name")];
    const enabled = booleanAt(asked, "enabled");
    const texts = { ...(type && { type }), ...(name && { name }) };
    const changes = { ...texts, ...(enabled !== undefined && { enabled }) };
    if (app.database.services.update(id, changes) === undefined)
      throw new NotFound({ what: "service", id });
    yield* app.changed("service", "updated", id);
  },
  *remove(app, id) {
    if (!app.database.services.remove(id)) throw new NotFound({ what: "service", id });
    for (const { uuid } of app.database.endpoints.find({ service_id: id }))
      app.database.endpoints.remove(uuid);
    yield* app.changed("service", "deleted", id);
  },
  filters: ["type", "name"],
};

const endpoints: Collection<Row<Endpoint>> = {
  member: "endpoint",
  table: (app) => app.database.endpoints,
  body: ({ uuid, interface: face, region, service_id, url, enabled }, links) => ({
    id: uuid,
    interface: face,
    region,
    region_id: region,
    service_id,
    url,
    enabled,
    links: links(`endpoints/${uuid}`),
  }),
  *create(app, asked) {
    const service_id = requiredText(asked, "service_id", "endpoint");
    if (app.database.services.get(service_id) === undefined)
      throw new NotFound({ what: "service", id: service_id });
    const endpoint = app.database.endpoints.insert({
      uuid: app.newId(),
      legacy_endpoint_id: null,
      interface: interfaceOf({ interface: asked["interface"] ?? null }) as Endpoint["interface"],
      region: textAt(asked, "region") ?? textAt(asked, "region_id") ?? "",
      service_id,
      url: requiredText(asked, "url", "endpoint"),
      enabled: booleanAt(asked, "enabled") ?? true,
    });
    yield* app.changed("endpoint", "created", endpoint.uuid);
    return endpoint;
  },
  *change(app, id, asked) {
    const [url, region] = [textAt(asked, "url"), textAt(asked, "region")];
    const [face, enabled] = [interfaceOf(asked), booleanAt(asked, "enabled")];
    const texts = {
      ...(url && { url }),
      ...(region && { region }),
      ...(face && { interface: face }),
    };
    const changes = { ...texts, ...(enabled !== undefined && { enabled }) };
    if (app.database.endpoints.update(id, changes) === undefined)
      throw new NotFound({ what: "endpoint", id });
    yield* app.changed("endpoint", "updated", id);
  },
  *remove(app, id) {
    if (!app.database.endpoints.remove(id)) throw new NotFound({ what: "endpoint", id });
    yield* app.changed("endpoint", "deleted", id);
  },
  filters: ["interface", "service_id"],
};

export const v3CatalogRoutes = [...collectionRoutes(services), ...collectionRoutes(endpoints)];

/** @throws HttpFault 400 for what is no interface */
function interfaceOf(asked: JsonObject): Endpoint["interface"] | undefined {
  const face = asked["interface"];
  if (face === undefined) return undefined;
  if (face === "public" || face === "internal" || face === "admin") return face;
  throw new ValidationError({}, "interface must be one of public, internal, admin");
}
