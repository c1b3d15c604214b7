/**
 * Configuration groups, and the parameters that they may have: those that an operator has loaded for a version,
 * by itself none. Upstream: trove/configuration/service.py, models.py, views.py at 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import { respond, type HttpResponse } from "../../../../http/index.js";
import { done, type Op } from "../../../../kernel/index.js";
import { get, isObject, str, type Json, type JsonObject } from "../../../../python/index.js";
import { configurationById, overridesOf } from "../../configuration/configurations.js";
import {
  chosenVersion,
  datastoreOf,
  versionById,
  type DatastoreVersion,
} from "../../datastores.js";
import type { ConfigurationRow, DatastoreParameterRow } from "../../db/schema.js";
import {
  InstanceAssignedToConfiguration,
  NotFound,
  TroveError,
  UnprocessableEntity,
} from "../../exception.js";
import { shownTime } from "../../times.js";
import { paged } from "../links.js";
import { accepted, bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";
import {
  CREATE_CONFIGURATION,
  EDIT_CONFIGURATION,
  UPDATE_CONFIGURATION,
} from "../schemas/schemas.js";
import { validate } from "../schemas/validator.js";
import { limitIn, memberOf, pageOf } from "./instances.js";

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
  route("POST", "/configurations", function* (call) {
    const { app, params } = call;
    const body = bodyOf(call);
    validate(CREATE_CONFIGURATION, body);
    const asked = memberOf(body, "configuration");
    const name = str(asked["name"] ?? null);
    const who = `on tenant ${params.tenant_id} with name: ${name}`;
    app.env.log("info", `Creating configuration group ${who}`);
    const { datastore } = asked;
    const wanted = isObject(datastore) ? datastore : {};
    const { version } = chosenVersion(
      app.db,
      {
        ...(typeof wanted["type"] === "string" && { type: wanted["type"] }),
        ...(typeof wanted["version"] === "string" && { version: wanted["version"] }),
      },
      app.flags.default_datastore,
    );
    const values = memberOf(asked, "values");
    checkValues(call, version, values);
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
  }),
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
  route("PUT", "/configurations/{id}", function* (call): Op<HttpResponse> {
    const { app, ctxt, params } = call;
    const body = bodyOf(call);
    validate(UPDATE_CONFIGURATION, body);
    const which = `${params.id} for tenant id ${params.tenant_id}`;
    app.env.log("info", `Updating configuration group ${which}`);
    const group = configurationById(app.db, ctxt, params.id);
    const asked = memberOf(body, "configuration");
    const values = memberOf(asked, "values");
    checkValues(call, versionById(app.db, group.datastore_version_id), values);
    const [name, description] = [get(asked, "name"), get(asked, "description")];
    app.db.configurations.touch(group.uuid, {
      ...(name !== null && { name: str(name) }),
      ...(description !== null && { description: str(description) }),
    });
    removeItems(call, group.uuid);
    store(call, group.uuid, values);
    yield* apply(call, group.uuid);
    return accepted();
  }),
  route("PATCH", "/configurations/{id}", function* (call): Op<HttpResponse> {
    const { app, ctxt, params } = call;
    const body = bodyOf(call);
    validate(EDIT_CONFIGURATION, body);
    const group = configurationById(app.db, ctxt, params.id);
    const values = memberOf(memberOf(body, "configuration"), "values");
    checkValues(call, versionById(app.db, group.datastore_version_id), values);
    app.db.configurations.touch(group.uuid);
    store(call, group.uuid, values);
    yield* apply(call, group.uuid);
    // Nothing is returned upstream, which is 200 and no word.
    return respond(200);
  }),
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
  route("GET", "/datastores/versions/{version}/parameters", (call) =>
    parameters(call, versionById(call.app.db, call.params.version)),
  ),
  route("GET", "/datastores/versions/{version}/parameters/{name}", (call) =>
    parameter(call, versionById(call.app.db, call.params.version), call.params.name),
  ),
  route("GET", "/datastores/{datastore}/versions/{id}/parameters", (call) =>
    parameters(call, activeVersion(call, call.params.datastore, call.params.id)),
  ),
  route("GET", "/datastores/{datastore}/versions/{id}/parameters/{name}", (call) =>
    parameter(call, activeVersion(call, call.params.datastore, call.params.id), call.params.name),
  ),
];

const activeVersion = ({ app }: TroveCall, type: string, version: string): DatastoreVersion =>
  chosenVersion(app.db, { type, version }, null).version;

const instancesWith = ({ app, ctxt }: TroveCall, configuration_id: string) =>
  app.db.instances.find({ tenant_id: ctxt.project_id, configuration_id });

function removeItems({ app }: TroveCall, configuration_id: string): void {
  const { configuration_parameters: items } = app.db;
  for (const { id } of items.find({ configuration_id })) items.softDelete(id);
}

function store({ app }: TroveCall, configuration_id: string, values: JsonObject): void {
  const { configuration_parameters: items } = app.db;
  for (const [configuration_key, value] of Object.entries(values)) {
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

/** @throws NotFound, UnprocessableEntity */
function checkValues(call: TroveCall, version: DatastoreVersion, values: JsonObject): void {
  call.app.env.log("info", "Validating configuration values");
  for (const [key, value] of Object.entries(values)) {
    const rule = ruleOf(call, version, key);
    if (!isOfType(rule.data_type, value)) {
      throw new UnprocessableEntity(
        {},
        `The value provided for the configuration parameter ${key} is not of type ${rule.data_type}.`,
      );
    }
    if (typeof value !== "number") continue;
    const about = `The value for the configuration parameter ${key} is`;
    const [min, max] = [rule.min_size ?? 0, rule.max_size ?? Infinity];
    if (value < min) {
      const words = `${about} less than the minimum allowed: ${String(min)}`;
      throw new UnprocessableEntity({}, words);
    }
    if (value > max) {
      const words = `${about} greater than the maximum allowed: ${String(max)}`;
      throw new UnprocessableEntity({}, words);
    }
  }
}

function isOfType(type: string, value: Json): boolean {
  if (type === "boolean") return typeof value === "boolean";
  if (type === "string") return typeof value === "string";
  if (type === "integer") return typeof value === "boolean" || Number.isInteger(value);
  throw new TroveError(
    {},
    "Invalid or unsupported type defined in the configuration-parameters configuration file.",
  );
}

/** @throws NotFound */
function ruleOf(
  { app }: TroveCall,
  { uuid: datastore_version_id }: DatastoreVersion,
  name: string,
): Row<DatastoreParameterRow> {
  const { datastore_configuration_parameters: rules } = app.db;
  const rule = rules.first({ datastore_version_id, name });
  if (rule === undefined) throw new NotFound({ uuid: name });
  return rule;
}

const parameters = (call: TroveCall, { uuid }: DatastoreVersion): Op<HttpResponse> => {
  const { datastore_configuration_parameters: rules } = call.app.db;
  const own = rules.find({ datastore_version_id: uuid });
  return done(shown({ "configuration-parameters": own.map(parameterView) }));
};

const parameter = (call: TroveCall, version: DatastoreVersion, name: string): Op<HttpResponse> =>
  done(shown(parameterView(ruleOf(call, version, name))));

const parameterView = (rule: DatastoreParameterRow): JsonObject => ({
  name: rule.name,
  datastore_version_id: rule.datastore_version_id,
  restart_required: rule.restart_required,
  type: rule.data_type,
  ...(rule.max_size !== null && rule.max_size !== 0 && { max_size: rule.max_size }),
  ...(rule.min_size !== null && rule.min_size !== 0 && { min_size: rule.min_size }),
});

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
