/**
 * Configurations of software, and what is deployed of them on which server, over REST. A server's own user may ask
 * for the metadata of its deployments and for nothing else. Upstream: heat/api/openstack/v1/software_configs.py,
 * software_deployments.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { truth, type Json } from "../../../python/index.js";
import { allowedParams } from "./links.js";
import { bodyOf, json, route, type HeatCall, type HeatRoute } from "./route.js";

/** What is nothing to Python is nothing of its kind, as heat/rpc/client.py has it. */
const either = (value: Json | undefined, nothing: Json): Json =>
  value !== undefined && truth(value) ? value : nothing;

function* createConfig({ app, ctxt, request }: HeatCall): Op<HttpResponse> {
  const { name = null, group = null, config = null, ...rest } = bodyOf(request);
  const values = {
    ...{ group, name, config },
    inputs: either(rest["inputs"], []),
    outputs: either(rest["outputs"], []),
    options: either(rest["options"], {}),
  };
  return json(200, { software_config: yield* app.engine.create_software_config(ctxt, values) });
}

function* showConfig({ app, ctxt, params }: HeatCall<"config_id">): Op<HttpResponse> {
  const { config_id } = params;
  return json(200, {
    software_config: yield* app.engine.show_software_config(ctxt, { config_id }),
  });
}

function* deleteConfig({ app, ctxt, params }: HeatCall<"config_id">): Op<HttpResponse> {
  yield* app.engine.delete_software_config(ctxt, { config_id: params.config_id });
  return respond(204);
}

function* index({ app, ctxt, request }: HeatCall): Op<HttpResponse> {
  const { server_id = null } = allowedParams(request.query, ["server_id"], []);
  const found = yield* app.engine.list_software_deployments(ctxt, {
    server_id: typeof server_id === "string" ? server_id : null,
  });
  return json(200, { software_deployments: found });
}

function* metadata({ app, ctxt, params }: HeatCall<"server_id">): Op<HttpResponse> {
  const { server_id } = params;
  const found = yield* app.engine.metadata_software_deployments(ctxt, { server_id });
  return json(200, { metadata: found });
}

function* create({ app, ctxt, request }: HeatCall): Op<HttpResponse> {
  const { config_id = null, server_id = null, ...rest } = bodyOf(request);
  const { action = null, status = null, status_reason = null } = rest;
  const { stack_user_project_id = null } = rest;
  const input_values = either(rest["input_values"], {});
  const software_deployment = yield* app.engine.create_software_deployment(ctxt, {
    ...{ server_id, config_id, input_values, action, status, status_reason },
    stack_user_project_id,
  });
  return json(200, { software_deployment });
}

type OfDeployment = HeatCall<"deployment_id">;

function* show({ app, ctxt, params: { deployment_id } }: OfDeployment): Op<HttpResponse> {
  const software_deployment = yield* app.engine.show_software_deployment(ctxt, { deployment_id });
  return json(200, { software_deployment });
}

function* update({ app, ctxt, request, params }: OfDeployment): Op<HttpResponse> {
  const { config_id = null, input_values = null, output_values = null, ...rest } = bodyOf(request);
  const { action = null, status = null, status_reason = null } = rest;
  const software_deployment = yield* app.engine.update_software_deployment(ctxt, {
    deployment_id: params.deployment_id,
    ...{ config_id, input_values, output_values, action, status, status_reason },
  });
  return json(200, { software_deployment });
}

function* remove({ app, ctxt, params: { deployment_id } }: OfDeployment): Op<HttpResponse> {
  yield* app.engine.delete_software_deployment(ctxt, { deployment_id });
  return respond(204);
}

const CONFIGS = "/software_configs";
const DEPLOYMENTS = "/software_deployments";
const ONE = `${DEPLOYMENTS}/{deployment_id}` as const;

export const softwareRoutes: readonly HeatRoute[] = [
  route("POST", CONFIGS, "software_configs:create", "required", createConfig),
  route("GET", `${CONFIGS}/{config_id}`, "software_configs:show", "none", showConfig),
  route("DELETE", `${CONFIGS}/{config_id}`, "software_configs:delete", "none", deleteConfig),
  route("GET", DEPLOYMENTS, "software_deployments:index", "none", index),
  route(
    "GET",
    `${DEPLOYMENTS}/metadata/{server_id}`,
    "software_deployments:metadata",
    "none",
    metadata,
  ),
  route("POST", DEPLOYMENTS, "software_deployments:create", "required", create),
  route("GET", ONE, "software_deployments:show", "none", show),
  route("PUT", ONE, "software_deployments:update", "required", update),
  route("DELETE", ONE, "software_deployments:delete", "none", remove),
];
