/** Services and endpoints in v3: one endpoint for each interface. Upstream: keystone/catalog. */
import type { Row } from "../../../framework/index.js";
import { HttpFault, type Route } from "../../../http/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import type { Caller } from "../caller.js";
import type { Endpoint, ServiceEntry } from "../database.js";
import { notFound } from "../faults.js";
import { booleanAt, requiredText, textAt } from "../input.js";
import { linksAt } from "./bodies.js";
import { collectionRoutes, type Collection } from "./collection.js";

export function v3CatalogRoutes(app: KeystoneApp, base: string): Route<Caller>[] {
  return [
    ...collectionRoutes(services(app, base), base),
    ...collectionRoutes(endpoints(app, base), base),
  ];
}

function services(app: KeystoneApp, base: string): Collection<Row<ServiceEntry>> {
  const { services: table, endpoints: below } = app.database;
  const links = linksAt(base);
  return {
    member: "service",
    members: "services",
    all: () => table.find(),
    get: (id) => table.get(id),
    body: ({ uuid, type, name, description, enabled }) => ({
      id: uuid,
      type,
      name,
      description,
      enabled,
      links: links(`services/${uuid}`),
    }),
    *create(asked) {
      const service = table.insert({
        uuid: app.newId(),
        type: requiredText(asked, "type", "service"),
        name: textAt(asked, "name") ?? "",
        description: textAt(asked, "description") ?? "",
        enabled: booleanAt(asked, "enabled") ?? true,
      });
      yield* app.changed("service", "created", service.uuid);
      return service;
    },
    *change(id, asked) {
      const [type, name] = [textAt(asked, "type"), textAt(asked, "name")];
      const enabled = booleanAt(asked, "enabled");
      const texts = { ...(type && { type }), ...(name && { name }) };
      const changes = { ...texts, ...(enabled !== undefined && { enabled }) };
      if (table.update(id, changes) === undefined) throw notFound("service", id);
      yield* app.changed("service", "updated", id);
    },
    *remove(id) {
      if (!table.remove(id)) throw notFound("service", id);
      for (const { uuid } of below.find({ service_id: id })) below.remove(uuid);
      yield* app.changed("service", "deleted", id);
    },
    filters: ["type", "name"],
  };
}

function endpoints(app: KeystoneApp, base: string): Collection<Row<Endpoint>> {
  const { endpoints: table, services: above } = app.database;
  const links = linksAt(base);
  return {
    member: "endpoint",
    members: "endpoints",
    all: () => table.find(),
    get: (id) => table.get(id),
    body: ({ uuid, interface: face, region, service_id, url, enabled }) => ({
      id: uuid,
      interface: face,
      region,
      region_id: region,
      service_id,
      url,
      enabled,
      links: links(`endpoints/${uuid}`),
    }),
    *create(asked) {
      const service_id = requiredText(asked, "service_id", "endpoint");
      if (above.get(service_id) === undefined) throw notFound("service", service_id);
      const endpoint = table.insert({
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
    *change(id, asked) {
      const [url, region] = [textAt(asked, "url"), textAt(asked, "region")];
      const [face, enabled] = [interfaceOf(asked), booleanAt(asked, "enabled")];
      const texts = {
        ...(url && { url }),
        ...(region && { region }),
        ...(face && { interface: face }),
      };
      const changes = { ...texts, ...(enabled !== undefined && { enabled }) };
      if (table.update(id, changes) === undefined) throw notFound("endpoint", id);
      yield* app.changed("endpoint", "updated", id);
    },
    *remove(id) {
      if (!table.remove(id)) throw notFound("endpoint", id);
      yield* app.changed("endpoint", "deleted", id);
    },
    filters: ["interface", "service_id"],
  };
}

/** @throws HttpFault 400 for what is no interface */
function interfaceOf(asked: JsonObject): Endpoint["interface"] | undefined {
  const face = asked["interface"];
  if (face === undefined) return undefined;
  if (face === "public" || face === "internal" || face === "admin") return face;
  throw new HttpFault(400, "interface must be one of public, internal, admin");
}
