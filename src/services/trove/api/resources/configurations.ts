/**
 * Configuration groups. Upstream: trove/configuration/service.py (ConfigurationsController), models.py,
 * views.py at 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import { respond, type HttpResponse } from "../../../../http/index.js";
import { done, type Op } from "../../../../kernel/index.js";
import { get, str, type JsonObject } from "../../../../python/index.js";
import { configurationById, overridesOf } from "../../configuration/configurations.js";
import { checkValues, inOrder } from "../../configuration/values.js";
import { chosenVersion, datastoreOf, versionArgs, versionById } from "../../datastores.js";
import type { ConfigurationRow } from "../../db/schema.js";
import { InstanceAssignedToConfiguration } from "../../exception.js";
import { shownTime } from "../../times.js";
import { memberOf } from "../bodies.js";
import { paged } from "../links.js";
import { accepted, bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";
import {
  CREATE_CONFIGURATION,
  EDIT_CONFIGURATION,
  UPDATE_CONFIGURATION,
} from "../schemas/schemas.js";
import { heldTo } from "../schemas/validator.js";
import { limitIn, pageOf } from "./instances.js";

type Configuration = Row<ConfigurationRow>;

export const configurationRoutes: readonly TroveRoute[] = [
  route("GET", "/configurations", (call) => {
    const { app, ctxt } = call;
    const all = app.db.configurations.find(ctxt.is_admin ? {} : { tenant_id: ctxt.project_id });
    const limit = limitIn(ctxt.limit, app.flags.configurations_page_size);
    const page = pageOf(all, ({ uuid }) => uuid, { limit, marker: ctxt.marker });
    const views = page.items.map((group) => briefView(call, group));
    return done(shown(paged(call, "configurations", views, page.marker)));
  }),
  route("POST", "/configurations", create, { check: heldTo(CREATE_CONFIGURATION) }),
  route("GET", "/configurations/{id}", (call) => {
    const group = configurationById(call.app.db, call.ctxt, call.params.id);
    const { length } = instancesWith(call, group.uuid);
    return done(shown({ configuration: detailView(call, group, length) }));
  }),
  route("GET", "/configurations/{id}/instances", (call) => {
    const { app, ctxt, params } = call;
    const { uuid } = configurationById(app.db, ctxt, params.id);
    const limit = limitIn(ctxt.limit, app.flags.instances_page_size);
    const page = pageOf(instancesWith(call, uuid), (row) => row.uuid, {
      limit,
      marker: ctxt.marker,
    });
    const views = page.items.map(({ uuid: id, name }) => ({ id, name }));
    return done(shown(paged(call, "instances", views, page.marker)));
  }),
  route("PUT", "/configurations/{id}", update, { check: heldTo(UPDATE_CONFIGURATION) }),
  route("PATCH", "/configurations/{id}", edit, { check: heldTo(EDIT_CONFIGURATION) }),
  route("DELETE", "/configurations/{id}", function* (call): Op<HttpResponse> {
    const { app, ctxt, params } = call;
    const which = `${params.id} on tenant: ${params.tenant_id}`;
    app.env.log("info", `Deleting configuration group ${which}`);
    const { uuid } = configurationById(app.db, ctxt, params.id);
    if (instancesWith(call, uuid).length > 0) throw new InstanceAssignedToConfiguration({});
    removeItems(call, uuid);
    app.db.configurations.softDelete(uuid);
    return yield* done(accepted());
  }),
];

function* create(call: TroveCall<"tenant_id">): Op<HttpResponse> {
  const { app, params } = call;
  const asked = memberOf(bodyOf(call), "configuration");
  const name = str(asked["name"] ?? null);
  const who = `on tenant ${params.tenant_id} with name: ${name}`;
  app.env.log("info", `Creating configuration group ${who}`);
  const wanted = versionArgs("datastore" in asked ? (asked["datastore"] ?? null) : {});
  const { version } = chosenVersion(app.db, wanted, app.flags.default_datastore);
  const values = memberOf(asked, "values");
  if (Object.keys(values).length > 0) checkValues(app, version, values);
  const description = get(asked, "description");
  const group = app.db.configurations.insert({
    uuid: app.newId(),
    name,
    description: description === null ? null : str(description),
    tenant_id: params.tenant_id,
    datastore_version_id: version.uuid,
  });
  store(call, group.uuid, values);
  return yield* done(shown({ configuration: detailView(call, group, 0) }));
}

function* update(call: TroveCall<"tenant_id" | "id">): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const which = `${params.id} for tenant id ${params.tenant_id}`;
  app.env.log("info", `Updating configuration group ${which}`);
  const group = configurationById(app.db, ctxt, params.id);
  const asked = memberOf(bodyOf(call), "configuration");
  const values = checkedValues(call, group, asked);
  const [name, description] = [get(asked, "name"), get(asked, "description")];
  app.db.configurations.touch(group.uuid, {
    ...(name !== null && { name: str(name) }),
    ...(description !== null && { description: str(description) }),
  });
  removeItems(call, group.uuid);
  store(call, group.uuid, values);
  yield* apply(call, group.uuid);
  return accepted();
}

function* edit(call: TroveCall<"tenant_id" | "id">): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const group = configurationById(app.db, ctxt, params.id);
  const values = checkedValues(call, group, memberOf(bodyOf(call), "configuration"));
  app.db.configurations.touch(group.uuid);
  store(call, group.uuid, values);
  yield* apply(call, group.uuid);
  // Nothing is returned upstream, which is 200 and no word.
  return respond(200);
}

/** `_configuration_items_list`. @throws NotFound, UnprocessableEntity */
function checkedValues({ app }: TroveCall, group: Configuration, asked: JsonObject): JsonObject {
  if (!("values" in asked)) return {};
  const values = memberOf(asked, "values");
  checkValues(app, versionById(app.db, group.datastore_version_id), values);
  return values;
}

