/**
 * The parameters that a configuration group of a version may have. Upstream: trove/configuration/service.py
 * (ParametersController), views.py at 2014.2.
 */
import type { HttpResponse } from "../../../../http/index.js";
import { done, type Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { ruleOf } from "../../configuration/values.js";
import { chosenVersion, versionById, type DatastoreVersion } from "../../datastores.js";
import type { DatastoreParameterRow } from "../../db/schema.js";
import { route, shown, type TroveCall, type TroveRoute } from "../route.js";

export const parameterRoutes: readonly TroveRoute[] = [
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

const parameters = (call: TroveCall, { uuid }: DatastoreVersion): Op<HttpResponse> => {
  const { datastore_configuration_parameters: rules } = call.app.db;
  const own = rules.find({ datastore_version_id: uuid });
  return done(shown({ "configuration-parameters": own.map(parameterView) }));
};

const parameter = (call: TroveCall, version: DatastoreVersion, name: string): Op<HttpResponse> =>
  done(shown(parameterView(ruleOf(call.app.db, version, name))));

export const parameterView = (rule: DatastoreParameterRow): JsonObject => ({
  name: rule.name,
  datastore_version_id: rule.datastore_version_id,
  restart_required: rule.restart_required,
  type: rule.data_type,
  ...(rule.max_size !== null && rule.max_size !== 0 && { max_size: rule.max_size }),
  ...(rule.min_size !== null && rule.min_size !== 0 && { min_size: rule.min_size }),
});
