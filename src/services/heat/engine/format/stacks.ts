/**
 * Stacks, resources and events as heat-api is told of them, and what a user may say beside a template.
 * Upstream: heat/engine/api.py at 2014.2.
 */
import type { Row } from "../../../../framework/database/row.js";
import type { Op } from "../../../../kernel/index.js";
import {
  isObject,
  parseInteger,
  str,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { EventRow } from "../../db/schema.js";
import { eventIdentity, resourceIdentity } from "../../identifier.js";
import { extractBool } from "../../param-utils.js";
import { simpleParse } from "../../template/template-format.js";
import type { Resource } from "../resources/resource.js";
import type { StackCore } from "../stack/core.js";
import { isotime } from "./times.js";

/** What of a user's arguments an engine reads. */
export interface StackArguments {
  readonly timeoutMinutes?: number;
  readonly disableRollback?: boolean;
  readonly adoptData: JsonObject | null;
}

/** `extract_args`. @throws ValueError */
export function extractArguments(
  args: JsonObject,
  log: (level: "error", message: string) => void,
): StackArguments {
  const { timeout_mins = null, disable_rollback, show_deleted, adopt_stack_data } = args;
  const timeout = timeoutOf(timeout_mins, log);
  const rollback = disable_rollback === undefined ? undefined : extractBool(disable_rollback);
  if (show_deleted !== undefined) extractBool(show_deleted);
  return {
    adoptData: adoptDataIn(adopt_stack_data ?? null),
    ...(timeout !== undefined && { timeoutMinutes: timeout }),
    ...(rollback !== undefined && { disableRollback: rollback }),
  };
}

/** @throws ValueError */
function adoptDataIn(given: Json): JsonObject | null {
  if (!truth(given)) return null;
  const data = simpleParse(str(given));
  if (isObject(data)) return data;
  throw new ValueError(`Unexpected adopt data "${str(data)}". Adopt data must be a dict.`);
}

function timeoutOf(
  minutes: Json,
  log: (level: "error", message: string) => void,
): number | undefined {
  if (minutes === null || minutes === 0 || minutes === "0") return undefined;
  const timeout = wholeMinutes(minutes);
  if (timeout === undefined) {
    log("error", "Timeout conversion failed");
    return undefined;
  }
  if (timeout > 0) return timeout;
  throw new ValueError(`Invalid timeout value ${String(timeout)}`);
}

/** `int(value)`; undefined where that raises. */
function wholeMinutes(value: Json): number | undefined {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return Number(value);
  return typeof value === "string" ? parseInteger(value.trim()) : undefined;
}

/** `format_stack`: outputs are resolved anew each time. */
export function* formatStack(stack: StackCore, preview = false): Op<JsonObject> {
  const { template, action, status } = stack;
  return {
    stack_name: stack.name,
    stack_identity: stack.identity(),
    creation_time: isotime(stack.createdTime),
    updated_time: isotime(stack.updatedTime),
    notification_topics: [],
    parameters: stack.parameters.shown(),
    description: template.description,
    template_description: template.description,
    capabilities: [],
    disable_rollback: stack.disableRollback,
    timeout_mins: stack.timeoutMinutes,
    stack_owner: stack.username,
    parent: stack.owner,
    ...(!preview && {
      stack_action: action,
      stack_status: status,
      stack_status_reason: stack.statusReason,
    }),
    ...(action !== "DELETE" &&
      status !== "IN_PROGRESS" && { outputs: yield* formatOutputs(stack) }),
  };
}

function* formatOutputs(stack: StackCore): Op<JsonObject[]> {
  const outputs: JsonObject[] = [];
  for (const [name, { description = "No description given" }] of stack.outputs) {
    const { value, error } = yield* stack.output(name);
    outputs.push({
      output_key: name,
      output_value: value,
      description,
      ...(error !== undefined && error !== "" && { output_error: error }),
    });
  }
  return outputs;
}

export interface ResourceDetail {
  readonly detail?: boolean;
  readonly properties?: boolean;
}

/** `format_stack_resource`. @param now for one that was never made */
export function* formatResource(
  resource: Resource,
  stack: StackCore,
  { detail = true, properties = false }: ResourceDetail = {},
): Op<JsonObject> {
  const { calendar, now } = stack.parts.kernel;
  const dependencies = yield* stack.dependencies();
  return {
    updated_time: isotime(resource.updatedTime ?? resource.createdTime ?? calendar.stamp(now)),
    resource_name: resource.name,
    physical_resource_id: resource.resourceId ?? "",
    resource_action: resource.action,
    resource_status: resource.status,
    resource_status_reason: resource.statusReason,
    resource_type: resource.definition.type,
    resource_identity: resourceIdentity(stack.identity(), resource.name),
    stack_identity: stack.identity(),
    stack_name: stack.name,
    ...nestedIdentity(resource),
    ...(stack.parent !== undefined && { parent_resource: stack.parent.name }),
    required_by: dependencies.requiredBy(resource).map(({ name }) => name),
    ...(detail && { description: "", metadata: yield* resource.metadata() }),
    ...(properties && { properties: yield* propertiesOf(resource) }),
  };
}

/** Of the stack that it is, if it is one. */
function nestedIdentity(resource: Resource): JsonObject {
  const nested = resource.nested();
  return nested === undefined ? {} : { nested_stack_id: nested.identity() };
}

function* propertiesOf({ properties }: Resource): Op<JsonObject> {
  const values: [string, Json][] = [];
  for (const name of properties.names) values.push([name, yield* propertyOf(name)]);
  return Object.fromEntries(values);

  function* propertyOf(name: string): Op<Json> {
    try {
      return yield* properties.get(name);
    } catch (error) {
      if (error instanceof ValueError) return null;
      throw error;
    }
  }
}

/** `format_event`. */
export function formatEvent(event: Row<EventRow>, stack: StackCore): JsonObject {
  const identity = stack.identity();
  return {
    event_identity: eventIdentity(resourceIdentity(identity, event.resource_name), event.uuid),
    stack_identity: identity,
    stack_name: stack.name,
    event_time: isotime(event.created_at),
    resource_name: event.resource_name,
    physical_resource_id: event.physical_resource_id,
    resource_action: event.resource_action,
    resource_status: event.resource_status,
    resource_status_reason: event.resource_status_reason,
    resource_type: event.resource_type,
    resource_properties: event.resource_properties,
  };
}