const instancesWith = ({ app, ctxt }: TroveCall, configuration_id: string) =>
  app.db.instances.find({ tenant_id: ctxt.project_id, configuration_id });

function removeItems({ app }: TroveCall, configuration_id: string): void {
  const { configuration_parameters: items } = app.db;
  for (const { id } of items.find({ configuration_id })) items.softDelete(id);
}

function store({ app }: TroveCall, configuration_id: string, values: JsonObject): void {
  const { configuration_parameters: items } = app.db;
  for (const [configuration_key, value] of inOrder(values)) {
    const configuration_value = typeof value === "number" ? value : str(value);
    const known = items.first({ configuration_id, configuration_key });
    if (known === undefined) {
      items.insert({ configuration_id, configuration_key, configuration_value });
    } else items.update(known.id, { configuration_value });
  }
}

/** Every instance that has it is told. */
function* apply(call: TroveCall, id: string): Op<void> {
  const { app, ctxt } = call;
  const overrides = overridesOf(app.db, id);
  for (const { uuid: instance_id } of instancesWith(call, id)) {
    yield* app.tasks.update_overrides(ctxt, { instance_id, overrides });
  }
}

function briefView({ app }: TroveCall, group: Configuration): JsonObject {
  const version = versionById(app.db, group.datastore_version_id);
  return {
    id: group.uuid,
    name: group.name,
    description: group.description,
    created: shownTime(group.created_at),
    updated: shownTime(group.updated_at ?? group.created_at),
    datastore_version_id: version.uuid,
    datastore_name: datastoreOf(app.db, version.datastore_id).name,
    datastore_version_name: version.name,
  };
}

const detailView = (call: TroveCall, group: Configuration, instance_count: number): JsonObject => ({
  ...briefView(call, group),
  values: overridesOf(call.app.db, group.uuid),
  instance_count,
});
