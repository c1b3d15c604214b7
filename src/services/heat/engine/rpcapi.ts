/**
 * The contract of topic `engine`, and that of the topic that each engine has of its own. Watches of
 * CloudWatch are not simulated. Upstream: heat/rpc/client.py (EngineClient), heat/engine/service.py
 * (EngineService 1.1, EngineListener) at 2014.2.
 */
import { call, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import { anything, dictLike, type Json, type JsonObject } from "../../../python/index.js";
import type { StackIdentity } from "../identifier.js";

export const ENGINE_TOPIC = "engine";

const must = required();
const none = otherwise(null);
const identity = required(dictLike({ stack_id: anything, stack_name: anything }));
const ofStack = { stack_identity: identity };

/** What a stack is asked for by; null for all of them. */
interface OfStack {
  readonly stack_identity: StackIdentity;
}

interface OfResource extends OfStack {
  readonly resource_name: string;
}

/** A template, parsed, with all that comes along. */
export interface StackRequest {
  readonly template: JsonObject;
  /** The environment. */
  readonly params: JsonObject;
  readonly files: Json;
  readonly args: JsonObject;
}

/** A configuration of software that is new. */
export interface ConfigValues {
  readonly group: Json;
  readonly name: Json;
  readonly config: Json;
  readonly inputs: Json;
  readonly outputs: Json;
  readonly options: Json;
}

/** A deployment that is new. */
export interface DeploymentValues {
  readonly server_id: Json;
  readonly config_id: Json;
  readonly input_values: Json;
  readonly action: Json;
  readonly status: Json;
  readonly status_reason: Json;
  readonly stack_user_project_id: Json;
}

/** What of a deployment becomes something else. */
export interface DeploymentChanges {
  readonly deployment_id: string;
  readonly config_id: Json;
  readonly input_values: Json;
  readonly output_values: Json;
  readonly action: Json;
  readonly status: Json;
  readonly status_reason: Json;
}

interface Paging {
  readonly limit: Json;
  readonly marker: Json;
  readonly sort_keys: Json;
  readonly sort_dir: Json;
}

interface Listing {
  readonly filters: JsonObject | null;
  readonly tenant_safe: boolean;
  readonly show_deleted: boolean;
  readonly show_nested: boolean;
}

const paging = { limit: none, marker: none, sort_keys: none, sort_dir: none };
const listing = {
  filters: none,
  tenant_safe: otherwise(true),
  show_deleted: otherwise(false),
  show_nested: otherwise(false),
};
const request = { template: must, params: must, files: must, args: required(dictLike()) };

export const engineApi = defineRpcApi({
  topic: ENGINE_TOPIC,
  version: "1.1",
  clientVersion: "1.0",
  methods: {
    identify_stack: call<{ stack_name: string }, StackIdentity>(undefined, { stack_name: must }),
    list_stacks: call<Paging & Listing, JsonObject[]>(undefined, { ...paging, ...listing }),
    count_stacks: call<Listing, number>(undefined, listing),
    show_stack: call<{ stack_identity: StackIdentity | null }, JsonObject[]>(undefined, {
      stack_identity: must,
    }),
    preview_stack: call<{ stack_name: Json } & StackRequest, JsonObject>(undefined, {
      stack_name: must,
      ...request,
    }),
    create_stack: call<
      { stack_name: Json } & StackRequest & { owner_id: string | null },
      StackIdentity
    >(undefined, { stack_name: must, ...request, owner_id: none }),
    update_stack: call<OfStack & StackRequest, StackIdentity>(undefined, {
      ...ofStack,
      ...request,
    }),
    validate_template: call<{ template: JsonObject; params: JsonObject | null }, JsonObject>(
      undefined,
      { template: must, params: none },
    ),
    authenticated_to_backend: call<Record<string, never>, boolean>(undefined, {}),
    get_template: call<OfStack, JsonObject | null>(undefined, ofStack),
    delete_stack: call<OfStack, null>(undefined, ofStack),
    abandon_stack: call<OfStack, JsonObject>(undefined, ofStack),
    list_resource_types: call<{ support_status: Json }, string[]>("1.1", { support_status: none }),
    resource_schema: call<{ type_name: string }, JsonObject>(undefined, { type_name: must }),
    generate_template: call<{ type_name: string }, JsonObject>(undefined, { type_name: must }),
    list_events: call<
      { stack_identity: StackIdentity | null; filters: JsonObject | null } & Paging,
      JsonObject[]
    >(undefined, { stack_identity: must, filters: none, ...paging }),
    describe_stack_resource: call<OfResource, JsonObject>(undefined, {
      ...ofStack,
      resource_name: must,
    }),
    find_physical_resource: call<{ physical_resource_id: string }, StackIdentity>(undefined, {
      physical_resource_id: must,
    }),
    describe_stack_resources: call<OfStack & { resource_name: string | null }, JsonObject[]>(
      undefined,
      { ...ofStack, resource_name: must },
    ),
    list_stack_resources: call<OfStack & { nested_depth: number }, JsonObject[]>(undefined, {
      ...ofStack,
      nested_depth: otherwise(0),
    }),
    stack_suspend: call<OfStack, void>(undefined, ofStack),
    stack_resume: call<OfStack, void>(undefined, ofStack),
    stack_check: call<OfStack, void>(undefined, ofStack),
    stack_cancel_update: call<OfStack, void>(undefined, ofStack),
    metadata_update: call<OfResource & { metadata: Json }, JsonObject>(undefined, {
      ...ofStack,
      resource_name: must,
      metadata: must,
    }),
    resource_signal: call<OfResource & { details: Json }, JsonObject>(undefined, {
      ...ofStack,
      resource_name: must,
      details: must,
    }),
    stack_snapshot: call<OfStack & { name: Json }, JsonObject>(undefined, {
      ...ofStack,
      name: must,
    }),
    show_snapshot: call<OfStack & { snapshot_id: string }, JsonObject>(undefined, {
      ...ofStack,
      snapshot_id: must,
    }),
    delete_snapshot: call<OfStack & { snapshot_id: string }, void>(undefined, {
      ...ofStack,
      snapshot_id: must,
    }),
    stack_list_snapshots: call<OfStack, JsonObject[]>(undefined, ofStack),
    show_software_config: call<{ config_id: string }, JsonObject>(undefined, { config_id: must }),
    create_software_config: call<ConfigValues, JsonObject>(undefined, {
      ...{ group: must, name: must, config: must },
      ...{ inputs: must, outputs: must, options: must },
    }),
    delete_software_config: call<{ config_id: string }, void>(undefined, { config_id: must }),
    list_software_deployments: call<{ server_id: string | null }, JsonObject[]>(undefined, {
      server_id: must,
    }),
    metadata_software_deployments: call<{ server_id: string }, JsonObject[]>(undefined, {
      server_id: must,
    }),
    show_software_deployment: call<{ deployment_id: string }, JsonObject>(undefined, {
      deployment_id: must,
    }),
    create_software_deployment: call<DeploymentValues, JsonObject>(undefined, {
      ...{ server_id: must, config_id: must, input_values: must, action: must },
      ...{ status: must, status_reason: must, stack_user_project_id: must },
    }),
    update_software_deployment: call<DeploymentChanges, JsonObject>(undefined, {
      ...{ deployment_id: must, config_id: must, input_values: must, output_values: must },
      ...{ action: must, status: must, status_reason: must },
    }),
    delete_software_deployment: call<{ deployment_id: string }, void>(undefined, {
      deployment_id: must,
    }),
    get_revision: call<Record<string, never>, string>(undefined, {}),
  },
});

/** What engines say to each other, aimed at the id of one in the place of the topic. */
export const listenerApi = defineRpcApi({
  topic: "engine id",
  version: "1.0",
  methods: {
    listening: call<Record<string, never>, boolean>(undefined, {}),
    stop_stack: call<OfStack, void>(undefined, ofStack),
    send: call<OfStack & { message: string }, void>(undefined, { ...ofStack, message: must }),
  },
});
