/**
 * The parameters that an administrator allows in configuration groups of a version. One that is deleted is
 * still shown, and comes back if it is created again. Upstream: trove/extensions/mgmt/configuration/service.py,
 * views.py, trove/configuration/models.py (DatastoreConfigurationParameters) at 2014.2.
 */
import type { Row } from "../../../../../framework/index.js";
import { respond, type HttpResponse } from "../../../../../http/index.js";
import { done, type Op } from "../../../../../kernel/index.js";
import {
  contains,
  item,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { ruleOf } from "../../../configuration/values.js";
import { versionById } from "../../../datastores.js";
import type { DatastoreParameterRow } from "../../../db/schema.js";
import { BadRequest, ConfigurationParameterAlreadyExists, NotFound } from "../../../exception.js";
import { shownTime } from "../../../times.js";
import { wholeNumber } from "../../create/create-instance.js";
import { adminRoute, bodyOf, shown, type TroveCall, type TroveRoute } from "../../route.js";
import { CONFIGURATION_PARAMETER } from "../../schemas/schemas.js";
import { heldTo } from "../../schemas/validator.js";
import { parameterView } from "../parameters.js";

const PATH = "/mgmt/datastores/versions/{version}/parameters";

const check = heldTo(CONFIGURATION_PARAMETER);

export const mgmtParameterRoutes: readonly TroveRoute[] = [
  adminRoute("GET", PATH, ({ app, params }) => {
    const { uuid } = versionById(app.db, params.version);
    const { datastore_configuration_parameters: rules } = app.db;
    const all = rules.findAny().filter((rule) => rule.datastore_version_id === uuid);
    return done(shown({ "configuration-parameters": all.map(view) }));
  }),
  adminRoute("GET", `${PATH}/{name}`, (call) => {
    const { app, params } = call;
    versionById(app.db, params.version);
    const rule = anyRule(call, params.version, params.name);
    if (rule === undefined) throw new NotFound({ uuid: params.name });
    return done(shown(view(rule)));
  }),
  adminRoute("POST", PATH, create, { check }),
  adminRoute("PUT", `${PATH}/{name}`, update, { check }),
  adminRoute("DELETE", `${PATH}/{name}`, ({ app, params: { version, name } }) => {
    app.env.log("info", "Deleting configuration parameter for datastore");
    try {
      const { id } = ruleOf(app.db, { uuid: version }, name);
      app.db.datastore_configuration_parameters.softDelete(id);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      throw new BadRequest({}, `Parameter ${name} does not exist in the database.`);
    }
    return done(respond(204));
  }),
];

type Values = Pick<
  DatastoreParameterRow,
  "restart_required" | "data_type" | "max_size" | "min_size"
>;

function* create(call: TroveCall<"tenant_id" | "version">): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", "Creating configuration parameter for datastore");
  const asked = item(bodyOf(call), "configuration-parameter");
  const name = str(item(asked, "name"));
  const values = valuesIn(asked);
  const { uuid: datastore_version_id } = versionById(app.db, params.version);
  const { datastore_configuration_parameters: rules } = app.db;
  const known = anyRule(call, datastore_version_id, name);
  if (known?.deleted === 0) {
    const datastore_version = datastore_version_id;
    throw new ConfigurationParameterAlreadyExists({ parameter_name: name, datastore_version });
  }
  // One that was deleted comes back as it is wanted now.
  if (known !== undefined) rules.remove(known.id);
  const row = rules.insert({ name, datastore_version_id, ...values });
  return yield* done(shown(view(row)));
}

function* update(call: TroveCall<"tenant_id" | "version" | "name">): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", "Updating configuration parameter for datastore");
  const values = valuesIn(item(bodyOf(call), "configuration-parameter"));
  const version = versionById(app.db, params.version);
  const rule = ruleOf(app.db, version, params.name);
  const row = app.db.datastore_configuration_parameters.update(rule.id, values);
  return yield* done(shown(view(row ?? rule)));
}

/** `_validate_data_type`. @throws BadRequest, ValueError */
function valuesIn(asked: Json): Values {
  const restart_required = truth(item(asked, "restart_required"));
  const data_type = str(item(asked, "data_type"));
  if (data_type !== "integer")
    return { restart_required, data_type, max_size: null, min_size: null };
  const size = (key: string): number => {
    if (!contains(asked, key)) {
      throw new BadRequest({}, `${key} is required for integer data type.`);
    }
    return wholeNumber(item(asked, key), "int");
  };
  const [max_size, min_size] = [size("max_size"), size("min_size")];
  if (max_size >= min_size) return { restart_required, data_type, max_size, min_size };
  throw new BadRequest({}, "max_size must be greater than or equal to min_size.");
}

/** The last of its name, deleted or not. */
const anyRule = (
  { app }: TroveCall,
  datastore_version_id: string,
  name: string,
): Row<DatastoreParameterRow> | undefined =>
  app.db.datastore_configuration_parameters
    .findAny()
    .findLast((rule) => rule.datastore_version_id === datastore_version_id && rule.name === name);

const view = (rule: Row<DatastoreParameterRow>): JsonObject => ({
  ...parameterView(rule),
  deleted: rule.deleted !== 0,
  deleted_at: rule.deleted_at === null ? null : shownTime(rule.deleted_at),
});
